"""A clerk's list of proposals becomes one proposal per ward; every row is accounted for."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.template import HEADER_ROW, make_template
from errors import NothingMatched, SeveralChoices
from geo.findings import Finding
from geo.matching.aliases import Alias
from i18n.messages import LANGUAGES, load_words
from planning.catalogue import Named
from planning.scenario import Proposal
from studies.proposal_words import list_cells, write_tally
from studies.proposals_columns import find_columns, read_money_unit
from studies.proposals_file import OUTCOMES, read_proposals
from studies.report import describe
from tests.mau import CODES, NAMES, make_wards

TYPES = (
    Named("loai_1", "Loại 1: trật tự xã hội"),
    Named("loai_2", "Loại 2: kinh tế"),
    Named("loai_3", "Loại 3: môi trường, tài nguyên"),
    Named("loai_4", "Loại 4: ma túy"),
)
HEAD = "Mã xã|Tên xã|Quận huyện|Đề xuất|Đơn vị đề xuất|Lý do|Loại|Kinh phí (triệu đồng)|Công nhận NTM|Cụm"


def write(folder: Path, *rows: str, head: str = HEAD, name: str = "de_xuat.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def read(path: Path, *aliases: Alias) -> tuple[tuple[Proposal, ...], tuple[Finding, ...], dict[str, int]]:
    return read_proposals(path, make_wards(), aliases, types=TYPES)


def codes_of(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_whole_row_is_read_as_it_was_meant(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "00001|Phường Một|Quận Đông|có|Công an quận Đông|trộm cắp tăng|1, 3|1.250,5|15/9/2022|Cụm 2",
        "00004|Xã Thạnh Lộc|Huyện Tây|không||||||",
    )
    proposals, findings, tally = read(path)
    assert proposals == (
        Proposal(
            "00001", True, "Công an quận Đông", "trộm cắp tăng", ("loai_1", "loai_3"), 1250.5,
            dt.date(2022, 9, 15), "Cụm 2",
        ),
        Proposal("00004", False),
    )  # fmt: skip
    assert findings == ()
    assert tally == {"given": 2, "joined": 2, "ambiguous": 0, "unmatched": 0, "silent": 0, "refused": 0}


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("1", ("loai_1",)),
        ("loại 1; loại 4", ("loai_1", "loai_4")),
        ("4, 1", ("loai_1", "loai_4")),
        ("1+3+4", ("loai_1", "loai_3", "loai_4")),
        ("1 và 3", ("loai_1", "loai_3")),
        ("loai_2", ("loai_2",)),
        ("Ma túy", ("loai_4",)),
        ("môi trường, tài nguyên; 1", ("loai_1", "loai_3")),
        ("01", ("loai_1",)),
        ("", ()),
    ],
)
def test_types_are_named_by_number_key_or_name(cell: str, keys: tuple[str, ...], tmp_path: Path) -> None:
    (proposal,), findings, _ = read(write(tmp_path, f"00001|{cell}", head="Mã xã|Loại"))
    assert (proposal.types, findings) == (keys, ())


def test_a_type_that_the_catalogue_lacks_is_told_and_the_others_stay(tmp_path: Path) -> None:
    (proposal,), (finding,), _ = read(write(tmp_path, "00001|1; 9", head="Mã xã|Loại"))
    assert proposal.types == ("loai_1",)
    assert (finding.code, finding.seen) == ("UnknownAreaType", "1; 9")


def test_two_types_that_a_spreadsheet_took_for_a_number_are_two_types(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("Mã xã", "Loại"), ("00001", 1.3), ("00002", 4)):
        sheet.append(row)
    book.save(tmp_path / "b.xlsx")
    proposals, findings, _ = read(tmp_path / "b.xlsx")
    assert [each.types for each in proposals] == [("loai_1", "loai_3"), ("loai_4",)]
    assert findings == ()


@pytest.mark.parametrize(
    ("cell", "day", "code"),
    [
        ("15/9/2022", dt.date(2022, 9, 15), []),
        ("2022-09-15", dt.date(2022, 9, 15), []),
        ("2022", dt.date(2022, 1, 1), ["RecognisedRoughly"]),
        ("tháng 9/2022", dt.date(2022, 9, 1), ["RecognisedRoughly"]),
        ("năm ngoái", None, ["NotADate"]),
        ("", None, []),
    ],
)
def test_a_recognition_is_a_day_or_told_to_be_rough(
    cell: str, day: dt.date | None, code: list[str], tmp_path: Path
) -> None:
    head = "Mã xã|Lý do|Ngày/năm công nhận nông thôn mới"
    (proposal,), findings, _ = read(write(tmp_path, f"00001|vì thế|{cell}", head=head))
    assert (proposal.recognised_on, codes_of(findings)) == (day, code)


@pytest.mark.parametrize(
    ("header", "in_millions"),
    [
        ("Kinh phí (triệu đồng)", 1.0),
        ("kinh_phi_trieu_dong", 1.0),
        ("Kinh phí (tỷ đồng)", 1_000.0),
        ("Kinh phí (tỷ)", 1_000.0),
        ("Kinh phí dự kiến (nghìn đồng)", 1e-3),
        ("Kinh phí, đồng", 1e-6),
        ("Cost (million đồng)", 1.0),
        ("Kinh phí", None),
        ("Kinh phí hoạt động", None),
        ("Kinh phí đóng góp", None),
    ],
)
def test_the_header_says_what_the_money_is_counted_in(header: str, in_millions: float | None) -> None:
    assert read_money_unit(header) == in_millions
    assert find_columns([header], taken=()).cost == header


def test_costs_are_kept_in_million_dong_whatever_they_were_typed_in(tmp_path: Path) -> None:
    (proposal,), findings, _ = read(write(tmp_path, "00001|1,25", head="Mã xã|Kinh phí (tỷ đồng)"))
    assert (proposal.cost, findings) == (1250.0, ())
    (proposal,), findings, _ = read(write(tmp_path, "00001|300", head="Mã xã|Kinh phí"))
    assert (proposal.cost, codes_of(findings)) == (300.0, ["CostUnitAssumed"])


def test_what_cannot_be_read_is_unknown_and_told_and_no_row_is_lost(tmp_path: Path) -> None:
    path = write(
        tmp_path, "00001|chắc vậy|-5", "00002|x|chưa rõ mấy", head="Mã xã|Đề xuất|Kinh phí (triệu đồng)"
    )
    proposals, findings, tally = read(path)
    assert [(each.proposed, each.cost) for each in proposals] == [(True, None), (True, None)]
    assert [(finding.code, finding.seen) for finding in findings] == [
        ("ProposedUnclear", "chắc vậy"), ("NotANumber", "chưa rõ mấy"), ("NegativeCost", "-5"),
    ]  # fmt: skip
    assert tally["joined"] == 2


def test_a_mark_that_may_be_of_thousands_or_of_decimals_waits_for_a_person(tmp_path: Path) -> None:
    path = write(tmp_path, "00001|1.250", "00002|3.5", head="Mã xã|Kinh phí (triệu đồng)")
    with pytest.raises(SeveralChoices):
        read(path)
    proposals, _, _ = read_proposals(path, make_wards(), types=TYPES, decimal_mark=",")
    assert [each.cost for each in proposals] == [1250.0, 3.5]


def test_rows_without_one_ward_are_told_and_counted(tmp_path: Path) -> None:
    path = write(
        tmp_path, "Phường Một|Quận Đông", "Phường Lạ|Quận Đông", "Phố Sáu|Huyện Tây", head="Tên xã|Quận huyện"
    )
    proposals, findings, tally = read(path, Alias("phố sáu", "00006"))
    assert [each.ward_code for each in proposals] == ["00001", "00006"]
    assert codes_of(findings) == ["UnmatchedKey", "AliasUsed"]
    assert (tally["given"], tally["joined"], tally["unmatched"]) == (3, 2, 1)


def test_a_code_with_another_units_name_is_left_out_as_ambiguous(tmp_path: Path) -> None:
    rows = [f"{code}|{name}" for code, name in zip(CODES, NAMES, strict=True)] * 5
    path = write(tmp_path, *rows, "00002|Phường Khác", head="Mã xã|Tên xã")
    proposals, findings, tally = read(path)
    assert [each.ward_code for each in proposals] == list(CODES)
    assert "CodeNamesAnotherUnit" in codes_of(findings)
    assert (tally["joined"], tally["ambiguous"]) == (30, 1)


def test_a_running_number_in_the_code_column_gives_way_to_the_names(tmp_path: Path) -> None:
    proposals, _, _ = read(write(tmp_path, "1|Phường Một", "2|Phường 5", head="Mã|Tên xã"))
    assert [each.ward_code for each in proposals] == ["00001", "00005"]


def test_equal_rows_are_one_and_differing_rows_of_a_ward_are_both_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path, "00001|Công an xã|vì thế", "00002|Công an xã|", "00001|UBND xã|vì thế", "00002|Công an xã|",
        head="Mã xã|Đơn vị đề xuất|Lý do",
    )  # fmt: skip
    proposals, findings, tally = read(path)
    assert proposals == (Proposal("00002", unit="Công an xã"),)
    told = {finding.code: finding for finding in findings}
    assert told["ProposalsDiffer"].seen == "2: Công an xã | 4: UBND xã"
    assert told["ProposalsDiffer"].facts == {"ward": "Phường Một", "lines": "2, 4", "n": 2}
    assert told["ProposalRepeated"].facts == {"ward": "Phường Hòa Bình", "lines": "3, 5", "n": 2}
    assert (tally["joined"], tally["refused"]) == (2, 2)


def test_a_list_without_the_question_proposes_each_of_its_rows(tmp_path: Path) -> None:
    proposals, _, tally = read(write(tmp_path, "00001|", "00002|", head="Mã xã|Lý do"))
    assert [each.proposed for each in proposals] == [True, True]
    assert tally["silent"] == 0


def test_a_row_that_tells_something_and_leaves_the_question_blank_proposes(tmp_path: Path) -> None:
    head = "Mã xã|Đề xuất|Lý do"
    proposals, _, tally = read(write(tmp_path, "00001||vì thế", "00002||", "00003|không|", head=head))
    assert [(each.ward_code, each.proposed) for each in proposals] == [("00001", True), ("00003", False)]
    assert tally["silent"] == 1


def test_columns_of_persons_are_never_taken_in(tmp_path: Path) -> None:
    path = write(tmp_path, "00001|Nguyễn Văn Mẫu|0900000001", head="Mã xã|Họ tên người đề xuất|Lý do")
    (proposal,), findings, _ = read(path)
    assert proposal == Proposal("00001")
    assert codes_of(findings) == ["PersonColumn", "PersonColumn"]


def test_a_list_of_another_place_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(NothingMatched):
        read(write(tmp_path, "Xã Không Có", head="Tên xã"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_needs_no_choice_and_untouched_rows_say_nothing(
    language: str, tmp_path: Path
) -> None:
    words = load_words(language)
    (tmp_path / "mau.xlsx").write_bytes(make_template("proposals", make_wards(), words))
    book = openpyxl.load_workbook(tmp_path / "mau.xlsx")
    sheet = book.worksheets[0]
    typed: dict[str, str | int | dt.datetime] = {
        "D": words("template.proposed.no"), "E": "Công an xã", "F": "vì thế", "G": "1; 4", "H": 120,
        "I": dt.datetime(2022, 5, 19), "J": "Cụm 1",
    }  # fmt: skip
    for letter, value in typed.items():
        sheet[f"{letter}{HEADER_ROW + 2}"] = value
    sheet[f"D{HEADER_ROW + 3}"] = words("template.proposed.yes")
    book.save(tmp_path / "mau.xlsx")
    proposals, findings, tally = read(tmp_path / "mau.xlsx")
    assert proposals == (
        Proposal(
            CODES[1],
            False,
            "Công an xã",
            "vì thế",
            ("loai_1", "loai_4"),
            120.0,
            dt.date(2022, 5, 19),
            "Cụm 1",
        ),
        Proposal(CODES[2], True),
    )
    assert codes_of(findings) == ["HeaderSkipped"]
    assert (tally["given"], tally["joined"], tally["silent"]) == (6, 2, 4)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*CODES, "Phường Lạ", "99999"]),
            st.sampled_from(["", "có", "không", "?"]),
            st.sampled_from(["", "1", "7"]),
        ),
        max_size=12,
    )
)
def test_every_row_given_is_accounted_for(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    path = write(tmp_path, "00001|có|1", *("|".join(row) for row in rows), head="Mã xã|Đề xuất|Loại")
    proposals, _, tally = read(path)
    assert tally["given"] == len(rows) + 1 == sum(tally[name] for name in OUTCOMES)
    codes = [each.ward_code for each in proposals]
    assert len(codes) == len(set(codes)) <= tally["joined"]
    assert set(codes) <= set(CODES)


def test_a_proposal_and_the_balance_are_told_in_words() -> None:
    words = load_words("vi")
    proposal = Proposal("00001", True, "", "", ("loai_1", "la"), 1250.5, dt.date(2022, 9, 5), "Cụm 2")
    assert list_cells(proposal, {"loai_1": "Loại 1"}, words) == {
        "proposed": "có", "unit": "–", "reason": "–", "types": "Loại 1; la", "cost": "1.250,5",
        "recognised_on": "05/09/2022", "area_label": "Cụm 2",
    }  # fmt: skip
    assert list_cells(Proposal("00001", False), {}, words)["cost"] == "–"
    tally = {"given": 4, "joined": 2, "ambiguous": 0, "unmatched": 1, "silent": 1, "refused": 0}
    said = "Tệp có 4 dòng: 2 dòng đã nhận; 1 dòng không tìm thấy phường, xã; 1 dòng để trống."
    assert write_tally(tally, words) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_remark_on_a_list_can_be_said(language: str, tmp_path: Path) -> None:
    path = write(
        tmp_path, "00001|chắc vậy|9|-5|2022|a", "00001|có|1|-5|2022|b", "00002|có||2||", "00002|có||2||",
        head="Mã xã|Đề xuất|Loại|Kinh phí|Năm công nhận|Lý do",
    )  # fmt: skip
    _, findings, _ = read(path)
    told = [describe(finding, load_words(language)) for finding in findings]
    assert {each["code"] for each in told} == {
        "ProposedUnclear", "UnknownAreaType", "NegativeCost", "CostUnitAssumed", "RecognisedRoughly",
        "ProposalsDiffer", "ProposalRepeated",
    }  # fmt: skip
    assert not any("{" in each["text"] + each["hint"] for each in told)
