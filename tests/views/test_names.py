"""Text of a file as a reader sees it, in cells and in the labels of boxes."""

import pytest

from i18n.messages import load_words
from views.data_names import as_label, name_column, show_cell

WORDS = load_words("vi")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("P. BH Nghĩa", "P. BH Nghĩa"),
        ("![x](http://a/b.png)", r"\!\[x\](http\://a/b.png)"),
        ("*An* _Cư_ `1` $2$ :smile:", r"\*An\* \_Cư\_ \`1\` \$2\$ \:smile\:"),
        ("<img src=x>", r"\<img src=x\>"),
        ("dòng một\n# dòng hai", r"dòng một \# dòng hai"),
    ],
)
def test_markup_in_a_file_is_plain_text_in_a_label(text: str, label: str) -> None:
    assert as_label(text) == label


def test_cells_and_columns_are_shown_as_the_file_has_them() -> None:
    assert [show_cell(cell) for cell in (4.0, 4.5, "00123", 7)] == ["4", "4.5", "00123", "7"]
    assert name_column("parent_heading", WORDS) == "quận, huyện (lấy từ các dòng nhóm)"
    assert name_column("Đơn vị", WORDS) == "Đơn vị"
