"""The box that says which incidents are looked at, and the link that carries it."""

import pytest
from streamlit.testing.v1 import AppTest


def choose() -> None:
    import datetime as dt
    from unittest import mock

    import streamlit as st

    from geo.frames import Period
    from i18n.messages import load_words
    from studies.place import DatedPeriod
    from views.overview_choices import Shown, choose_incidents

    sums = {"social": 1_200.0, "traffic": 0.0}
    period = DatedPeriod(Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31)), (0,), True)
    with (
        mock.patch("views.overview_choices.list_groups", return_value=sums),
        mock.patch("views.overview_choices.list_categories", return_value=["Trộm cắp", "TNGT"]),
    ):
        chosen = choose_incidents(Shown(mock.Mock(), mock.Mock(), "1", period), load_words("vi"))
    st.text(f"{chosen.group} {chosen.category}")


def test_groups_stand_before_categories_and_the_link_carries_the_choice() -> None:
    shown = AppTest.from_function(choose).run(timeout=60)
    assert not shown.exception
    assert shown.selectbox[0].options == [
        "Mọi tội phạm", "Nhóm: Trật tự xã hội (1.200)", "Nhóm: Tai nạn giao thông (0)", "Trộm cắp",
        "TNGT"]  # fmt: skip
    assert (shown.text[0].value, "loai" in shown.query_params) == ("None None", False)
    shown.selectbox[0].select("nhom:social").run(timeout=60)
    assert (shown.text[0].value, shown.query_params["loai"]) == ("social None", "nhom:social")


@pytest.mark.parametrize(
    ("told", "chosen"),
    [("Trộm cắp", "None Trộm cắp"), ("nhom:traffic", "traffic None"), ("không còn", "None None")],
)
def test_a_link_brings_its_choice_and_one_that_is_gone_brings_every_crime(told: str, chosen: str) -> None:
    shown = AppTest.from_function(choose)
    shown.query_params["loai"] = told
    shown.run(timeout=60)
    assert shown.text[0].value == chosen
