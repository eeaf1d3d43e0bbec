"""Models and reported figures: as they were reported, shares from two told numbers, and never a sum."""

import datetime as dt

from i18n.messages import load_words
from planning.models import CrimeModel
from planning.papers import Figure
from store.repository import Store
from studies.follow import follow
from studies.follow_models import Line, ModelRow, Models, write_models

VI = load_words("vi")
DAY = dt.date(2026, 11, 22)


def of(example: Store, key: str) -> Models:
    kept = example.find_programme(key)
    assert kept is not None
    followed = follow(example, kept, DAY)
    return write_models(followed.programme.figures, followed.told.models, VI)


def named(found: Models, name: str, place: str) -> ModelRow:
    (row,) = (row for row in found.rows if (row.name, row.place.split(",")[0]) == (name, place))
    return row


def test_a_hotline_tells_its_tips_and_the_share_of_valuable_ones(example: Store) -> None:
    row = named(of(example, "can-tho-2021"), "Đường dây nóng tố giác tội phạm", "Quận Bình Thuỷ")
    assert [(line.measure, line.shown, line.period) for line in row.lines] == [
        ("Tin nhận được", "31 tin", "2021"),
        ("Tin có giá trị", "28 tin", "2021"),
        ("Vụ làm rõ từ tin báo", "6 vụ", "2021"),
        ("Đối tượng từ tin báo", "18 đối tượng", "2021"),
        ("Tỷ lệ: Tin có giá trị", "90,3 %", "2021"),
    ]
    assert row.lines[-1] == Line(
        "Tỷ lệ: Tin có giá trị", "90,3 %", "2021", "tính từ hai số: 28/31", is_computed=True
    )
    assert row.adding == ("Không cộng 31 và 28: có thể trùng (tin báo).",)
    assert row.level == "cấp huyện, quận, thị xã"


def test_figures_that_may_overlap_are_named_and_never_added(example: Store) -> None:
    found = of(example, "can-tho-2021")
    row = named(found, "Camera an ninh", "Quận Bình Thuỷ")
    assert row.adding == ("Không cộng 28, 21 và 76: có thể trùng (vụ nhờ camera).",)
    shown = [line.shown for each in (*found.rows, *found.own) for line in each.lines]
    assert not any(text.startswith("125 ") for text in shown)


def test_size_keeps_the_models_own_unit(example: Store) -> None:
    found = of(example, "ben-cat-2022")
    sizes = {row.name: row.size for row in found.rows}
    assert sizes["Câu lạc bộ Phòng chống tội phạm"] == "8 câu lạc bộ, 245 thành viên"
    assert sizes["Đội công nhân xung kích tự quản"] == "172 đội, 2.810 thành viên"
    assert sizes["Trang Zalo"] == ""
    assert found.own[0].lines[-1].shown == "54,0 %"


def test_a_least_number_and_a_number_in_words_stay_so(example: Store) -> None:
    found = of(example, "can-tho-2021")
    row = named(found, "Camera an ninh", "Phường Hưng Thạnh")
    assert [line.shown for line in row.lines] == ["trên 700 camera"]
    words = {line.measure: line.shown for each in found.own for line in each.lines}
    assert words["Tuyên truyền"] == "hàng ngàn cuộc"
    assert words["Tội phạm về trật tự xã hội, giảm"] == "khoảng 50 %"
    assert named(found, "Kết nối Zalo - Bảo đảm ANTT", "Quận Cái Răng").lines == ()


def test_figures_of_two_papers_and_places_stand_apart_and_cite_them(example: Store) -> None:
    found = of(example, "can-tho-2021")
    assert [(row.place, row.source) for row in found.own] == [
        ("Thành phố Cần Thơ", 1),
        ("Thành phố Cần Thơ", 2),
        ("Quận Bình Thuỷ, Thành phố Cần Thơ", 2),
    ]
    assert found.sources[1] == (
        "Báo chí ngày 19/12/2021: các mô hình dân vận khéo bảo đảm an ninh, trật tự ở thành phố Cần Thơ"
    )


def test_whether_a_model_works_is_told_with_who_said_so() -> None:
    models = (
        CrimeModel("Một", "ward", "Xã A", effective=True, assessed_by="Công an xã", assessed_on=DAY),
        CrimeModel("Hai", "ward", "Xã A", effective=False),
        CrimeModel("Ba", "ward", "Xã A"),
    )
    assert [row.judged for row in write_models((), models, VI).rows] == [
        "hoạt động hiệu quả (Công an xã, 22/11/2026)", "chưa hoạt động hiệu quả", "",
    ]  # fmt: skip


def test_one_figure_alone_warns_of_no_sum_and_no_paper_is_no_citation() -> None:
    figure = Figure("tips", "Tin", 3.0, "tin", overlaps="tin báo")
    found = write_models((figure,), (), VI)
    assert found == Models(
        (ModelRow("", "", "", "", (Line("Tin", "3 tin", "chưa có thông tin"),), (), "", "", None),), (), ()
    )
