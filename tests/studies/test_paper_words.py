"""Papers in words: whole as a decision names them, and no more than is known."""

import datetime as dt

import pytest

from i18n.messages import load_words
from planning.papers import Document
from studies.paper_words import write_paper, write_title

DAY = dt.date(2023, 2, 15)


@pytest.mark.parametrize(
    ("paper", "whole", "title"),
    [
        (
            Document("Quyết định", "12/QĐ", "Ban Chỉ đạo 138", DAY),
            "Quyết định số 12/QĐ ngày 15/02/2023 của Ban Chỉ đạo 138",
            "Quyết định số 12/QĐ",
        ),
        (Document("Kế hoạch"), "Kế hoạch", "Kế hoạch"),
        (Document(number="156", issued_by="UBND tỉnh"), "số 156 của UBND tỉnh", "số 156"),
        (Document(issued_by="UBND tỉnh", issued_on=DAY), "UBND tỉnh, 15/02/2023", ""),
        (Document(), "", ""),
    ],
)
def test_a_paper_is_written_with_what_is_known_of_it(paper: Document, whole: str, title: str) -> None:
    words = load_words("vi")
    assert (write_paper(paper, words), write_title(paper, words)) == (whole, title)


def test_the_english_words_say_the_same() -> None:
    paper = Document("Decision", "12/QĐ", "Steering Committee 138", DAY)
    assert write_paper(paper, load_words("en")) == (
        f"Decision no. 12/QĐ of {load_words('en').date(DAY)} by Steering Committee 138"
    )
