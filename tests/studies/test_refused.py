"""What a stranger meets at the desk: refusals that name what is wrong, and nothing kept by halves."""

import datetime as dt
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from errors import BadOption, NotFeasible, TooLarge
from geo.question import Selection
from i18n.messages import load_words
from planning.catalogue import Criterion
from planning.models import CrimeModel
from planning.papers import Document
from planning.scenario import Departure, GroupBound
from store.opening import open_store
from store.repository import Store
from studies import models_file
from studies.approving import Decision, approve, list_open
from studies.catalogues import pick_catalogue
from studies.example import open_with_example
from studies.intake_proposals import import_proposals
from studies.person_guard import names_person
from studies.proposals_file import read_proposals
from studies.scenarios import check_texts, first_scenario
from studies.shortlist import find_stability, list_covered, prepare, propose
from studies.shortlist_command import Wish, find_list, make_scenario, write_annex_file
from studies.shortlist_ties import find_ties, tell_limits
from tests.mau import make_wards
from tests.studies.test_cli import run

VI = load_words("vi")
BOUNDARIES = Path(__file__).parents[2] / "data" / "boundaries"
HEAD = "Mã xã,Tên xã,Đề xuất,Đơn vị đề xuất,Lý do\n"
PAPER = Document("Quyết định", "12/QĐ", "Ban Chỉ đạo 138", dt.date(2023, 2, 15))


def write(folder: Path, text: str) -> Path:
    path = folder / "bang.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_command_names_the_rules_that_clash_and_writes_nothing(example: Store, tmp_path: Path) -> None:
    out = tmp_path / "phu-luc.xlsx"
    with pytest.raises(NotFeasible) as refusal:
        write_annex_file(example, Wish(n=5, per_parent=1), out, VI)
    told = VI.error(refusal.value)
    assert "chỉ tiêu 5 địa bàn" in told
    assert "mỗi quận, huyện ít nhất 1 (9 quận, huyện" in told
    assert not out.exists()


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (Wish(year=99999), "plan_year"),
        (Wish(year=2021), "plan_year"),
        (Wish(selection=Selection("không có loại này")), "no_category"),
    ],
)
def test_a_year_or_a_category_that_cannot_be_is_refused(example: Store, wish: Wish, reason: str) -> None:
    with pytest.raises(BadOption) as refusal:
        find_list(example, wish)
    assert refusal.value.reason == reason


def test_weights_that_are_all_0_are_refused(example: Store) -> None:
    holdings, listed = find_list(example, Wish())
    with pytest.raises(BadOption) as refusal:
        make_scenario(holdings, listed, Wish(weights={"incidents": 0.0}), VI)
    assert refusal.value.reason == "weights_none"


def test_a_year_beyond_all_calendars_takes_the_newest_catalogue(example: Store) -> None:
    catalogue = example.list_catalogues()[-1].content
    assert pick_catalogue([catalogue], 20222) is catalogue


def test_a_list_of_which_no_row_is_taken_leaves_the_earlier_list_alone(tmp_path: Path) -> None:
    with closing(open_with_example(f"sqlite:///{tmp_path}/kho.sqlite", BOUNDARIES)) as store:
        before = store.load_proposals(1, 2023)
        path = write(tmp_path, HEAD + "31117,Phường Cái Khế,có,,\n31117,Phường Cái Khế,không,,\n")
        read, is_new = import_proposals(store, path, 1, 2023)
        assert (read.proposals, is_new) == ((), False)
        assert read.tally["refused"] == 2
        assert store.load_proposals(1, 2023) == before != ()


def test_a_file_of_another_kind_is_taken_as_proposals_only_with_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path, "Mã xã,Tên mô hình,Thành viên\n00001,Tổ tự quản,4\n")
    proposals, findings, _ = read_proposals(path, make_wards())
    assert [each.ward_code for each in proposals] == ["00001"]
    told = next(each for each in findings if each.code == "NoProposalColumns")
    assert told.seen == "Tên mô hình, Thành viên"


