"""Which incidents a joined file counts: asked on the command line, kept beside the file, told on the map."""

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from geo.frames import Period
from geo.question import EVERY_CRIME, Selection
from geo.reading.columns import TableColumns
from geo.rows.facts import join_table
from i18n.messages import load_words
from layers.naming import name_selection
from layers.shapes import make_shapes
from store.records import Area
from studies.holdings import Holdings, list_categories, list_groups
from studies.joined_file import read_joined
from tests.mau import make_table, make_wards, write_wards
from tests.studies.test_cli import done, refused

ROWS = (
    ("00001", "Trộm cắp", "rất nghiêm trọng", "tố giác", 3),
    ("00001", "TNGT", "", "", 4),
    ("00002", "Ma túy", "nghiêm trọng", "phát hiện", 5),
)  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Boundaries and incidents."""
    incidents = tmp_path / "vu.csv"
    lines = [",".join(map(str, ("2022", *row))) for row in ROWS]
    incidents.write_text("\n".join(["nam,ma_xa,loai_vu,muc_do,nguon_tin,so_vu", *lines]), encoding="utf-8")
    return write_wards(tmp_path), incidents


def join(files: tuple[Path, Path], out: Path, *more: object) -> pd.DataFrame:
    done("join", "--boundaries", files[0], "--incidents", files[1], "--out", out, "--quiet", *more)
    return read_joined(out).frame


@pytest.mark.parametrize(
    ("options", "chosen", "n"),
    [
        ((), EVERY_CRIME, [3, 5]),
        (("--group", "traffic"), Selection(group="traffic"), [4, 0]),
        (("--only", "TNGT"), Selection(category="TNGT"), [4, 0]),
        (("--severity", "nghiem_trong"), Selection(severity="nghiem_trong"), [0, 5]),
        (
            ("--known-by", "reported", "--group", "social"),
            Selection(group="social", known_by="reported"),
            [3, 0],
        ),
    ],
)
def test_a_joined_file_holds_what_was_chosen_and_tells_it(
    files: tuple[Path, Path], tmp_path: Path, options: tuple[str, ...], chosen: Selection, n: list[int]
) -> None:
    out = tmp_path / "j.gpkg"
    frame = join(files, out, *options)
    assert frame["n_incidents"].tolist()[:2] == n
    assert frame["n_incidents"].isna().tolist() == [False, False, True, True, True, True]
    assert read_joined(out).question.chosen == chosen


def test_the_meta_of_an_earlier_version_names_a_category_alone(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "j.gpkg"
    join(files, out)
    beside = tmp_path / "j.gpkg.meta.json"
    meta = json.loads(beside.read_text(encoding="utf-8"))
    del meta["chosen"]
    beside.write_text(json.dumps(meta | {"category": "Trộm cắp"}), encoding="utf-8")
    assert read_joined(out).question.chosen == Selection(category="Trộm cắp")
    beside.write_text(json.dumps(meta), encoding="utf-8")
    assert read_joined(out).question.chosen == EVERY_CRIME


def test_weights_are_read_dated_and_used(files: tuple[Path, Path], tmp_path: Path) -> None:
    weights = tmp_path / "trong_so.csv"
    weights.write_text("loai_vu,trong_so\nTrộm cắp tài sản,2\nMa túy,10\n", encoding="utf-8")
    told = ("--weights", weights, "--weights-from")
    frame = join(files, tmp_path / "j.gpkg", *told, "2022-01-01", "--period", "2022")
    assert frame["harm_weighted"].tolist()[:2] == [6, 50]
    assert frame["harm_weighted"].isna().tolist() == [False, False, True, True, True, True]
    late = join(files, tmp_path / "muon.gpkg", *told, "2022-06-01", "--period", "2022")
    assert "harm_weighted" not in late


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--group", "hinh_su"), "social"),
        (("--severity", "nặng"), "rat_nghiem_trong"),
        (("--known-by", "báo"), "discovered"),
        (("--weights", "trong_so.csv"), "--weights-from"),
        (("--weights-from", "2022-01-01"), "--weights"),
        (("--weights", "trong_so.csv", "--weights-from", "hôm qua"), "hôm qua"),
    ],
)
def test_a_wrong_choice_is_one_line_that_says_what_may_be_chosen(
    files: tuple[Path, Path], tmp_path: Path, options: tuple[str, ...], named: str
) -> None:
    out = tmp_path / "j.gpkg"
    line = refused("join", "--boundaries", files[0], "--incidents", files[1], "--out", out, *options)
    assert named in line
    assert not out.exists()


def test_what_is_chosen_has_a_name_in_the_readers_language() -> None:
    words = load_words("vi")
    assert name_selection(EVERY_CRIME, words) == ""
    assert name_selection(Selection(category="Trộm cắp"), words) == "Trộm cắp"
    chosen = Selection(group="drugs", severity="rat_nghiem_trong", known_by="discovered")
    assert name_selection(chosen, words) == "Ma túy; rất nghiêm trọng; do lực lượng chức năng phát hiện"


def test_groups_on_file_stand_with_their_incidents_of_the_period() -> None:
    wards = make_wards()
    cells: dict[str, list[object]] = {
        "ma_xa": ["00001"] * 4, "nam": ["2021", "2022", "2022", "2022"], "so_vu": ["7", "3", "2", "1"],
        "loai_vu": ["TNGT", "Trộm cắp", "Cướp", "Việc khác"]}  # fmt: skip
    fact, _, _ = join_table(wards, make_table(cells), "incidents", TableColumns(), version="mau-2022")
    area = Area(1, "mau", "Thành phố Mẫu", "mau", 6, wards.source, "", dt.datetime(2024, 1, 1))
    holdings = Holdings(area, wards, make_shapes(wards), (fact,), ())
    year = Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    assert list_groups(holdings, year) == {"social": 5.0, "traffic": 0.0}
    assert list_groups(holdings, None) == {"social": 5.0, "traffic": 7.0}
    assert list_categories(holdings) == ["TNGT", "Trộm cắp", "Cướp", "Việc khác"]
