"""A list of proposals on its way into the store, by page and by command line, and in the example."""

import datetime as dt
from pathlib import Path

import pytest

from errors import BadOption, NothingMatched
from geo.boundaries.registry import hash_file
from planning.catalogue_file import read_catalogue
from planning.scenario import Proposal
from store.opening import open_store
from store.repository import Store
from studies.example import keep_example
from studies.intake import receive
from studies.intake_proposals import CATALOGUE, import_proposals, keep_proposals, list_types, try_proposals
from tests.mau import VERSION, make_wards, write_wards
from tests.studies.test_cli import done, refused

BOUNDARIES = Path(__file__).parents[2] / "data" / "boundaries"
HEAD = "Mã xã|Đề xuất|Lý do|Loại|Kinh phí (triệu đồng)"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    opened.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    return opened


def write(folder: Path, *rows: str) -> Path:
    path = folder / "đề xuất.csv"
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return path


def test_a_list_is_read_kept_for_its_year_and_the_same_again_changes_nothing(
    store: Store, tmp_path: Path
) -> None:
    path = write(tmp_path, "00001|có|vì thế|1; 4|120", "00002|không|||")
    trial = try_proposals(store, 1, 2023, receive([path]))
    assert store.load_proposals(1, 2023) == ()
    assert [keep_proposals(store, 1, 2023, trial, by="Lan") for _ in range(2)] == [True, False]
    assert store.load_proposals(1, 2023) == (
        Proposal("00001", True, "", "vì thế", ("loai_1", "loai_4"), 120.0),
        Proposal("00002", False),
    )
    assert store.load_proposals(1, 2024) == ()
    (kept,) = store.list_proposal_revisions(1, 2023)
    assert (kept.content.file_name, kept.content.sha256, kept.by) == (path.name, hash_file(path), "Lan")


def test_a_later_list_takes_the_place_of_the_earlier_and_both_stay_readable(
    store: Store, tmp_path: Path
) -> None:
    import_proposals(store, write(tmp_path, "00001|có|||"), 1, 2023)
    import_proposals(store, write(tmp_path, "00003|có|||"), 1, 2023)
    assert [each.ward_code for each in store.load_proposals(1, 2023)] == ["00003"]
    revisions = store.list_proposal_revisions(1, 2023)
    assert [[p.ward_code for p in kept.content.proposals] for kept in revisions] == [["00003"], ["00001"]]


def test_remarks_are_kept_with_the_list(store: Store, tmp_path: Path) -> None:
    import_proposals(store, write(tmp_path, "00001|có||9|"), 1, 2023)
    (kept,) = store.list_proposal_revisions(1, 2023)
    assert [finding.code for finding in kept.content.findings] == ["UnknownAreaType"]


@pytest.mark.parametrize("year", [23, 20230])
def test_a_year_that_no_plan_is_made_for_is_refused(store: Store, tmp_path: Path, year: int) -> None:
    with pytest.raises(BadOption) as refusal:
        import_proposals(store, write(tmp_path, "00001|có|||"), 1, year)
    assert refusal.value.reason == "proposals_year"


def test_a_list_of_another_place_leaves_the_store_as_it_was(store: Store, tmp_path: Path) -> None:
    before = store.revision()
    with pytest.raises(NothingMatched):
        import_proposals(store, write(tmp_path, "99999|có|||"), 1, 2023)
    assert store.revision() == before


def test_types_are_those_of_the_catalogue_that_speaks_of_the_year(store: Store) -> None:
    shipped = read_catalogue(CATALOGUE)
    assert list_types(store, 2023) == shipped.types
    assert [named.key for named in shipped.types] == ["loai_1", "loai_2", "loai_3", "loai_4"]


def test_the_command_line_keeps_a_list_and_says_what_became_of_each_row(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/dong_lenh.sqlite"
    done("import", write_wards(tmp_path), "--as", "boundaries", "--version", VERSION, "--database", url)
    path = write(tmp_path, "00001|có||1|", "00002|không|||", "00003||||", "77777|có|||")
    command = ("import", path, "--as", "proposals", "--database", url)
    assert "--for-year 2023" in refused(*command)
    said = done(*command, "--for-year", "2023").splitlines()
    assert said[0] == ("Đã giữ đề xuất.csv: 2 địa bàn cho năm 2023, trong đó 1 địa bàn được đề xuất.")
    assert "77777" in said[1]
    last = "  Tệp có 4 dòng: 2 dòng đã nhận; 1 dòng không tìm thấy phường, xã; 1 dòng để trống."
    assert said[-1] == last
    assert "không có gì thay đổi" in done(*command, "--for-year", "2023")


def test_the_example_has_twelve_made_up_proposals_for_2023(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/vi-du.sqlite")
    area_id = keep_example(store, BOUNDARIES)
    assert area_id is not None
    proposals = store.load_proposals(area_id, 2023)
    assert len(proposals) == 12
    assert all(each.proposed and "minh họa" in each.unit for each in proposals)
    parents = store.load_wards(area_id).frame["parent"]
    assert parents[[each.ward_code for each in proposals]].nunique() == 9
    recognised = {each.ward_code: each.recognised_on for each in proposals if each.recognised_on}
    assert recognised == {"31241": dt.date(2022, 1, 1), "31288": dt.date(2022, 11, 15)}
    assert sorted(each.cost for each in proposals if each.cost) == [200, 250, 300, 450, 1200.5]
    assert sorted(key for each in proposals for key in each.types) == [
        "loai_1", "loai_1", "loai_1", "loai_1", "loai_1", "loai_1", "loai_2", "loai_3", "loai_4",
    ]  # fmt: skip
    (kept,) = store.list_proposal_revisions(area_id, 2023)
    assert [finding.code for finding in kept.content.findings] == ["RecognisedRoughly"]