def test_a_reason_that_names_a_person_is_left_out_and_not_shown(tmp_path: Path) -> None:
    rows = (
        "00001,Phường Một,có,Công an phường,Do ông Nguyễn Văn Mẫu đề nghị\n"
        "00002,Phường Hòa Bình,có,Công an phường,Trộm cắp tăng\n"
        "00003,Xã Tân Thới,có,Công an xã,Gần phố Nguyễn Văn Cừ\n"
    )
    proposals, findings, _ = read_proposals(write(tmp_path, HEAD + rows), make_wards())
    assert [each.reason for each in proposals] == ["", "Trộm cắp tăng", "Gần phố Nguyễn Văn Cừ"]
    told = [each for each in findings if each.code == "PersonCell"]
    assert [(each.facts["n"], each.seen) for each in told] == [(1, "")]


def test_one_ward_on_very_many_lines_is_told_of_in_one_short_remark(tmp_path: Path) -> None:
    rows = "".join(f"00001,Phường Một,có,Công an {n % 3},\n" for n in range(400))
    _, findings, tally = read_proposals(write(tmp_path, HEAD + rows), make_wards())
    told = next(each for each in findings if each.code == "ProposalsDiffer")
    assert str(told.facts["lines"]).endswith("10, 11, …")
    assert told.seen.endswith("| …")
    assert tally["refused"] == 400


@pytest.mark.parametrize(
    ("text", "is_place", "is_named"),
    [
        ("Văn bản số 1 của ông Nguyễn Văn Mẫu", False, True),
        ("Ấp của ông Nguyễn Văn Mẫu", True, False),
        ("gọi 0900000000", True, True),
        ("Công an phường Lê Lợi", False, False),
        ("", False, False),
    ],
)
def test_a_name_after_a_title_is_a_person_anywhere_in_a_text(
    text: str, is_place: bool, is_named: bool
) -> None:
    assert names_person(text, is_place=is_place) is is_named


def test_what_a_planner_types_may_not_name_a_person(example: Store) -> None:
    holdings, listed = find_list(example, Wish())
    plain = first_scenario(holdings, listed, VI)
    check_texts(plain, "Tổ tham mưu")
    typed = [
        (replace(plain, name="Phương án của bà Trần Thị Mẫu"), ""),
        (replace(plain, note="Nguyễn Văn Mẫu"), ""),
        (replace(plain, exceptions=(Departure("31150", "include", "Theo ý ông Lê Văn Mẫu"),)), ""),
        (plain, "Trần Thị Mẫu"),
    ]
    for scenario, by in typed:
        with pytest.raises(BadOption) as refusal:
            check_texts(scenario, by)
        assert refusal.value.reason == "names_person"
        assert "tên người" in VI.error(refusal.value)


def test_a_paper_is_issued_by_an_office_and_its_programme_has_a_plain_key(tmp_path: Path) -> None:
    with closing(open_with_example(f"sqlite:///{tmp_path}/kho.sqlite", BOUNDARIES)) as store:
        holdings, listed = find_list(store, Wish())
        scenario = first_scenario(holdings, listed, VI)
        found = propose(listed, scenario)
        kept = store.keep_scenario(replace(scenario, chosen=found.chosen))
        firm = find_stability(found, n_draws=5)
        day = dt.date(2023, 2, 15)
        plain = Decision(PAPER, day, "can-tho-2023", "Chương trình", "province", (), day, day, "")
        for decision, reason in (
            (replace(plain, document=replace(PAPER, issued_by="Nguyễn Văn Mẫu")), "names_person"),
            (replace(plain, by="Trần Thị Mẫu"), "names_person"),
            (replace(plain, key="<b>mã</b>"), "programme_key"),
        ):
            with pytest.raises(BadOption) as refusal:
                approve(store, kept, found, firm, holdings, decision, VI, seed=1)
            assert refusal.value.reason == reason
        assert store.load_scenario(kept.id).content.approval is None
        told_before = list_open(store, found)
        approve(store, kept, found, firm, holdings, plain, VI, seed=1)
        assert set(told_before) < set(found.chosen)
        assert list_open(store, found) == found.chosen


