"""Equal names fold to equal text; different names never do."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import UnitName, fold, parse_unit, strip_accents

VIETNAMESE = st.text(alphabet="aàáảãạoòóỏõọeèẹéuùúủụyỳýỷỵqhtnkmpđÐðKHOẢ '’-– .", max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Bình Thuỷ", "Bình Thủy"),
        ("Khoẻ", "Khỏe"),
        ("Hòan Kiếm", "Hoàn Kiếm"),
        ("Qúy", "Quý"),
        ("THỊ TRẤN NGỌC LẶC", "Thị Trấn Ngọc Lặc"),
        ("Ðông Ðức", "Đông Đức"),
        ("Ea H’leo", "Ea H'leo"),
        ("K' Dang", "K'Dang"),
        ("Phương Liên – Trung Tự", "Phương Liên - Trung Tự"),
        ("  Tân  An\n", "Tân\u00a0An"),
    ],
)
def test_spellings_of_one_name_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoa Lộc", "Hòa Lộc"),
        ("Hoằng Phú", "Hoằng Phụ"),
        ("Thạnh An", "Thanh An"),
        ("Đông Tiến", "Đồng Tiến"),
    ],
)
def test_names_that_differ_in_accents_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert strip_accents(one) == strip_accents(other)


def test_folding_gives_one_tone_style() -> None:
    assert [fold(word) for word in ("Hoà", "Thuỷ", "Khoẻ", "Quỳnh", "Quý", "Hoàng", "Huỳnh", "Loài")] == [
        "hòa", "thủy", "khỏe", "quỳnh", "quý", "hoàng", "huỳnh", "loài",
    ]  # fmt: skip


@pytest.mark.parametrize("letters", [VIETNAMESE, st.text(max_size=20)])
def test_folding_twice_changes_nothing_more(letters: st.SearchStrategy[str]) -> None:
    @given(letters)
    def law(text: str) -> None:
        assert fold(fold(text)) == fold(text)
        assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))

    law()


@pytest.mark.parametrize(
    ("text", "kind", "core"),
    [
        ("P. An Bình", "phuong", "an bình"),
        ("P.Thốt Nốt", "phuong", "thốt nốt"),
        ("P 5", "phuong", "5"),
        ("P05", "phuong", "5"),
        ("Phường 01", "phuong", "1"),
        ("PHƯỜNG III", "phuong", "iii"),
        ("Xã Tân Thới", "xa", "tân thới"),
        ("X. Tân Thới", "xa", "tân thới"),
        ("TT. Chi Lăng", "thi_tran", "chi lăng"),
        ("Thị Trấn Ngọc Lặc", "thi_tran", "ngọc lặc"),
        ("Đặc khu Phú Quốc", "dac_khu", "phú quốc"),
        ("TX. Bến Cát", "thi_xa", "bến cát"),
        ("TP. Cần Thơ", "thanh_pho", "cần thơ"),
        ("TP Hồ Chí Minh", "thanh_pho", "hồ chí minh"),
        ("Q. Ninh Kiều", "quan", "ninh kiều"),
        ("Quận Bình Thuỷ", "quan", "bình thủy"),
        ("H. Cờ Đỏ", "huyen", "cờ đỏ"),
        ("Tỉnh Thanh Hoá", "tinh", "thanh hóa"),
        ("T. Thanh Hóa", "tinh", "thanh hóa"),
        ("An Bình", "", "an bình"),
        ("Phú Quốc", "", "phú quốc"),
        ("Phương Liên", "", "phương liên"),
        ("Xuân Thới", "", "xuân thới"),
        ("Tân Thạnh", "", "tân thạnh"),
        ("Quảng Thành", "", "quảng thành"),
        ("Hưng Thạnh", "", "hưng thạnh"),
        ("Thị Cầu", "", "thị cầu"),
        ("Xã", "", "xã"),
        ("St. James's", "", "st. james's"),
        ("Ward 05", "", "ward 5"),
        ("", "", ""),
    ],
)
def test_a_unit_is_split_into_type_and_name(text: str, kind: str, core: str) -> None:
    assert parse_unit(text) == UnitName(kind, core)  # type: ignore[arg-type]


@pytest.mark.real_data
def test_official_names_stay_apart_within_their_district(real_data: object) -> None:
    import pandas as pd

    units = pd.read_csv(f"{real_data}/vietnam/gso_wards_2021-12-31.csv", dtype=str)
    parsed = units["name"].map(parse_unit)
    assert (parsed.map(lambda unit: unit.type) != "").all()
    keys = units["district_code"] + "/" + parsed.map(lambda unit: f"{unit.type} {unit.core}")
    assert len(units) == 10_599
    assert keys[keys.duplicated(keep=False)].tolist() == []
