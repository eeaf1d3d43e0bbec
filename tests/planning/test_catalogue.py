"""The shipped catalogue holds what it must, and a broken one is refused by name."""

import contextlib
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import BrokenCatalogue, UnreadableFile
from geo.indicators import INDICATORS
from i18n.messages import load_words
from planning.catalogue import RULE_KINDS
from planning.catalogue_file import read_catalogue
from planning.kpi import assess
from planning.targets import FORMS, Observation, Target

SHIPPED = Path(__file__).parents[2] / "data" / "planning" / "catalogue.toml"
TEXT = SHIPPED.read_text(encoding="utf-8")
CATALOGUE = read_catalogue(SHIPPED)
TARGETS = [(group.key, target) for group in CATALOGUE.target_sets for target in group.targets]
DAY = dt.date(2024, 12, 14)
S3 = "target_sets[3].targets"


def show_evidence(target: Target) -> list[Observation]:
    keys = {key for key in (target.numerator, target.denominator, *target.not_applicable_when) if key}
    return [
        Observation(key, 1.0, phase=phase, stated_by="Công an xã", stated_on=DAY)
        for key in sorted(keys)
        for phase in ("before", "after")
    ]


@pytest.mark.parametrize(("group", "target"), TARGETS, ids=[f"{group}-{t.key}" for group, t in TARGETS])
def test_every_target_is_decided_on_full_evidence_and_open_on_none(group: str, target: Target) -> None:
    assert group
    assert assess(target, show_evidence(target)).light in ("met", "not_met")
    nothing = assess(target, [])
    assert (nothing.light, nothing.reason) == ("unknown", "missing")
    assert target.numerator in nothing.missing


def test_the_plans_promise_what_the_reports_tell() -> None:
    promised = {
        group.key: [(t.level, t.form, t.operator, t.value) for t in group.targets]
        for group in CATALOGUE.target_sets
    }
    share = "share_pct"
    assert promised["S0"] == [("programme", share, ">=", 60), ("cohort", share, ">=", 85)]
    assert promised["S2"] == [("programme", share, ">=", 100), ("cohort", share, ">=", 100)]
    assert [(form, operator, value) for _, form, operator, value in promised["S3"]] == [
        ("change_pct", "<=", -5), (share, ">=", 80), (share, ">=", 95), (share, "<", 15), (share, ">=", 100),
        (share, ">=", 100), ("count", ">=", 1), ("absent", "=", 0), ("absent", "=", 0), ("fewer", "<", 0),
        ("absent", "=", 0), ("stated", "=", 1),
    ]  # fmt: skip
    assert {form for _, form, _, _ in promised["S3"]} == set(FORMS)


def test_the_twelve_are_judged_during_and_after_and_only_models_that_work_count() -> None:
    twelve = next(group for group in CATALOGUE.target_sets if group.key == "S3").targets
    assert {target.when for target in twelve} == {"trong và sau chuyển hóa"}
    assert [t.key for t in twelve if t.counts_only == "mô hình hoạt động hiệu quả"] == ["kpi_7"]


def test_the_lists_of_the_programme_are_there() -> None:
    assert [named.key for named in CATALOGUE.registers] == ["TTATXH", "ANTT", "MA_TUY"]
    assert [named.key for named in CATALOGUE.types] == ["loai_1", "loai_2", "loai_3", "loai_4"]
    assert [(grade.key, grade.state) for grade in CATALOGUE.grades] == [
        ("tot", "chuyen_hoa_thanh_cong"), ("dat", "chuyen_hoa_thanh_cong"), ("chua_dat", "chua_dat"),
    ]  # fmt: skip
    assert tuple(rule.kind for rule in CATALOGUE.rules) == RULE_KINDS
    assert [(due.key, due.after, due.months) for due in CATALOGUE.dues] == [
        ("sub_plan", "start", 1), ("review_3", "start", 3), ("review_6", "start", 6),
        ("review_9", "start", 9), ("review_12", "start", 12), ("maintenance_end", "maintenance_start", 6),
    ]  # fmt: skip
    assert (CATALOGUE.maintenance_months, CATALOGUE.watch_months) == (6, 24)


def test_the_weights_are_of_a_hundred_and_of_columns_that_are_measured() -> None:
    weights = {criterion.key: (criterion.weight, criterion.floor) for criterion in CATALOGUE.criteria}
    assert weights == {
        "incidents": (30, None), "rate": (20, None), "persistence": (20, 0), "cluster": (10, 0),
        "camera_gap": (20, 0), "harm": (0, 0), "severe": (0, 0),
    }  # fmt: skip
    assert sum(weight for weight, _ in weights.values()) == 100
    assert {criterion.column for criterion in CATALOGUE.criteria} <= INDICATORS.keys()


def test_every_entry_names_its_source() -> None:
    for shelf in ("registers", "types", "reasons", "measures", "grades", "criteria", "rules", "dues"):
        assert [entry.key for entry in getattr(CATALOGUE, shelf) if not entry.source] == []
    assert [t.key for _, t in TARGETS if not t.source] == []


def test_a_target_has_the_source_and_the_day_of_its_set_unless_it_says_its_own(tmp_path: Path) -> None:
    assert {(t.source[:8], t.valid_from) for key, t in TARGETS if key == "S0"} == {
        ("Báo PLO:", dt.date(2022, 2, 11))
    }
    own = TEXT.replace('key = "kpi_1"', 'key = "kpi_1"\nvalid_from = 2024-06-06')
    assert find_target(write(tmp_path, own), "kpi_1").valid_from == dt.date(2024, 6, 6)


