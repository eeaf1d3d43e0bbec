"""Targets as a table that people change: what is shown may change, what is hidden stays, faults are named."""

from typing import Any

import pandas as pd
import pytest

from errors import BadOption
from i18n.messages import LANGUAGES, load_words
from planning.catalogue_file import read_catalogue
from planning.targets import FORMS, Target
from studies.intake_areas import CATALOGUE
from studies.target_rows import COLUMNS, LEVELS, list_counted, list_rows, read_rows

CAN_THO, NGOC_LAC = (
    next(group.targets for group in read_catalogue(CATALOGUE).target_sets if group.key == key)
    for key in ("S0", "S3")
)
BLANK: dict[str, Any] = dict.fromkeys(COLUMNS)


def add(frame: pd.DataFrame, **cells: Any) -> pd.DataFrame:
    """As the table editor hands a new row over: what is not typed is missing."""
    return pd.concat([frame, pd.DataFrame([BLANK | cells], dtype=object)], ignore_index=True)


@pytest.mark.parametrize("targets", [group.targets for group in read_catalogue(CATALOGUE).target_sets])
def test_a_table_that_nobody_touched_gives_back_its_targets(targets: tuple[Target, ...]) -> None:
    assert read_rows(list_rows(targets), targets) == targets


def test_a_changed_promise_keeps_the_key_and_what_the_table_does_not_show() -> None:
    frame = list_rows(CAN_THO)
    for name, typed in (("name", "Không tái phức tạp"), ("operator", ">"), ("value", 90.0)):
        frame.loc[1, name] = typed
    changed = read_rows(frame, CAN_THO)[1]
    assert (changed.key, changed.name, changed.operator, changed.value) == (
        "not_relapsed", "Không tái phức tạp", ">", 90.0,
    )  # fmt: skip
    assert changed.not_applicable_when == ("transformed",)


def test_a_row_that_was_taken_out_is_no_target_and_an_empty_one_neither() -> None:
    frame = add(list_rows(CAN_THO).drop(index=0))
    assert [target.key for target in read_rows(frame, CAN_THO)] == ["not_relapsed"]


def test_a_new_target_counts_under_its_own_name_unless_something_known_is_chosen() -> None:
    frame = add(list_rows(()), name="Lớp tập huấn", level="area", form="count", operator=">=", value=2.0)
    frame = add(frame, name="Tin xử lý", level="area", form="share_pct", operator=">=", value=90.0,
                numerator="tips_handled", denominator="tips_received", unit="tin")  # fmt: skip
    assert read_rows(frame, ()) == (
        Target("rieng_lop_tap_huan", "Lớp tập huấn", "area", "count", ">=", 2.0, "rieng_lop_tap_huan"),
        Target("rieng_tin_xu_ly", "Tin xử lý", "area", "share_pct", ">=", 90.0, "tips_handled",
               "tips_received", "tin"),
    )  # fmt: skip


def test_a_form_that_knows_its_comparison_needs_none_typed() -> None:
    frame = add(list_rows(()), name="Không có điểm đánh bạc", level="area", form="absent")
    (target,) = read_rows(frame, ())
    assert (target.operator, target.value) == ("=", 0.0)


def test_two_new_targets_of_one_name_get_two_keys() -> None:
    frame = list_rows(())
    for level in ("area", "programme"):
        frame = add(frame, name="Lớp", level=level, form="count", operator=">=", value=1.0)
    assert [target.key for target in read_rows(frame, ())] == ["rieng_lop", "rieng_lop_2"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"name": None, "unit": "vụ"}, "target_blank"),
        ({"value": None}, "target_blank"),
        ({"operator": "≥"}, "target_choice"),
        ({"level": "province"}, "target_choice"),
        ({"value": float("inf")}, "target_number"),
        ({"form": "share_pct"}, "target_denominator"),
        ({"denominator": "incidents"}, "target_denominator"),
        ({"form": "absent", "operator": ">=", "value": 3.0}, "target_form"),
        ({"name": CAN_THO[0].name, "level": "programme"}, "target_twice"),
    ],
)
def test_a_fault_names_its_row_in_words(cells: dict[str, Any], reason: str) -> None:
    sound = {"name": "Lớp", "level": "area", "form": "count", "operator": ">=", "value": 1.0}
    with pytest.raises(BadOption) as refusal:
        read_rows(add(list_rows(CAN_THO), **sound | cells), CAN_THO)
    assert (refusal.value.reason, refusal.value.facts["row"]) == (reason, 3)
    for language in LANGUAGES:
        assert "3" in load_words(language).error(refusal.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_the_table_has_words(language: str) -> None:
    words = load_words(language)
    counted = list_counted(read_catalogue(CATALOGUE), NGOC_LAC)
    assert "incidents" in counted
    keys = [f"programme_entry.form.{form}" for form in FORMS]
    keys += [f"programme_entry.target_level.{level}" for level in LEVELS]
    keys += [f"kpi.key.{key}" for key in counted]
    assert [key for key in keys if not words.has(key)] == []
