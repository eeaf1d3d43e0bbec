"""A hand-typed list of models on its way into the store, row by row accounted for."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import ChangedMeanwhile, MissingColumns
from i18n.messages import load_words
from planning.models import CrimeModel
from planning.papers import Figure
from store.opening import open_store
from store.repository import Store
from studies.intake import receive
from studies.intake_models import import_models, keep_models, merge_models, try_models
from studies.model_words import list_model_rows
from studies.models_file import read_models
from studies.report import write_findings
from tests.mau import VERSION, make_wards, write_wards
from tests.studies.test_cli import done, refused

WORDS = load_words("vi")
HEAD = (
    "Tên mô hình|Cấp|Nơi|Mã xã|Thành viên|Hiệu quả|Nơi đánh giá|Ngày đánh giá|Kết quả|Số|Đơn vị tính|Từ ngày|"
    "Đến ngày|Nguồn|Ghi chú"
)
BELL = "Tiếng kẻng an ninh|xã|Xã Ba|00003|28|có|Công an huyện|1/12/2024|Tin tiếp nhận|31|tin|2024|2024|BC 12|"
MORE = "||||||||Tin có giá trị|28|tin|2024|2024|BC 12|"
CAMERA = "Camera an ninh|phường|Phường Một|00001||||||||||BC 12|xã hội hóa"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    opened.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    return opened


def write(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "mô hình.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def test_rows_of_one_model_become_one_with_its_results(tmp_path: Path) -> None:
    path = write(tmp_path, BELL + "|1", MORE + "|", "|" * 15 + "2", CAMERA + "|3", head=HEAD + "|TT")
    models, findings, tally = read_models(path, make_wards())
    year = {"start": dt.date(2024, 1, 1), "end": dt.date(2024, 12, 31), "level": "ward", "place": "Xã Ba"}
    assert models == (
        CrimeModel(
            "Tiếng kẻng an ninh", "ward", "Xã Ba", ward_code="00003", version=VERSION, n_members=28.0,
            effective=True, assessed_by="Công an huyện", assessed_on=dt.date(2024, 12, 1), source="BC 12",
            figures=(
                Figure("tips_received", "Tin tiếp nhận", 31.0, "tin", source="BC 12", **year),
                Figure("tips_valuable", "Tin có giá trị", 28.0, "tin", source="BC 12", **year),
            ),
        ),
        CrimeModel(
            "Camera an ninh", "ward", "Phường Một", ward_code="00001", version=VERSION, source="BC 12",
            note="xã hội hóa",
        ),
    )  # fmt: skip
    assert findings == ()
    assert tally == {"given": 4, "joined": 3, "silent": 1, "refused": 0}


def test_numbers_are_read_as_reports_write_them(tmp_path: Path) -> None:
    told = ("trên 700", "khoảng 50", "hàng chục lượt", "41 %", "", "-3")
    rows = [f"M|xã|Xã Ba||||||Kết quả {n}|{text}||||BC 12|" for n, text in enumerate(told)]
    (model,), findings, _ = read_models(write(tmp_path, *rows), make_wards())
    assert [(figure.value, figure.qualifier, figure.text, figure.unit) for figure in model.figures] == [
        (700.0, ">=", "", ""),
        (50.0, "~", "", ""),
        (None, "text", "hàng chục lượt", ""),
        (41.0, "=", "", "%"),
        (None, "=", "", ""),
        (None, "=", "", ""),
    ]
    assert [finding.code for finding in findings] == ["NegativeCount"]


def test_a_workbook_is_read_like_a_text_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.split("|"))
    days = [dt.datetime(2024, 1, 1), dt.datetime(2024, 6, 30)]
    model = ["Camera an ninh", "phường", "Phường Một", "00001", 12, None, None, None]
    sheet.append([*model, "Camera", 700, "camera", *days, "BC 12", None])
    book.save(tmp_path / "b.xlsx")
    (read,), _, _ = read_models(tmp_path / "b.xlsx", make_wards())
    (figure,) = read.figures
    assert (read.n_members, figure.value, figure.key) == (12.0, 700.0, "cameras")
    assert (figure.start, figure.end) == (dt.date(2024, 1, 1), dt.date(2024, 6, 30))


def test_no_person_comes_in_by_a_column_or_by_a_cell_and_no_sentence_shows_one(tmp_path: Path) -> None:
    head = HEAD + "|Họ và tên"
    rows = [
        BELL.replace("Công an huyện", "Thượng úy Lê Văn Tám") + "|Trần Thị Bích Thủy",
        CAMERA + "|Nguyễn Văn An",
        "Phạm Thị Hồng Nhung|xã|Xã Ba|||||||||||BC 12||Võ Văn Ba",
    ]
    models, findings, tally = read_models(write(tmp_path, *rows, head=head), make_wards())
    assert [model.name for model in models] == ["Camera an ninh"]
    assert tally == {"given": 3, "joined": 1, "silent": 0, "refused": 2}
    assert [finding.code for finding in findings] == [
        "PersonColumn", "PersonCell", "PersonCell", "ModelRefused",
    ]  # fmt: skip
    said = " ".join(write_findings(findings, WORDS))
    assert not any(name in said for name in ("Tám", "Thủy", "Nhung", "Văn An", "Văn Ba"))


@pytest.mark.parametrize(
    ("rows", "code", "refused_rows"),
    [
        ((BELL, "||||29||||||||||"), "ModelRowsDiffer", 2),
        ((BELL, BELL.replace("|28|", "|29|")), "ModelRowsDiffer", 2),
        ((BELL, BELL.replace("|31|", "|32|")), "ModelRowsDiffer", 2),
        ((BELL.replace("BC 12", ""),), "ModelRefused", 1),
        ((BELL.replace("Công an huyện", ""),), "ModelRefused", 1),
        ((MORE,), "ResultWithoutModel", 1),
    ],
)
def test_rows_that_cannot_stand_are_refused_with_their_lines(
    tmp_path: Path, rows: tuple[str, ...], code: str, refused_rows: int
) -> None:
    models, findings, tally = read_models(
        write(tmp_path, *rows, CAMERA.replace("Camera", "Đèn")), make_wards()
    )
    assert [model.name for model in models] == ["Đèn an ninh"]
    assert tally["refused"] == refused_rows
    assert [finding.code for finding in findings] == [code]
    assert "{" not in " ".join(write_findings(findings, WORDS))


def test_words_that_are_not_known_leave_a_gap_and_a_remark(tmp_path: Path) -> None:
    row = "M|liên xã|Xã Ba|||chắc là có|||Kết quả|1|vụ|32/13/2024||BC 12|"
    (model,), findings, _ = read_models(write(tmp_path, row), make_wards())
    assert (model.level, model.effective, model.figures[0].start) == ("", None, None)
    assert [finding.code for finding in findings] == ["LevelUnclear", "JudgementUnclear", "NotADate"]


def test_a_list_without_names_or_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingColumns) as refusal:
        read_models(write(tmp_path, "M|1", head="Tên mô hình|Số"))
    assert refusal.value.reason == "models"


def test_a_column_of_wards_needs_boundaries(tmp_path: Path) -> None:
    models, findings, _ = read_models(write(tmp_path, CAMERA))
    assert (models[0].ward_code, models[0].version) == ("", "")
    assert [finding.code for finding in findings] == ["WardsNotAsked"]


def test_a_list_is_kept_whole_and_the_same_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, BELL, MORE, CAMERA)
    trial, is_new = import_models(store, path, 1, by="Công an huyện")
    assert (trial.n_new, trial.n_changed, is_new) == (2, 0, True)
    assert [(each.content.name, each.by) for each in store.list_models()] == [
        ("Tiếng kẻng an ninh", "Công an huyện"), ("Camera an ninh", "Công an huyện"),
    ]  # fmt: skip
    again, is_new = import_models(store, path, 1)
    assert (again.n_new, again.n_changed, is_new) == (0, 0, False)
    assert [row[-1] for row in list_model_rows(again.pairs, WORDS)] == ["như đang có", "như đang có"]


def test_a_later_list_brings_a_model_up_to_date_and_leaves_what_it_does_not_tell(
    store: Store, tmp_path: Path
) -> None:
    import_models(store, write(tmp_path, BELL, MORE), 1)
    later = "tiếng kẻng an ninh||XÃ BA||30||||Vụ hòa giải|5|vụ|2025|2025|BC 13|"
    trial, _ = import_models(store, write(tmp_path, later), 1)
    assert (trial.n_new, trial.n_changed) == (0, 1)
    (kept,) = store.list_models()
    told = kept.content
    assert (kept.revision, told.name, told.level, told.ward_code) == (
        2,
        "Tiếng kẻng an ninh",
        "ward",
        "00003",
    )
    assert (told.n_members, told.effective, told.source) == (30.0, True, "BC 13")
    assert [figure.key for figure in told.figures] == ["tips_received", "tips_valuable", "mediations"]


def test_nothing_is_kept_when_one_model_was_changed_meanwhile(store: Store, tmp_path: Path) -> None:
    import_models(store, write(tmp_path, CAMERA), 1)
    trial = try_models(store, 1, receive([write(tmp_path, BELL, CAMERA.replace("xã hội hóa", "mới"))]))
    (kept,) = store.list_models()
    store.keep_model(
        CrimeModel("Camera an ninh", "ward", "Phường Một"), record_id=kept.id, base_revision=kept.revision
    )
    with pytest.raises(ChangedMeanwhile):
        keep_models(store, trial)
    assert [each.content.name for each in store.list_models()] == ["Camera an ninh"]


FIGURES = st.lists(
    st.builds(Figure, st.sampled_from("ab"), st.just("m"), st.sampled_from([1.0, 2.0]), st.just("vụ")),
    max_size=3,
).map(tuple)
MODELS = st.builds(
    CrimeModel, st.just("M"), st.sampled_from(["ward", ""]), st.just("P"), figures=FIGURES,
    n_members=st.none() | st.sampled_from([1.0, 2.0]), effective=st.none() | st.booleans(),
)  # fmt: skip


@given(MODELS, MODELS)
def test_merging_twice_is_merging_once_and_no_result_is_lost(old: CrimeModel, new: CrimeModel) -> None:
    merged = merge_models(old, new)
    assert merge_models(merged, new) == merged
    assert len(merged.figures) >= len(old.figures)
    assert {figure.key for figure in (*old.figures, *new.figures)} == {
        figure.key for figure in merged.figures
    }
    assert merge_models(old, CrimeModel("M", "", "P")) == old


def test_the_command_line_keeps_models_and_says_what_became_of_each_row(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/dong_lenh.sqlite"
    done("import", write_wards(tmp_path), "--as", "boundaries", "--version", VERSION, "--database", url)
    path = write(tmp_path, BELL, MORE, BELL.replace("Tiếng", "Hồi").replace("BC 12", ""))
    command = ("import", path, "--as", "models", "--area", "1", "--database", url)
    said = done(*command).splitlines()
    assert said[0] == "Đã giữ mô hình.csv: 1 mô hình, trong đó 1 mô hình mới, 0 mô hình có thay đổi."
    assert said[1].startswith("- mô hình.csv: mô hình «Hồi kẻng an ninh» (dòng 4) chưa ghi nguồn")
    assert said[2] == "  Tệp có 3 dòng: 2 dòng đã nhận; 1 dòng không nhận."
    assert "không có gì thay đổi" in done(*command)
    path.write_text("Tên|Số\nM|1\n", encoding="utf-8")
    assert "«Tên mô hình» và cột «Nơi»" in refused(*command)
