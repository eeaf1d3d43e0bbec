"""docs/indicators.md from the records in geo.indicators and the Vietnamese words, so that the page cannot
say anything else than the program does.

python -m tools.write_indicators
"""

from geo.cluster_search import FALSE_DISCOVERIES, FEWEST_WARDS, N_PERMUTATIONS, SEED
from geo.cover.both import BOTH_CLASSES
from geo.frames import STATUSES
from geo.indicators import (
    HISTORY_PERIODS,
    HOTSPOT_LEVELS,
    INDICATORS,
    SIGNAL_Z,
    SMALL_BASE,
    Indicator,
)
from geo.question import DEFAULT_RADIUS_M
from geo.stats.clusters import GI_CLASSES, MORAN_CLASSES
from geo.stats.emerging import LEAST_PERIODS, PATTERNS
from geo.stats.small_numbers import FUNNEL_CLASSES
from i18n.messages import Words, load_words
from tools.wording import ROOT

PAGE = ROOT / "docs" / "indicators.md"
HEAD = """# Các chỉ số

Trang này do `python -m tools.write_indicators` viết từ `geo/indicators.py` và `i18n/vi/`; không sửa bằng tay.

Mỗi chỉ số có một khóa: tên cột trong tệp kết quả của `cli.py join` và `cli.py measure`, và giá trị của
`--indicator` trong `cli.py measure` và `cli.py map`. Ba điều chung:

- **Chưa có thông tin không phải là 0.** Địa bàn không có trong bảng thì để trống. Số 0 chỉ có khi bảng ghi 0,
  khi bảng có địa bàn ấy mà không có loại vụ đang chọn, hoặc khi nạp tệp điểm mà không điểm nào rơi vào.
- **Không có mẫu số thì không có tỷ lệ.** Thiếu dân số, hoặc dân số bằng 0, thì tỷ lệ để trống.
- **Tỷ lệ phần trăm thay đổi luôn đứng cạnh số vụ**, không dùng để xếp hạng hay tô màu.
"""
FAMILIES = {
    "incidents": "Vụ việc",
    "change": "Thay đổi giữa hai kỳ",
    "funnel": "Số nhỏ và mức chung",
    "level": "Mức độ tập trung",
    "cluster": "Khu vực tập trung vụ việc",
    "pattern": "Diễn biến của khu vực tập trung",
    "cameras": "Camera",
    "gap": "Nhiều vụ, ít camera",
    "both": "Vụ việc và camera",
    "status": "Chương trình",
    "parts": "Chương trình trên địa giới mới",
    "score": "Lựa chọn địa bàn",
}
VALUES: dict[str, tuple[tuple[str, ...], str]] = {
    "funnel": (FUNNEL_CLASSES, "funnel_name"),
    "level": (HOTSPOT_LEVELS, "level_name"),
    "cluster": (tuple(dict.fromkeys(GI_CLASSES + MORAN_CLASSES)), "cluster_name"),
    "pattern": (PATTERNS, "pattern"),
    "both": (BOTH_CLASSES, "both"),
    "status": (STATUSES, "status_name"),
}
BETTER = {"lower": "thấp hơn là tốt hơn", "higher": "cao hơn là tốt hơn", "": "không có chiều tốt, xấu"}
MAPPED = {True: "có", False: "không"}


def make_page(words: Words) -> str:
    """The whole page as text."""
    parts = [HEAD]
    for family, title in FAMILIES.items():
        records = [record for record in INDICATORS.values() if record.family == family]
        parts += [f"## {title}\n", *(describe(record, words) for record in records)]
        if family in VALUES:
            parts.append(list_values(*VALUES[family], words))
    return "\n".join([*parts, list_limits(words)])


def describe(record: Indicator, words: Words) -> str:
    """One indicator: its name and key, then what a reader must know before using the number."""

    def say(part: str) -> str:
        return words(f"indicator.{record.key}.{part}")

    return (
        f"### {say('name')}: `{record.key}`\n\n"
        f"- Đơn vị: {say('unit')} (số lẻ: {record.decimals})\n"
        f"- Cách tính: {say('formula')}\n"
        f"- Nguồn: {say('source')}\n"
        f"- Chiều: {BETTER[record.better]}\n"
        f"- Tô màu bản đồ: {MAPPED[record.mapped]}\n"
        f"- Lưu ý: {say('caution')}\n"
    )


def list_values(keys: tuple[str, ...], group: str, words: Words) -> str:
    """The values of an indicator that is not a number."""
    rows = "".join(f"| `{key}` | {words(f'{group}.{key}')} |\n" for key in keys)
    return f"| giá trị trong tệp | nghĩa |\n|---|---|\n{rows}"


def list_limits(words: Words) -> str:
    """The limits that the formulas use."""
    return (
        "## Các ngưỡng\n\n"
        f"- Tỷ lệ thay đổi in mờ khi kỳ so sánh dưới {SMALL_BASE} vụ.\n"
        f"- Thay đổi là dấu hiệu khi |z| từ {words.number(SIGNAL_Z)} trở lên.\n"
        f"- Mức độ tập trung xét tối đa {HISTORY_PERIODS} kỳ giống nhau của các năm liền nhau.\n"
        f"- Khu vực tập trung vụ việc: cần ít nhất {FEWEST_WARDS} địa bàn có số liệu; "
        f"{words.number(N_PERMUTATIONS)} lần hoán vị, hạt giống {SEED}, đổi số lần bằng `--permutations`; "
        f"tỷ lệ phát hiện sai giữ ở {words.number(100 * FALSE_DISCOVERIES)} %.\n"
        f"- Kiểu diễn biến cần ít nhất {LEAST_PERIODS} kỳ liền nhau.\n"
        f"- Vùng quan sát của một camera: bán kính {words.number(DEFAULT_RADIUS_M)} m, đổi bằng `--radius`.\n"
    )


def main() -> None:
    PAGE.write_text(make_page(load_words("vi")), encoding="utf-8")
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main()