def write(folder: Path, text: str) -> Path:
    path = folder / "danh_muc.toml"
    path.write_text(text, encoding="utf-8")
    return path


def find_target(path: Path, key: str) -> Target:
    return next(t for group in read_catalogue(path).target_sets for t in group.targets if t.key == key)


@pytest.mark.parametrize(
    ("old", "new", "reason", "place"),
    [
        ("maintenance_months = 6", "maintenance_months = six", "unreadable", ""),
        ("watch_months = 24", "", "missing", "watch_months"),
        ("watch_months = 24", "watch_months = 24.5", "wrong_type", "watch_months"),
        ("watch_months = 24", "watch_months = true", "wrong_type", "watch_months"),
        ("watch_months = 24", "watch_months = 999", "number", "watch_months"),
        ("valid_from = 2021-03-22", "valid_from = 2021-03-22T07:00:00", "wrong_type", "valid_from"),
        ("watch_months = 24", 'watch_months = 24\ncolour = "đỏ"', "unknown", "colour"),
        ("watch_months = 24", "watch_months = 24\nextras = [1]", "unknown", "extras"),
        ('key = "loai_2"', 'key = "loai_1"', "duplicate", "types[2].key"),
        ('key = "kpi_2"', 'key = "kpi_1"', "duplicate", f"{S3}[2].key"),
        ('key = "ANTT"', 'key = " "', "duplicate", "registers[2].key"),
        ("weight = 30", "weight = -30", "weights", "criteria[1].weight"),
        ("weight = 30", 'weight = "30"', "wrong_type", "criteria[1].weight"),
        ('kind = "carry_over"', 'kind = "carry"', "choice", "rules[4].kind"),
        ('column = "parent"', "", "group", "rules[1]"),
        ("n = 1\n", "n = 0\n", "group", "rules[1]"),
        ('operator = "<"\nvalue = 15', 'operator = "=<"\nvalue = 15', "choice", f"{S3}[4].operator"),
        ('operator = "<"\nvalue = 15', 'operator = "<"\nvalue = nan', "number", f"{S3}[4].value"),
        ('operator = "<"\nvalue = 0', 'operator = ">"\nvalue = 0', "form", f"{S3}[10].operator"),
        ('operator = "<"\nvalue = 0', 'operator = "<"\nvalue = 2', "form", f"{S3}[10].value"),
        ('denominator = "released_residents"\n', "", "denominator", f"{S3}[4].denominator"),
        ('numerator = "effective_models"', 'numerator = " "', "empty", f"{S3}[7].numerator"),
        ('["released_residents"]', '"people"', "wrong_type", f"{S3}[4].not_applicable_when"),
        ('state = "chua_dat"', 'state = "chuyen_hoa_thanh_cong"', "states", "grades"),
        ('state = "chua_dat"', 'state = "failed"', "choice", "grades[3].state"),
    ],
)  # fmt: skip
def test_a_broken_catalogue_is_refused_whole_and_names_the_place(
    tmp_path: Path, old: str, new: str, reason: str, place: str
) -> None:
    assert old in TEXT
    with pytest.raises(BrokenCatalogue) as refused:
        read_catalogue(write(tmp_path, TEXT.replace(old, new, 1)))
    assert (refused.value.reason, refused.value.facts["place"]) == (reason, place)
    told = load_words("vi").error(refused.value)
    assert "danh_muc.toml" in told
    assert place in told


def test_a_catalogue_needs_a_weight_that_counts(tmp_path: Path) -> None:
    with pytest.raises(BrokenCatalogue) as refused:
        read_catalogue(write(tmp_path, re.sub(r"weight = \d+", "weight = 0", TEXT)))
    assert (refused.value.reason, refused.value.facts["place"]) == ("weights", "criteria")


@pytest.mark.parametrize("shelf", ["registers", "grades", "criteria"])
def test_a_catalogue_without_registers_grades_or_criteria_is_refused(tmp_path: Path, shelf: str) -> None:
    without = re.sub(rf"\[\[{shelf}\]\]\n(?:[^\[]|\[(?!\[))*", "", TEXT)
    with pytest.raises(BrokenCatalogue) as refused:
        read_catalogue(write(tmp_path, f"{shelf} = []\n{without}"))
    assert (refused.value.reason, refused.value.facts["place"]) == ("empty", shelf)


def test_a_file_that_is_not_there_or_not_unicode_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_catalogue(tmp_path / "khong_co.toml")
    path = tmp_path / "cu.toml"
    path.write_bytes('name = "Địa bàn"'.encode("utf-16"))
    with pytest.raises(BrokenCatalogue):
        read_catalogue(path)


def test_a_committee_s_own_file_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    own = TEXT.replace(
        'name = "Danh mục mẫu của chương trình chuyển hóa địa bàn"', 'name = "Danh mục của tỉnh"'
    )
    own = own.replace("value = 60", "value = 62.5")
    kept = read_catalogue(write(tmp_path, "\ufeff" + own))
    assert (kept.name, kept.target_sets[0].targets[0].value) == ("Danh mục của tỉnh", 62.5)
    assert kept.registers == CATALOGUE.registers


@settings(deadline=None)
@given(at=st.integers(0, len(TEXT) - 1), n=st.integers(1, 40))
def test_a_file_cut_anywhere_is_read_or_refused_calmly(
    tmp_path_factory: pytest.TempPathFactory, at: int, n: int
) -> None:
    path = write(tmp_path_factory.mktemp("cut"), TEXT[:at] + TEXT[at + n :])
    with contextlib.suppress(BrokenCatalogue):
        assert read_catalogue(path).registers