def test_wards_that_the_figures_do_not_tell_apart_are_told_of_on_both_sides_of_the_line(
    example: Store,
) -> None:
    holdings, listed = find_list(example, Wish())
    scenario = replace(first_scenario(holdings, listed, VI), rules=(), n=2)
    best = propose(listed, scenario)
    assert find_ties(best) == ()
    order = best.scored.order()[:3]
    table = listed.table.copy()
    for column in {each.column for each in listed.criteria}:
        table.loc[order, column] = table[column].max()
    tied = replace(listed, table=table)
    found = propose(tied, scenario)
    [tie] = find_ties(found)
    assert (tie.score, set(tie.inside), len(tie.outside)) == (100.0, set(found.chosen), 1)
    assert {*tie.inside, *tie.outside} == set(order)
    assert tell_limits(found, VI)[0].startswith("Cùng 100,0 điểm ở hai bên ngưỡng: trong danh sách ")
    inside = [code for code in order if code in found.chosen]
    barred = tuple(Departure(code, "include", "lý do") for code in inside)
    assert find_ties(propose(tied, replace(scenario, exceptions=barred))) == ()


def test_a_tie_that_a_bound_decides_is_no_tie(example: Store) -> None:
    holdings, listed = find_list(example, Wish())
    parents = listed.table["parent"]
    one, other = parents.index[0], parents.index[parents != parents.iloc[0]][0]
    table = listed.table.copy()
    for column in {each.column for each in listed.criteria}:
        table[column] = 0.0
        table.loc[[one, other], column] = 1.0
    scenario = replace(first_scenario(holdings, listed, VI), rules=(), n=1)
    tied = replace(listed, table=table)
    assert len(find_ties(propose(tied, scenario))) == 1
    bound = GroupBound("parent", str(parents[one]), least=1)
    assert find_ties(propose(tied, replace(scenario, bounds=(bound,)))) == ()


def test_a_criterion_on_a_column_that_nobody_measures_is_lacking(example: Store) -> None:
    _, listed = find_list(example, Wish())
    more = (Criterion("dien_tich", "area_km2", 40.0), *listed.catalogue.criteria)
    catalogue = replace(listed.catalogue, criteria=more)
    again = prepare(listed.measured, catalogue, listed.register, ())
    assert "dien_tich" in again.lacking
    assert "area_km2" not in {each.column for each in again.criteria}


def test_no_share_is_told_of_residents_that_nobody_knows(example: Store) -> None:
    _, listed = find_list(example, Wish())
    assert list_covered(listed.table) == ["n_incidents", "population", "camera_gap_points"]
    unknown = listed.table.assign(population=float("nan"), camera_gap_points=0.0)
    assert list_covered(unknown) == ["n_incidents"]


def test_a_list_of_models_is_kept_once_however_often_a_line_is_repeated(tmp_path: Path) -> None:
    one = CrimeModel("Tổ tự quản", "ward", "Phường Một", source="Báo cáo")
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as store:
        first = store.keep_models([(one, None), (one, None), (replace(one, name="Tổ hai"), None)])
        assert [kept.id for kept in first] == [1, 1, 2]
        changed = replace(one, n_members=9.0)
        second = store.keep_models([(changed, first[0]), (one, None), (changed, None)])
        assert [(kept.id, kept.revision) for kept in second] == [(1, 2), (3, 1), (1, 2)]
        assert [kept.content.n_members for kept in store.list_models()] == [9.0, None, None]


def test_a_list_of_models_longer_than_anybody_types_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models_file, "MOST_ROWS", 1)
    path = write(tmp_path, "Tên mô hình,Nơi,Nguồn\nTổ một,Phường Một,Báo cáo\nTổ hai,Phường Một,Báo cáo\n")
    with pytest.raises(TooLarge) as refusal:
        models_file.read_models(path)
    assert "có 2 dòng; bảng mô hình nhận nhiều nhất 1 dòng" in VI.error(refusal.value)


def test_the_command_line_refuses_a_list_of_which_no_row_can_be_taken(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kho.sqlite"
    with closing(open_with_example(url, BOUNDARIES)):
        pass
    path = write(tmp_path, "Mã xã,Tên xã,Từ ngày\n31117,Phường Cái Khế,31/02/2022\n")
    command = ("import", str(path), "--as", "areas", "--area", "can_tho_2024", "--programme", "can-tho-2022")
    told = run(*command, "--database", url)
    assert told.returncode == 2
    assert told.stderr == (
        "Chưa dòng nào của bang.csv được nhận nên kho không thay đổi. "
        "Hãy sửa theo các ghi chú kèm theo rồi nạp lại.\n"
    )
    assert "2: 31/02/2022" in told.stdout
