"""A paper in words: its title with its number, or whole as a decision names it."""

from i18n.messages import Words
from planning.papers import Document


def write_title(paper: Document, words: Words) -> str:
    """`Kế hoạch số 156`; "" where neither is known."""
    number = words("annex.number", number=paper.number) if paper.number else ""
    return _join(" ", paper.title, number)


def write_paper(paper: Document, words: Words) -> str:
    """`Quyết định số 12/QĐ-BCĐ138 ngày 15/02/2023 của …`; of a paper without title and number who issued it
    and when; "" where nothing is known."""
    title, day, body = write_title(paper, words), paper.issued_on, paper.issued_by
    if not title:
        return _join(", ", body, words.date(day) if day else "")
    dated = words("annex.dated", date=day) if day else ""
    return _join(" ", title, dated, words("annex.issued_by", body=body) if body else "")


def _join(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)
