"""What the data page asks before a file can be read: its letters and its reference system."""

import pytest
from streamlit.testing.v1 import AppTest


def ask_for_letters() -> None:
    import streamlit as st

    from errors import UnknownEncoding
    from i18n.messages import load_words
    from views.data_encoding import look_with_encoding

    samples = {"tcvn3": ("Cái Khế", "<b>An Hòa</b>"), "cp1252": ("C¸i KhÕ", "An Hßa")}

    def look(encoding: str | None) -> str:
        if encoding is None:
            raise UnknownEncoding(
                "unclear", file="a.dbf", column="TEN", choices="", samples=samples, shown=""
            )
        return f"read as {encoding}"

    st.text(look_with_encoding("a", look, lambda _: (), load_words("vi")) or "nothing yet")


def overrule_a_guess() -> None:
    import streamlit as st

    from geo.findings import Finding
    from i18n.messages import load_words
    from views.data_encoding import look_with_encoding

    guess = Finding("EncodingGuessed", "info", "a.dbf", "Cái Khế", {"encoding": "tcvn3"})
    answer = look_with_encoding(
        "a", lambda encoding: f"read as {encoding}", lambda _: (guess,), load_words("vi")
    )
    st.text(answer)


def ask_for_a_plane(candidates: tuple[tuple[str, float, int], ...]) -> None:
    import streamlit as st

    from errors import UnknownCrs
    from i18n.messages import load_words
    from views.data_crs import look_with_crs

    def look(crs: str | None) -> str:
        if crs is None:
            raise UnknownCrs(
                "swapped", file="a.shp", seen="10; 105", suggestion="swapped:EPSG:9210", candidates=candidates
            )
        return f"read in {crs}"

    st.text(look_with_crs("a", look, None, load_words("vi")) or "nothing yet")


def offer_a_better_plane() -> None:
    import streamlit as st

    from geo.findings import Finding
    from i18n.messages import load_words
    from views.data_crs import look_with_crs

    facts: dict[str, object] = {"better": "EPSG:5897", "better_m": 3, "n": 80}
    misfit = Finding("CrsMisfit", "warning", "a.shp", "", facts)
    answer = look_with_crs(
        "a", lambda crs: f"read in {crs}", lambda _: "WGS 84", load_words("vi"), findings=lambda _: (misfit,)
    )
    st.text(answer)


def words_of(shown: AppTest) -> str:
    assert not shown.exception
    return "".join(element.proto.body for element in shown.get("html"))


def test_unclear_letters_are_shown_in_each_reading_and_wait_for_a_choice() -> None:
    shown = AppTest.from_function(ask_for_letters).run(timeout=60)
    asked = words_of(shown)
    assert shown.text[0].value == "nothing yet"
    assert "chữ đọc được theo nhiều bảng mã" in asked
    assert "<td>TCVN3 (ABC)</td><td><b>Cái Khế</b></td>" in asked
    assert "&lt;b&gt;An Hòa&lt;/b&gt;" in asked
    assert shown.selectbox[0].options[:2] == ["TCVN3 (ABC)", "Tây Âu (Windows-1252)"]
    shown.selectbox[0].select("tcvn3").run(timeout=60)
    assert shown.text[0].value == "read as tcvn3"
    assert "chữ đọc được theo nhiều bảng mã" not in words_of(shown)


def test_a_guess_can_be_overruled() -> None:
    shown = AppTest.from_function(overrule_a_guess).run(timeout=60)
    assert shown.text[0].value == "read as None"
    assert shown.selectbox[0].options[0] == "Chương trình đoán: TCVN3 (ABC)"
    assert "Ví dụ chữ đọc được: Cái Khế" in words_of(shown)
    shown.selectbox[0].select("vni").run(timeout=60)
    assert shown.text[0].value == "read as vni"


@pytest.mark.parametrize("how", ["button", "list"])
def test_the_best_plane_is_offered_and_applied_on_a_click_only(how: str) -> None:
    best, second = ("swapped:EPSG:9210", 4.0, 80), ("EPSG:9209", 210.0, 80)
    shown = AppTest.from_function(ask_for_a_plane, args=((best, second),)).run(timeout=60)
    assert shown.text[0].value == "nothing yet"
    assert "hai trục đổi chỗ (lệch khoảng 4 m so với 80 phường, xã đã biết)" in words_of(shown)
    options = shown.selectbox[0].options
    assert options[1].endswith("(lệch khoảng 210 m so với 80 phường, xã đã biết)")
    assert len(options) == len(set(options))
    (shown.button[0].click() if how == "button" else shown.selectbox[0].select(best[0])).run(timeout=60)
    assert shown.text[0].value == "read in swapped:EPSG:9210"
    assert "Khớp nhất" not in words_of(shown)


def test_without_known_wards_the_suggestion_stands_first() -> None:
    shown = AppTest.from_function(ask_for_a_plane, args=((),)).run(timeout=60)
    assert shown.text[0].value == "nothing yet"
    assert shown.button.len == 0
    assert shown.selectbox[0].options[0].startswith("EPSG:9210: VN-2000")


def test_a_system_that_fits_better_is_offered_beside_the_files_own() -> None:
    shown = AppTest.from_function(offer_a_better_plane).run(timeout=60)
    assert shown.text[0].value == "read in None"
    assert "Có hệ khớp hơn hệ ghi trong tệp: EPSG:5897" in words_of(shown)
    assert shown.selectbox[0].options[0] == "Theo tệp: WGS 84"
    shown.selectbox[0].select("EPSG:5897").run(timeout=60)
    assert shown.text[0].value == "read in EPSG:5897"
    assert "khớp hơn" not in words_of(shown)
