"""What a number counts, by the words a clerk heads it with: cases that occurred, cases cleared, persons …

A clearance is no incident: counting both as one would make a ward that solves its cases look worse.
"""

import re

from geo.names import strip_accents

# The first pattern that fits decides: "số người chết" is deaths before it is persons.
MEASURE_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("deaths", re.compile(r"(nguoi )?(chet|tu vong|bi chet)( nguoi)?|deaths?|killed")),
    ("injured", re.compile(r"(nguoi )?bi thuong( nguoi)?|injured")),
    (
        "tips",
        re.compile(r"tin( bao)?(,? (va )?to giac)?( (ve )?toi pham)?( tiep nhan)?|"
                   r"to giac( toi pham)?(,? (va )?tin bao)?( (ve )?toi pham)?( tiep nhan)?|"
                   r"tips?|reports received"),
    ),
    ("damage", re.compile(r"(gia tri )?(tai san )?(bi )?thiet hai( tai san| ve tai san)?|damages?|losses")),
    (
        "cleared",
        re.compile(r"(vu )?(da )?((dieu tra,? ?)?(kham pha|lam ro)|dieu tra lam ro)( vu)?|cleared|solved"),
    ),
    (
        "persons",
        re.compile(r"(vu )?(bat( giu| xu ly)?,? ?)?(doi tuong|nguoi pham toi|bi can)( bi bat)?|"
                   r"bat giu( xu ly)?|bat( giu)? doi tuong|nguoi|persons?|arrested|offenders?"),
    ),
    ("occurred", re.compile(r"(vu )?(da )?(xay ra|phat sinh)( vu)?|vu( viec| an)?|occurred|cases|incidents")),
)  # fmt: skip
LEADING = re.compile(r"^(tong )?(so( luong)?|n) ")
IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)\s*$")


def read_measure(text: str) -> str | None:
    """The key of MEASURES that the words name; None when they name none."""
    plain = LEADING.sub("", strip_accents(IN_BRACKETS.sub("", text)))
    return next((measure for measure, words in MEASURE_WORDS if words.fullmatch(plain)), None)


def read_unit(text: str) -> str | None:
    """The unit of count in brackets: "Thiệt hại (triệu đồng)" is in "triệu đồng"."""
    found = IN_BRACKETS.search(text)
    return found[1].strip() or None if found else None
