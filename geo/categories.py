"""Categories of incidents as files name them: the default catalogue and its groups.

Groups never overlap. Traffic accidents and fires are reported apart and are no crime. Gambling and
prostitution stand with vice, lending at usurious rates with the economic offences (as in the Penal Code); a
text that the catalogue does not hold is crime of no group.

Two names stand for whole series, not for one offence: "tội phạm về trật tự xã hội" is the sum of the social
group, and "phạm pháp hình sự" an older, broader series that is not the same; see `find_sums`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from geo.names import strip_accents

CRIME_GROUPS = ("social", "economic", "environment", "drugs", "vice")
APART = ("traffic", "fire")
GROUPS = (*CRIME_GROUPS, *APART)
CRIME = "crime"
SERIES_SOCIAL, SERIES_CRIMINAL = "ttxh", "pphs"

GROUP_OF_KEY: dict[str, str] = {
    "murder": "social", "robbery": "social", "snatching": "social", "extortion": "social", "theft": "social",
    "assault": "social", "rape": "social", "fraud": "social", "disorder": "social", "resisting": "social",
    "other_social": "social", SERIES_SOCIAL: "social", "usury": "economic", "economic": "economic",
    "environment": "environment", "drugs": "drugs", "gambling": "vice", "prostitution": "vice",
    "vices": "vice", "traffic": "traffic", "fire": "fire",
}  # fmt: skip

UNDER_SERIES = {SERIES_SOCIAL: "other_social", SERIES_CRIMINAL: None}

SPELLINGS: dict[str, tuple[str, ...]] = {
    "murder": ("giết người", "án mạng", "murder", "homicide"),
    "robbery": ("cướp", "cướp tài sản", "robbery"),
    "snatching": ("cướp giật", "cướp giật tài sản", "giật đồ", "giật tài sản", "snatching"),
    "extortion": ("cưỡng đoạt", "cưỡng đoạt tài sản", "tống tiền", "extortion"),
    "theft": ("trộm", "trộm cắp", "trộm cắp tài sản", "trộm tài sản", "mất trộm", "trộm xe máy",
              "trộm cắp xe máy", "trộm cắp mô tô, xe máy", "đột nhập trộm cắp tài sản", "theft"),
    "assault": ("cố ý gây thương tích", "CYGTT", "gây thương tích", "đánh người gây thương tích",
                "cố ý gây thương tích hoặc gây tổn hại cho sức khỏe của người khác", "assault"),
    "rape": ("hiếp dâm", "hiếp dâm trẻ em", "hiếp dâm người dưới 16 tuổi", "rape"),
    "fraud": ("lừa đảo", "lừa đảo chiếm đoạt tài sản", "lừa đảo CĐTS", "lừa đảo qua mạng",
              "lừa đảo trên không gian mạng", "lừa đảo chiếm đoạt tài sản trên không gian mạng", "fraud"),
    "disorder": ("gây rối", "gây rối trật tự công cộng", "gây rối TTCC", "GRTTCC", "public disorder"),
    "resisting": ("chống người thi hành công vụ", "chống người THCV", "chống NTHCV", "resisting officials"),
    "other_social": ("bắt cóc", "bắt cóc chiếm đoạt tài sản", "lạm dụng tín nhiệm chiếm đoạt tài sản",
                     "hủy hoại tài sản", "cố ý làm hư hỏng tài sản", "dâm ô", "giao cấu", "mua bán người",
                     "hủy hoại hoặc cố ý làm hư hỏng tài sản", "đua xe trái phép", "xâm hại trẻ em",
                     "dâm ô người dưới 16 tuổi", "bắt giữ người trái pháp luật", "tàng trữ vũ khí",
                     "trật tự xã hội khác", "TTXH khác"),
    SERIES_SOCIAL: ("trật tự xã hội", "TTXH", "trật tự, an toàn xã hội", "TTATXH", "social order"),
    "usury": ("cho vay lãi nặng", "tín dụng đen", "cho vay nặng lãi", "tín dụng đen, cho vay lãi nặng",
              "cho vay lãi nặng trong giao dịch dân sự", "usury", "loan sharking"),
    "economic": ("kinh tế", "kinh tế, chức vụ", "chức vụ", "quản lý kinh tế", "trật tự quản lý kinh tế",
                 "xâm phạm trật tự quản lý kinh tế", "tham nhũng", "kinh tế, tham nhũng", "tham ô",
                 "buôn lậu", "hàng giả", "tham nhũng, chức vụ", "kinh tế, tham nhũng, chức vụ",
                 "gian lận thương mại", "buôn lậu, gian lận thương mại, hàng giả", "economic"),
    "environment": ("môi trường", "môi trường, ATTP", "môi trường, an toàn thực phẩm", "an toàn thực phẩm",
                    "ATTP", "VSATTP", "vệ sinh an toàn thực phẩm", "môi trường, tài nguyên",
                    "tài nguyên, môi trường", "environment"),
    "drugs": ("ma túy", "mua bán ma túy", "tàng trữ ma túy", "sử dụng ma túy", "vận chuyển ma túy",
              "mua bán trái phép chất ma túy", "tàng trữ trái phép chất ma túy", "sử dụng trái phép ma túy",
              "vận chuyển trái phép chất ma túy", "sử dụng trái phép chất ma túy",
              "tổ chức sử dụng trái phép chất ma túy", "drugs"),
    "gambling": ("đánh bạc", "tổ chức đánh bạc", "đánh bạc và tổ chức đánh bạc", "cờ bạc", "lô đề", "số đề",
                 "ghi đề", "cá độ", "cá độ bóng đá", "đá gà", "đá gà ăn tiền", "gambling"),
    "prostitution": ("mại dâm", "chứa mại dâm", "môi giới mại dâm", "mua bán dâm", "chứa chấp mại dâm",
                     "prostitution"),
    "vices": ("tệ nạn", "tệ nạn xã hội", "TNXH", "vices"),
    "traffic": ("tai nạn giao thông", "TNGT", "tai nạn giao thông đường bộ", "TNGT đường bộ",
                "tai nạn giao thông đường thủy", "tai nạn giao thông đường sắt", "va chạm giao thông",
                "tai nạn xe máy", "traffic", "traffic accident", "traffic accidents"),
    "fire": ("cháy", "nổ", "cháy, nổ", "cháy và nổ", "sự cố cháy, nổ", "hỏa hoạn", "cháy nhà", "cháy rừng",
             "fire", "fires", "explosion", "fire, explosion"),
    SERIES_CRIMINAL: ("phạm pháp hình sự", "PPHS", "hình sự", "vụ án hình sự"),
}  # fmt: skip

LEADING = re.compile(r"(?:(?:so vu|vu an|vu|cac|nhom|toi pham|pham toi|toi danh|toi|hanh vi|ve)\s+)+(?=\w)")
ASIDE = re.compile(r"\([^)]*\)|(?:-|,)?\s*điều \d+.*", re.IGNORECASE)
SHORT_FORMS = (("ts", "tai san"), ("ttcc", "trat tu cong cong"), ("cdts", "chiem doat tai san"))
LEVELS = re.compile(r"\s+[–—-]\s+|:\s+")
BETWEEN = re.compile(r"[,;/+&]|\bvà\b", re.IGNORECASE)


def plain_category(text: str) -> str:
    """A category as it is compared: no accents, signs or case, "TS" as "tai san", without "tội", "vụ" or
    "tội phạm về" before it and an article of the law behind it."""
    bare = " ".join(re.findall(r"[a-z0-9]+", strip_accents(ASIDE.sub(" ", text))))
    for short, full in SHORT_FORMS:
        bare = re.sub(rf"\b{short}\b", full, bare)
    found = LEADING.match(bare)
    return bare[found.end() :] if found else bare


KEY_OF = {plain_category(text): key for key, texts in SPELLINGS.items() for text in texts}


@lru_cache(maxsize=4096)
def key_of(category: str) -> str | None:
    """The catalogue's key of a category; None when it is not recognised. Of a header in levels ("Ma túy –
    Mua bán") the last level that is recognised decides; what stands under a series is not the series."""
    whole = KEY_OF.get(plain_category(category))
    levels = LEVELS.split(category)
    if whole or len(levels) == 1:
        return whole
    found = next(filter(None, (KEY_OF.get(plain_category(level)) for level in reversed(levels))), None)
    return UNDER_SERIES.get(found, found) if found else None


