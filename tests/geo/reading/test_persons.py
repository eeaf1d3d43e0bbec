"""Personal data never come in; places and counts that look alike do."""

from pathlib import Path

import pandas as pd
import pytest

from geo.reading.persons import drop_persons, find_person_columns
from geo.reading.read import read_table
from i18n.messages import load_words
from studies.report import write_finding

GSO = Path("../shared/data/vietnam/gso_wards_2021-12-31.csv")


def judge(header: str, *cells: object) -> str | None:
    """Why one column beside a ward column would be dropped."""
    frame = pd.DataFrame({"Mã xã": ["00001"] * len(cells), header: list(cells)}, dtype=object)
    found = dict(find_person_columns(frame))
    assert "Mã xã" not in found
    return found.get(header)


@pytest.mark.parametrize(
    "header",
    ["Họ tên", "HO_TEN", "Họ và tên bị hại", "Đối tượng", "Bị hại", "Nạn nhân", "Người báo tin", "Chủ hộ",
     "Chủ camera", "SĐT", "SĐT người báo", "Điện thoại", "Số điện thoại", "CCCD", "Số CMND", "Căn cước",
     "Địa chỉ nhà", "Biển số", "Tài khoản", "Email", "E-mail", "phone"],
)  # fmt: skip
def test_a_header_of_personal_data_is_enough(header: str) -> None:
    assert judge(header, "không rõ", "a") == "header"


@pytest.mark.parametrize("header", ["Năm sinh", "Ngày sinh"])
def test_a_birthday_is_personal_even_as_a_small_number(header: str) -> None:
    assert judge(header, 1990, 1985) == "header"


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Số đối tượng", ("3", "4")),
        ("đối tượng (người)", (3, 4)),
        ("Đối tượng", (3.0, 12.0)),
        ("Trộm cắp điện thoại", ("3", "4")),
        ("Tên xã", ("Lê Bình", "Trần Phú")),
        ("Tên đường", ("Nguyễn Văn Linh", "Trần Hưng Đạo")),
        ("Vị trí", ("Trần Hưng Đạo", "Lê Lợi")),
        ("ghi chú", ("Nguyễn Cư Trinh", "Lê Bình", "Trần Phú", "P. Nguyễn Văn Cừ")),
        ("loại vụ", ("MA TÚY", "PHẠM TỘI VỀ MA TÚY", "Phạm pháp hình sự")),
        ("Thiệt hại", ("350000000", "120000000")),
        ("kinh độ", ("105.799525", "105.751458")),
        ("số vụ", ("1209", "4")),
        ("victim", ("true", "false")),
        ("checked", (True, False)),
    ],
)
def test_counts_places_and_categories_are_not_persons(header: str, cells: tuple[object, ...]) -> None:
    assert judge(header, *cells) is None


@pytest.mark.parametrize(
    ("why", "cells"),
    [
        ("phone", ("0912 345 678", "+84912345679", "0292.3812345")),
        ("number", ("092091001234", "092191001235")),
        ("number", (362123456, 362123457)),
        ("number", ("362 123 456", "362 123 457")),
        ("email", ("a.b@example.vn", "c@example.com")),
        ("name", ("Nguyễn Văn An", "Trần Thị Bích Ngọc", "Lê Bình")),
        ("name", ("NGUYỄN VĂN AN", "Nguyen Thi Hoa")),
    ],
)
def test_content_that_looks_personal_is_found_under_any_header(why: str, cells: tuple[object, ...]) -> None:
    assert judge("cột lạ", *cells) == why


def test_a_few_names_among_other_cells_are_let_pass_at_six_in_ten_they_are_not() -> None:
    assert judge("ghi chú", *["Nguyễn Văn An"] * 5, *["ở chợ"] * 5) is None
    assert judge("ghi chú", *["Nguyễn Văn An"] * 6, *["ở chợ"] * 4, None, "") == "name"


def test_names_of_persons_under_a_bare_name_header_are_found_and_wards_are_not() -> None:
    assert judge("Tên", "Nguyễn Văn An", "Trần Thị Bích Ngọc") == "name"
    assert judge("Tên", "Lê Bình", "Trần Phú", "An Hội") is None


def test_code_columns_of_nine_digits_are_not_identity_numbers() -> None:
    frame = pd.DataFrame({"ward_code": ["110010001", "110010002"], "n": ["1", "2"]})
    assert find_person_columns(frame) == ()


def test_dropping_names_the_column_and_the_reason_and_shows_no_value() -> None:
    frame = pd.DataFrame({"Mã xã": ["00001"], "SĐT": ["0912345678"], "lạ": ["Nguyễn Văn An"]})
    kept, findings = drop_persons(frame, "so.csv")
    assert list(kept.columns) == ["Mã xã"]
    assert [(f.code, f.severity, f.seen, f.facts) for f in findings] == [
        ("PersonColumn", "warning", "", {"column": "SĐT", "why": "header"}),
        ("PersonColumn", "warning", "", {"column": "lạ", "why": "name"}),
    ]
    said = [write_finding(finding, load_words("vi")) for finding in findings]
    assert said == [
        "so.csv: cột «SĐT» không được nhận vào vì tên cột cho biết đây là thông tin cá nhân.",
        "so.csv: cột «lạ» không được nhận vào vì phần lớn các ô giống họ tên người.",
    ]


def test_a_table_is_read_without_its_personal_columns(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text("ma_xa,ho_ten,so_vu\n00001,Nguyễn Văn An,3\n", encoding="utf-8")
    table = read_table(path)
    assert list(table.frame.columns) == ["ma_xa", "so_vu"]
    assert [finding.code for finding in table.findings] == ["PersonColumn"]


@pytest.mark.real_data
def test_no_official_ward_name_of_the_country_is_taken_for_a_person() -> None:
    wards = pd.read_csv(GSO, dtype=str)
    bare = wards["name"].str.replace("^(Phường|Xã|Thị trấn) ", "", regex=True)
    assert find_person_columns(wards) == ()
    assert find_person_columns(pd.DataFrame({"ghi chú": bare})) == ()
    after_surnames = bare[bare.str.match("(Nguyễn|Trần|Lê|Phạm|Phan|Võ|Hồ|Lý) ")]
    assert len(after_surnames) > 100
    assert find_person_columns(pd.DataFrame({"ghi chú": after_surnames})) == ()


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("CSKV", "Đại úy Nguyễn Văn An"), ("Phụ trách", "Đ/c Trần Thị Bích"),
        ("Trưởng CA xã", "Lê Hoàng Nam"), ("Tổ trưởng", "Ông Phạm Minh Đức (PCT)"),
        ("Người lập", "Thượng tá Nguyễn V. An"),
    ],
)  # fmt: skip
def test_officers_in_charge_are_persons_with_rank_and_post(header: str, cell: str) -> None:
    assert judge(header, cell, cell) == "name"


@pytest.mark.parametrize("cell", ["Bà Triệu", "Ông Ích Khiêm", "Hai Bà Trưng", "Bà Huyện Thanh Quan"])
def test_streets_with_an_honorific_stay(cell: str) -> None:
    assert judge("Khu vực", cell, cell) is None
