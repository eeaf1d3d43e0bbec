"""A table as CSV never starts a formula, and gives back the text it was given."""

import pandas as pd
import pytest

from briefing.table import to_csv, undo_disarm


@pytest.mark.parametrize(
    ("text", "written"),
    [("-1", "'-1"), ("=1+1", "'=1+1"), (" @a", "' @a"), ("'-1", "''-1"), ("'an", "'an"), ("00001", "00001")],
)
def test_a_disarmed_text_is_told_from_every_other_and_comes_back(text: str, written: str) -> None:
    assert to_csv(pd.DataFrame({"a": [text]})).decode("utf-8-sig") == f"a\r\n{written}\r\n"
    assert undo_disarm(written) == text