@lru_cache(maxsize=4096)
def group_of(category: str) -> str | None:
    """One of GROUPS; None when the category is not recognised, or names offences of several groups."""
    key = key_of(category)
    if key:
        return GROUP_OF_KEY.get(key)
    parts = [key_of(part) for part in BETWEEN.split(category) if part.strip()]
    groups = {GROUP_OF_KEY.get(part) if part else None for part in parts}
    return groups.pop() if len(groups) == 1 else None


def realm_of(category: str | None) -> str:
    """`traffic`, `fire`, or `crime` for everything else, also for what is not told or recognised."""
    group = group_of(category) if category else None
    return group if group in APART else CRIME


def find_sums(categories: Iterable[str]) -> set[str]:
    """Those of the categories that are sums of others of them and would be counted twice beside them: the
    social-order series beside an offence of its group, and "phạm pháp hình sự" beside either. Beside
    economic offences or drugs alone the latter stays, for reports set it beside them as a group."""
    told = {category: key_of(category) for category in categories}
    is_social = {text: group_of(text) == "social" for text in told}
    has_part = any(is_social[text] and key != SERIES_SOCIAL for text, key in told.items())
    sums = {text for text, key in told.items() if key == SERIES_SOCIAL and has_part}
    if has_part or any(is_social.values()):
        sums |= {text for text, key in told.items() if key == SERIES_CRIMINAL}
    return sums
