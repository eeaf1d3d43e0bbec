"""Equal names fold to equal text; different names never do."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import (
    UnitName,
    bare_letters,
    fold,
    join_y_and_i,
    parse_bare,
    parse_unit,
    parse_whole,
    strip_accents,
    trim_name,
)

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


WRITTEN = {
    "phuong": ("Phường ", "P. ", "P.", "P ", "PHƯỜNG "),
    "xa": ("Xã ", "X. ", "X.", "xã "),
    "thi_tran": ("Thị trấn ", "TT. ", "T.T. ", "Thị Trấn "),
    "dac_khu": ("Đặc khu ", "ĐK. "),
    "quan": ("Quận ", "Q. ", "Q."),
    "huyen": ("Huyện ", "H. "),
    "thi_xa": ("Thị xã ", "TX. ", "T.X. "),
    "thanh_pho": ("Thành phố ", "TP. ", "TP "),
    "tinh": ("Tỉnh ", "T. "),
}


@given(
    st.sampled_from([(kind, lead) for kind, leads in WRITTEN.items() for lead in leads]),
    st.lists(
        st.sampled_from(["Hòa", "Hoà", "Quí", "Lạc", "Đông", "05", "Thuỷ", "An"]), min_size=1, max_size=3
    ),
)
def test_a_unit_written_out_of_its_parts_is_split_into_them_again(
    lead: tuple[str, str], words: list[str]
) -> None:
    kind, written = lead
    core = parse_whole(" ".join(words)).core
    assert parse_unit(written + " ".join(words)) == UnitName(kind, core)  # type: ignore[arg-type]
    assert parse_unit(written + core) == UnitName(kind, core)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("P.  Hoà   Bình", "hoà bình"),
        ("PHƯỜNG 05", "05"),
        ("Xã Ea H’leo", "ea h’leo"),
        (unicodedata.normalize("NFD", "Xã Đại Áng"), "đại áng"),
        ("An Bình", "an bình"),
    ],
)
def test_a_trimmed_name_keeps_its_spelling(text: str, trimmed: str) -> None:
    assert trim_name(text) == trimmed


@pytest.mark.parametrize(
    ("core", "joined"),
    [
        ("quý lộc", "quí lộc"),
        ("mỹ kỳ", "mĩ kì"),
        ("thúy", "thúy"),
        ("tây", "tây"),
        ("ý yên", "ý yên"),
        ("lý thường kiệt", "lí thường kiệt"),
        ("mỹxuyên", "mỹxuyên"),
    ],
)
def test_y_becomes_i_only_where_they_sound_alike(core: str, joined: str) -> None:
    assert join_y_and_i(core) == joined


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Phuong Tan An", UnitName("phuong", "tan an")),
        ("thi tran Sáu", UnitName("thi_tran", "sáu")),
        ("Phưòng Hòa Bình", UnitName("phuong", "hòa bình")),
        ("P. Hoa Binh", UnitName("phuong", "hoa binh")),
        ("Quan Hoa", UnitName("quan", "hoa")),
        ("Xanh Lam", UnitName("", "xanh lam")),
        ("Phuong", UnitName("", "phuong")),
    ],
)
def test_a_type_without_its_accents_is_read_for_suggestions(text: str, unit: UnitName) -> None:
    assert parse_bare(text) == unit


def test_bare_letters_are_what_is_left_of_a_name_typed_in_haste() -> None:
    assert [bare_letters(text) for text in ("Ea H' Leo", "Quý Lộc", "Đắk Y")] == ["eahleo", "quiloc", "daki"]


@pytest.mark.real_data
def test_official_names_stay_apart_within_their_district(real_data: object) -> None:
    import pandas as pd

    units = pd.read_csv(f"{real_data}/vietnam/gso_wards_2021-12-31.csv", dtype=str)
    parsed = units["name"].map(parse_unit)
    assert (parsed.map(lambda unit: unit.type) != "").all()
    keys = units["district_code"] + "/" + parsed.map(lambda unit: f"{unit.type} {unit.core}")
    assert len(units) == 10_599
    assert keys[keys.duplicated(keep=False)].tolist() == []
