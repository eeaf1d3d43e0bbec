"""Tables of old and new units: what is read, what is refused, and what outlines and totals say of them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from errors import AppError, BrokenCrosswalk, MissingColumns, NotComparable
from geo.boundaries.check import check_wards
from geo.findings import Finding, count_by_code
from geo.frames import Source, Wards
from geo.reading.columns import BoundaryColumns
from geo.reading.read import read_boundaries, read_table
from geo.versions.crosswalk import Crosswalk
from geo.versions.crosswalk_check import check_crosswalk, measure_shares, propose_correction
from geo.versions.crosswalk_read import CrosswalkColumns, read_crosswalk
from tests.mau import make_table, make_wards
from tests.mau_2025 import PARTS, make_crosswalk, make_new_wards

NAN = float("nan")
OLD_NAMES = {
    "00001": "P. Một", "00002": "P. Hòa Bình", "00003": "X. Tân Thới", "00004": "X. Thạnh Lộc",
    "00005": "Phường 5", "00006": "TT. Sáu",
}  # fmt: skip
NEW_NAMES = {"00001": "P. Hòa Bình", "00003": "P. Năm", "00005": "X. Thạnh Lộc"}


def columns_of(parts: list[tuple[str, str, str]]) -> dict[str, list[object]]:
    old, new, part = (list(column) for column in zip(*parts, strict=True))
    return {
        "Mã cũ": old,
        "Tên cũ": [OLD_NAMES.get(code, "") for code in old],
        "Mã mới": new,
        "Tên mới": [NEW_NAMES.get(code, "") for code in new],
        "Toàn bộ/một phần": list(part),
    }


GOOD = [
    ("00001", "00001", "nguyên trạng"),
    ("00002", "00001", "Nhập toàn bộ diện tích, dân số"),
    ("00003", "00003", "full"),
    ("00004", "00005", "1"),
    ("00005", "00005", "một phần"),
    ("00005", "00003", "phần còn lại"),
    ("00006", "00003", "toàn bộ"),
]


def read(
    columns: dict[str, list[object]], named: CrosswalkColumns | None = None
) -> tuple[Crosswalk, tuple[Finding, ...]]:
    table = make_table(columns, file="doi.csv")
    return read_crosswalk(table, named, old=make_wards(), new=make_new_wards())


def refuse(columns: dict[str, list[object]]) -> AppError:
    with pytest.raises(AppError) as refusal:
        read(columns)
    return refusal.value


def test_a_table_as_clerks_write_it_becomes_parts_with_their_weights() -> None:
    weights: dict[str, list[object]] = {
        "Tỷ lệ dân số": ["", "", "", "", "80 %", "20", ""],
        "Tỷ lệ diện tích": ["1", "1", "0,97", "1", "0,5", "0.5", "1"],
    }
    crosswalk, findings = read(columns_of(GOOD) | weights)
    pd.testing.assert_frame_equal(crosswalk.rows, make_crosswalk().rows, check_dtype=False)
    assert (crosswalk.old_version, crosswalk.new_version) == ("mau-2022", "mau-2025")
    assert [(finding.code, finding.where) for finding in findings] == [
        ("CrosswalkPercent", "doi.csv:Tỷ lệ dân số")
    ]


def test_without_a_word_one_new_unit_means_whole_and_two_mean_parts() -> None:
    columns = columns_of(GOOD)
    del columns["Toàn bộ/một phần"]
    crosswalk, findings = read(columns)
    assert crosswalk.rows["whole"].tolist() == [part[2] for part in PARTS]
    assert crosswalk.rows["weight_area"].tolist()[:4] == [1.0] * 4
    assert crosswalk.rows["weight_area"].isna().sum() == 2
    assert findings == ()


def test_units_may_be_told_by_name_alone() -> None:
    columns = columns_of(GOOD)
    crosswalk, _ = read({"Xã phường cũ": columns["Tên cũ"], "Xã phường mới": columns["Tên mới"]})
    assert crosswalk.rows["new_code"].tolist() == [part[1] for part in PARTS]


def test_columns_named_by_a_person_are_taken_and_missing_ones_refused() -> None:
    columns: dict[str, list[object]] = {"a": ["00001"], "b": ["00001"], "nguon": ["NQ 1"]}
    crosswalk, _ = read(columns, CrosswalkColumns(old_code="a", new_code="b"))
    assert crosswalk.rows.shape == (1, 5)
    assert crosswalk.source == Source(name="NQ 1", file="doi.csv")
    error = refuse(columns)
    assert isinstance(error, MissingColumns)
    assert (error.reason, error.facts["columns"]) == ("crosswalk", "a, b, nguon")


def test_a_code_whose_name_is_another_units_is_refused_for_codes_were_reused() -> None:
    wrong = columns_of(GOOD)
    wrong["Tên mới"] = [*wrong["Tên mới"][:3], "Phường 5", *wrong["Tên mới"][4:]]
    error = refuse(wrong)
    assert isinstance(error, NotComparable | BrokenCrosswalk)
    assert "Phường 5" in str(error.facts["seen"])


def test_tables_read_against_the_wrong_version_are_refused() -> None:
    table = make_table(columns_of(GOOD), file="doi.csv")
    with pytest.raises(NotComparable):
        read_crosswalk(table, old=make_new_wards(), new=make_wards())
    for old, new in ((make_wards(version=None), make_new_wards()), (make_wards(), make_wards())):
        with pytest.raises(BrokenCrosswalk) as refusal:
            read_crosswalk(table, old=old, new=new)
        assert refusal.value.reason == "version"


@pytest.mark.parametrize(
    ("parts", "reason", "seen"),
    [
        ([*GOOD, ("00001", "00003", "toàn bộ")], "whole_several", "00001"),
        ([*GOOD, ("00005", "00003", "toàn bộ")], "pair_twice", "00005 → 00003"),
        ([("99999", "88888", "")], "empty", None),
    ],
)
def test_what_no_change_of_boundaries_can_be_is_refused(
    parts: list[tuple[str, str, str]], reason: str, seen: str | None
) -> None:
    error = refuse(columns_of(parts))
    assert isinstance(error, BrokenCrosswalk)
    assert (error.reason, error.facts.get("seen")) == (reason, seen)


@pytest.mark.parametrize("weight", ["-0,2", "120 %"])
def test_a_weight_that_is_no_share_is_refused(weight: str) -> None:
    shares: list[object] = ["", "", "", "", weight, "", ""]
    error = refuse(columns_of(GOOD) | {"weight_area": shares})
    assert (error.code, error.reason, error.facts["seen"]) == ("BrokenCrosswalk", "weight", weight)


def test_rows_of_other_places_and_repeated_rows_are_left_out_and_told() -> None:
    parts = [
        *GOOD,
        ("00006", "00003", "toàn bộ"),
        ("77777", "66666", "toàn bộ"),
        ("77777", "00003", "một phần"),
        ("00006", "66666", "chưa rõ"),
    ]
    crosswalk, findings = read(columns_of(parts))
    assert len(crosswalk.rows) == 7
    assert [(f.code, f.severity, f.seen, f.facts["n"]) for f in findings] == [
        ("CrosswalkPartUnclear", "warning", "chưa rõ", 1),
        ("CrosswalkOtherPlaces", "info", "77777", 1),
        ("CrosswalkOldUnknown", "warning", "77777", 1),
        ("CrosswalkNewUnknown", "error", "66666", 1),
        ("CrosswalkRowTwice", "warning", "00006 → 00003", 1),
    ]


def test_codes_that_lost_their_zeros_are_told() -> None:
    columns = columns_of(GOOD)
    columns["Mã cũ"] = ["1", *columns["Mã cũ"][1:]]
    columns["Tên cũ"] = [""] * 7
    _, findings = read(columns)
    assert count_by_code(findings) == {"LostZeros": 1, "CrosswalkOldUnknown": 1}


def test_a_crosswalk_that_fits_outlines_and_totals_is_left_as_it_is() -> None:
    checked, findings = check_crosswalk(make_crosswalk(), make_wards(), make_new_wards())
    pd.testing.assert_frame_equal(checked.rows, make_crosswalk().rows)
    assert findings == ()
    assert propose_correction(checked, make_wards(), make_new_wards()) is None


def test_unknown_area_weights_are_measured_and_said_to_be() -> None:
    parts = [(*part[:4], part[4] if part[2] else NAN) for part in PARTS]
    checked, findings = check_crosswalk(make_crosswalk(parts), make_wards(), make_new_wards())
    assert checked.rows["weight_area"].tolist() == pytest.approx([1, 1, 1, 1, 0.5, 0.5, 1], abs=1e-6)
    assert checked.rows["weight_population"].tolist() == [1, 1, 1, 1, 0.8, 0.2, 1]
    assert [(f.code, f.seen) for f in findings] == [("CrosswalkAreaMeasured", "00005")]


def test_a_false_part_is_caught_and_its_correction_proposed_not_applied() -> None:
    false = [*PARTS[:3], ("00004", "00005", False, NAN, NAN), ("00004", "00001", False, NAN, NAN), *PARTS[4:]]
    checked, findings = check_crosswalk(make_crosswalk(false), make_wards(), make_new_wards())
    assert len(checked.rows) == 8
    caught = next(f for f in findings if f.code == "CrosswalkContradictsShapes")
    assert (caught.severity, caught.where, caught.seen) == ("error", "doi.csv", "00004 → 00001")
    assert caught.facts == {
        "old_code": "00004",
        "old_name": "Xã Thạnh Lộc",
        "new_code": "00001",
        "new_name": "Phường Hòa Bình",
        "share_pct": 0.0,
    }
    proposed = propose_correction(checked, make_wards(), make_new_wards())
    assert proposed is not None
    pd.testing.assert_frame_equal(proposed.rows, make_crosswalk().rows)


def test_a_whole_unit_that_lies_elsewhere_is_caught_and_left_to_a_person() -> None:
    wrong = [("00001", "00005", True, 1.0, 1.0), *PARTS[1:]]
    _, findings = check_crosswalk(make_crosswalk(wrong), make_wards(), make_new_wards())
    caught = [f for f in findings if f.code == "CrosswalkContradictsShapes"]
    assert [(f.seen, f.facts["share_pct"]) for f in caught] == [("00001 → 00005", 0.0)]
    assert propose_correction(make_crosswalk(wrong), make_wards(), make_new_wards()) is None


def test_weights_that_do_not_sum_to_one_are_told_by_unit() -> None:
    wrong = [*PARTS[:4], ("00005", "00005", False, 0.8, 0.5), ("00005", "00003", False, 0.1, 0.495), PARTS[6]]
    _, findings = check_crosswalk(make_crosswalk(wrong), make_wards(), make_new_wards())
    assert [(f.code, f.seen) for f in findings] == [("CrosswalkPopulationSum", "00005: 0.900")]


def test_units_that_nothing_leads_from_or_to_are_told() -> None:
    _, findings = check_crosswalk(make_crosswalk(PARTS[2:]), make_wards(), make_new_wards())
    assert [(f.code, f.seen) for f in findings] == [
        ("CrosswalkOldMissing", "00001 Phường Một, 00002 Phường Hòa Bình"),
        ("CrosswalkNewMissing", "00001 Phường Hòa Bình"),
    ]


def test_totals_that_are_not_those_of_the_parts_are_told() -> None:
    """Without ward 00006 the new 00003 has 26 000 residents where its parts have 6 000."""
    _, findings = check_crosswalk(make_crosswalk(PARTS[:6]), make_wards(), make_new_wards())
    told = {f.code: f.seen for f in findings}
    assert told["CrosswalkPopulationDiffers"] == "Phường Năm 26000 / 6000"
    assert told["CrosswalkAreaDiffers"].startswith("Phường Năm 3.03")
    assert set(told) == {"CrosswalkOldMissing", "CrosswalkPopulationDiffers", "CrosswalkAreaDiffers"}


def read_wards(path: Path, version: str) -> Wards:
    layer = read_boundaries(path)
    return check_wards(layer, BoundaryColumns(), version=version, source=Source(file=path.name))[0]


@pytest.mark.real_data
def test_the_false_part_of_thanh_an_is_caught_in_the_real_table(real_data: Path) -> None:
    folder = real_data / "vietnam"
    old, new = (
        read_wards(folder / "can_tho_2021.zip", "2021"),
        read_wards(folder / "can_tho_2025.zip", "2025"),
    )
    table = read_table(folder / "crosswalk_2025_can_tho.csv")
    crosswalk, _ = read_crosswalk(table, old=old, new=new)
    assert (len(crosswalk.rows), int((~crosswalk.rows["whole"]).sum())) == (84, 8)
    checked, findings = check_crosswalk(crosswalk, old, new)
    assert len(checked.rows) == 84
    caught = [f for f in findings if f.code == "CrosswalkContradictsShapes"]
    assert [(f.seen, f.facts["share_pct"]) for f in caught] == [("31240 → 31231", 0.02)]
    told = {f.code: f for f in findings}
    assert (
        told["CrosswalkOldMissing"].seen == "31126 Phường An Nghiệp, 31129 Phường An Cư, 31141 Phường An Phú"
    )
    assert told["CrosswalkNewElsewhere"].facts["n"] == 71
    assert told["CrosswalkAreaDiffers"].seen == "Phường Ninh Kiều 5.43168 / 3.8568"
    proposed = propose_correction(crosswalk, old, new)
    assert proposed is not None
    thanh_an = proposed.rows[proposed.rows["old_code"] == "31240"]
    assert thanh_an[["new_code", "whole", "weight_area"]].to_numpy().tolist() == [["31246", True, 1.0]]
    assert len(proposed.rows) == 83


@pytest.mark.real_data
def test_measured_shares_are_those_published_with_the_real_table(real_data: Path) -> None:
    folder = real_data / "vietnam"
    old, new = (
        read_wards(folder / "can_tho_2021.zip", "2021"),
        read_wards(folder / "can_tho_2025.zip", "2025"),
    )
    crosswalk, _ = read_crosswalk(read_table(folder / "crosswalk_2025_can_tho.csv"), old=old, new=new)
    told = pd.read_csv(folder / "crosswalk_2025_can_tho.csv")["area_share"].to_numpy()
    assert np.abs(measure_shares(crosswalk, old, new).to_numpy() - told).max() < 0.0002


def test_a_unit_whose_other_part_was_left_out_is_not_whole() -> None:
    columns = columns_of([*GOOD[:5], ("00005", "00099", ""), GOOD[6]])
    columns["Tên mới"][5] = "P. Chưa biết"
    columns["Toàn bộ/một phần"] = [""] * 7
    crosswalk, findings = read(columns)
    whole = dict(zip(crosswalk.rows["old_code"], crosswalk.rows["whole"], strict=True))
    assert whole == {code: code != "00005" for code in OLD_NAMES}
    assert "CrosswalkNewUnknown" in {finding.code for finding in findings}
