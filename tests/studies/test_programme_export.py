"""Programmes listed, shown and exported: what is not known is said, and text never becomes a formula."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from errors import BadOption, NoData, UnknownFormat
from i18n.messages import load_words
from planning.models import CrimeModel
from planning.papers import Document, Figure
from planning.programme import Programme, State, Step, TargetArea
from store.opening import open_store
from store.repository import Store
from studies.joined_file import write_all
from studies.kpi_report import KpiReport, assess_programme
from studies.programme_export import as_json, plan_programme_file
from studies.programme_listing import gather_programme, list_programmes, show_programme
from studies.programme_targets import list_target_lines
from studies.reports_file import keep_first_catalogue, load_reports
from tests.mau import make_wards
from tests.studies.test_cli import done, refused

DATA = Path(__file__).parents[2] / "data"
VI, EN = load_words("vi"), load_words("en")
PLAN = Document("Kế hoạch", "1/KH-BCĐ", "Ban Chỉ đạo 138", dt.date(2022, 1, 5))
TODAY = dt.date(2026, 6, 1)
RESULT = Document("Quyết định", "9/QĐ-BCĐ", "Ban Chỉ đạo 138", dt.date(2022, 12, 20))
PROGRAMME = Programme(
    "mau-2022", "=HYPERLINK(1)", "district", "Thành phố Mẫu", "TTATXH", 2022, PLAN, n_selected=3,
    figures=(Figure("x", "+cmd", None, "@vụ", qualifier="text", text="-1 vụ", note="=1+1"),),
)  # fmt: skip
AREAS = (
    TargetArea("00001", "Phường Một", "Quận Đông", "mau-2022", types=("loai_1", "loai_4"), reasons=("lạ",)),
    TargetArea("00002", "Phường Hòa Bình", "Quận Đông", "mau-2022"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as opened:
        keep_first_catalogue(opened, DATA)
        yield opened


def keep(store: Store, *graded: tuple[State, str]) -> None:
    """The two areas of three; the first ones graded as told: (state, grade)."""
    steps: list[tuple[Step, ...]] = [
        (
            Step("de_xuat", dt.date(2022, 1, 3), PLAN, "Công an"),
            Step("duoc_lua_chon", dt.date(2022, 1, 5), PLAN, "Ban Chỉ đạo 138"),
            Step("dang_chuyen_hoa", dt.date(2022, 2, 1), PLAN, "Ban Chỉ đạo 138"),
        )
        for _ in AREAS
    ]
    for place, (state, grade) in enumerate(graded):
        last = Step(state, dt.date(2022, 12, 20), RESULT, "Ban Chỉ đạo 138", grade=grade)
        steps[place] = (*steps[place], last)
    store.keep_programme_whole(PROGRAMME, tuple(zip(AREAS, steps, strict=True)))


def look(store: Store, key: str = "mau-2022") -> KpiReport:
    return assess_programme(store, key, TODAY)


def write(store: Store, path: Path) -> Path:
    write_all(plan_programme_file(look(store), path, VI))
    return path


def test_an_empty_store_says_so_and_an_unknown_key_names_those_there_are(store: Store) -> None:
    assert list_programmes(store, VI) == ["Kho chưa có chương trình nào."]
    with pytest.raises(NoData) as nothing:
        gather_programme(store, "mau-2022")
    assert nothing.value.reason == "no_programme"
    keep(store)
    with pytest.raises(NoData) as unknown:
        gather_programme(store, "mau")
    assert (unknown.value.reason, unknown.value.facts) == (
        "programme_unknown",
        {"asked": "mau", "choices": "mau-2022"},
    )


def test_the_list_says_how_many_areas_have_a_name(store: Store) -> None:
    load_reports(store, DATA / "sample")
    assert [line.split("; địa bàn: ")[1] for line in list_programmes(store, VI)] == [
        "9/9 đã có tên",
        "báo cáo không nêu địa bàn nào",
        "4/88 đã có tên",
        "3/3 đã có tên",
        "báo cáo không nêu địa bàn nào",
    ]


def test_the_unnamed_areas_of_thanh_hoa_are_shown_as_unknown(store: Store) -> None:
    load_reports(store, DATA / "sample")
    report = look(store, "thanh-hoa-2023")
    lines = show_programme(report.told, list_target_lines(report, VI), VI)
    assert "- 84 địa bàn khác: chưa có thông tin" in lines
    assert "Kết quả: chưa có thông tin" in lines
    assert (
        "- Phường Quảng Thành, Thành phố Thanh Hóa (14806): đang chuyển hóa, ghi nhận ngày 19/05/2023; "
        "báo nêu đạt sớm ngày 19/05/2023; kết luận của Ban Chỉ đạo: chưa có thông tin"
    ) in lines
    assert "- Địa bàn được lựa chọn đã chuyển hóa thành công: đủ 100 % – chưa đủ căn cứ" in lines


def test_a_figure_is_shown_with_its_period_so_that_an_older_one_is_seen_as_such(store: Store) -> None:
    load_reports(store, DATA / "sample")
    told = gather_programme(store, "can-tho-2022")
    place = "Phường Hưng Thạnh, Quận Cái Răng, Thành phố Cần Thơ"
    assert f"- Camera an ninh, {place} – Camera an ninh: trên 700 camera (2021)" in show_programme(
        told, (), VI
    )
    assert f"- Camera an ninh, {place} – Camera an ninh: more than 700 camera (2021)" in show_programme(
        told, (), EN
    )


def test_models_of_other_places_are_not_the_programmes(store: Store) -> None:
    keep(store)
    for place in ("Thành phố Mẫu", "Quận Đông, Thành phố Mẫu", "Thành phố Mẫu Hai", "Tỉnh Khác"):
        store.keep_model(CrimeModel("Tổ tự quản", "district", place))
    assert [model.place for model in gather_programme(store, "mau-2022").models] == [
        "Thành phố Mẫu",
        "Quận Đông, Thành phố Mẫu",
    ]


def test_the_committees_grade_stands_by_its_name_and_the_results_are_then_told(store: Store) -> None:
    keep(store, ("chuyen_hoa_thanh_cong", "tot"))
    lines = show_programme(gather_programme(store, "mau-2022"), (), VI)
    assert (
        "- Phường Một, Quận Đông (00001): chuyển hóa thành công, ghi nhận ngày 20/12/2022; "
        "kết luận của Ban Chỉ đạo: Chuyển hóa tốt"
    ) in lines
    assert "Kết quả: chuyển hóa thành công: 1; đang chuyển hóa: 1; 1 địa bàn khác: chưa có thông tin" in lines


def test_the_workbook_has_five_sheets_to_print_on_a4_with_heads_repeated(
    store: Store, tmp_path: Path
) -> None:
    keep(store)
    book = openpyxl.load_workbook(write(store, tmp_path / "mau.xlsx"))
    assert book.sheetnames == ["Chương trình", "Địa bàn", "Các bước", "Chỉ tiêu", "Mô hình và kết quả"]
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$5:$5"


def test_text_that_looks_like_a_formula_stays_text(store: Store, tmp_path: Path) -> None:
    keep(store)
    book = openpyxl.load_workbook(write(store, tmp_path / "mau.xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert {"=HYPERLINK(1)", "+cmd", "-1 vụ", "@vụ", "=1+1"} <= texts


def test_every_step_is_exported_in_order_with_its_paper(store: Store, tmp_path: Path) -> None:
    keep(store, ("chuyen_hoa_thanh_cong", "dat"))
    sheet = openpyxl.load_workbook(write(store, tmp_path / "mau.xlsx"))["Các bước"]
    rows = [row[1:6] for row in sheet.iter_rows(min_row=6, values_only=True) if row[0] == "Phường Một"]
    assert [(n, step, day.date(), grade, paper) for n, step, day, grade, paper in rows] == [
        (1, "đề xuất", dt.date(2022, 1, 3), None, "Kế hoạch số 1/KH-BCĐ"),
        (2, "được lựa chọn", dt.date(2022, 1, 5), None, "Kế hoạch số 1/KH-BCĐ"),
        (3, "đang chuyển hóa", dt.date(2022, 2, 1), None, "Kế hoạch số 1/KH-BCĐ"),
        (4, "chuyển hóa thành công", dt.date(2022, 12, 20), "Đạt", "Quyết định số 9/QĐ-BCĐ"),
    ]


def test_types_are_named_by_the_catalogue_and_free_reasons_stay_as_they_are(
    store: Store, tmp_path: Path
) -> None:
    keep(store)
    sheet = openpyxl.load_workbook(write(store, tmp_path / "mau.xlsx"))["Địa bàn"]
    heads = [cell.value for cell in sheet[5]]
    first = dict(zip(heads, next(sheet.iter_rows(min_row=6, values_only=True)), strict=True))
    assert first["Loại"] == (
        "Loại 1: tội phạm về trật tự xã hội và tệ nạn xã hội, Loại 4: tội phạm về ma túy"
    )
    assert (first["Lý do"], first["Đơn vị phụ trách"], first["Kết thúc"]) == ("lạ", "–", "–")


def test_json_holds_the_same_with_unknowns_as_null(store: Store, tmp_path: Path) -> None:
    keep(store)
    answer = json.loads(write(store, tmp_path / "mau.json").read_text(encoding="utf-8"))
    assert answer == json.loads(json.dumps(as_json(look(store))))
    assert (answer["n_unknown"], answer["programme"]["start"]) == (1, None)
    assert answer["programme"]["document"]["issued_on"] == "2022-01-05"
    assert [(area["ward_code"], area["state"], len(area["steps"])) for area in answer["areas"]] == [
        ("00001", "dang_chuyen_hoa", 3),
        ("00002", "dang_chuyen_hoa", 3),
    ]
    assert answer["programme"]["figures"][0]["value"] is None


def test_another_ending_and_a_missing_folder_are_refused_before_anything_is_written(
    store: Store, tmp_path: Path
) -> None:
    keep(store)
    with pytest.raises(UnknownFormat):
        write(store, tmp_path / "mau.pdf")
    with pytest.raises(BadOption):
        write(store, tmp_path / "none" / "mau.xlsx")
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("kho.")] == []


def test_the_commands_list_show_and_export_on_a_store_that_is_named(tmp_path: Path, store: Store) -> None:
    keep(store)
    store.keep_boundaries(make_wards(), key="mau", title="Thành phố Mẫu")
    url, out = f"sqlite:///{tmp_path}/kho.sqlite", tmp_path / "mau.xlsx"
    assert done("programme", "list", "--database", url).startswith(
        "mau-2022 – =HYPERLINK(1) (Thành phố Mẫu, 2022)"
    )
    assert "- 1 địa bàn khác: chưa có thông tin" in done("programme", "show", "mau-2022", "--database", url)
    said = done("programme", "export", "mau-2022", "--out", out, "--database", url)
    assert said == "Đã ghi mau.xlsx: 2 địa bàn, 0 chỉ tiêu, 1 số liệu.\n"
    assert out.exists()
    assert "mau-2022" in refused("programme", "show", "mau", "--database", url)
