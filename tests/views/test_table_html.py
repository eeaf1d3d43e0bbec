"""Tables of the pages: text from data stays text, names stand left and figures right."""

import re

from views.widgets import rich, table_html

HOSTILE = '<script>alert("1")</script>\'&'
SAFE = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#x27;&amp;"


def test_no_cell_head_title_or_note_becomes_markup() -> None:
    shown = table_html([HOSTILE, "n"], [(HOSTILE, "1")], title=HOSTILE, foot=HOSTILE)
    assert "<script" not in shown
    assert shown.count(SAFE) == 4


def test_names_stand_on_the_left_and_figures_on_the_right() -> None:
    shown = table_html(["Số", "Địa bàn", "Vụ"], [("1", "P. An Hòa", "8")], texts=(1,))
    assert re.findall(r"<(t[hd])( class=\"db-num\")?>([^<]*)<", shown) == [
        ("th", ' class="db-num"', "Số"),
        ("th", "", "Địa bàn"),
        ("th", ' class="db-num"', "Vụ"),
        ("td", ' class="db-num"', "1"),
        ("td", "", "P. An Hòa"),
        ("td", ' class="db-num"', "8"),
    ]


def test_a_table_without_title_and_note_has_neither() -> None:
    shown = table_html(["Địa bàn"], [("P. An Hòa",)])
    assert ("<h3>" in shown, "<p " in shown) == (False, False)


def test_every_row_has_as_many_cells_as_it_was_given() -> None:
    shown = table_html(["a", "b"], [("1", "2"), ("3", "4")])
    assert (shown.count("<tr>"), shown.count("<td"), shown.count("<th>")) == (3, 4, 1)


def test_a_table_scrolls_where_the_keyboard_can_reach_it() -> None:
    assert '<div class="db-scroll" tabindex="0">' in table_html(["a"], [])


def test_only_our_own_stars_become_bold() -> None:
    assert rich("**3** <b>4</b>") == "<b>3</b> &lt;b&gt;4&lt;/b&gt;"
