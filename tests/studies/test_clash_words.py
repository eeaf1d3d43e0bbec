"""Rules that clash, in the reader's words."""

import pandas as pd
import pytest

from errors import NotFeasible
from i18n.messages import load_words
from planning.limits import make_limits
from planning.quota import Limit, choose
from planning.rules import apply_rules, find_bound
from planning.scenario import Departure, GroupBound
from studies.clash_words import write_clash
from tests.mau import CODES
from tests.planning.test_rules import EACH, KEPT, make_table

VI, EN = load_words("vi"), load_words("en")
SCORES = pd.Series([35, 36.1, 53.4, 69, 85, 20.5], index=list(CODES))
NINE = [
    Limit(f"d{place}", frozenset({f"{place:05d}"}), 1, None, f"Quận {place}", "parent") for place in range(9)
]
WAY_OUT = "Hãy bỏ hoặc nới một trong các quy tắc này."


def refuse(n: int, limits: list[Limit], **terms: object) -> NotFeasible:
    with pytest.raises(NotFeasible) as caught:
        choose(SCORES, n, limits, **terms)
    return caught.value


def test_too_few_areas_for_the_districts_is_said_with_both_numbers() -> None:
    limits = make_limits(make_table(), [EACH], [])
    assert write_clash(refuse(1, limits), limits, VI) == (
        "Không có phương án nào thỏa cùng lúc: chỉ tiêu 1 địa bàn; mỗi quận, huyện ít nhất 1 "
        f"(2 quận, huyện). {WAY_OUT}"
    )
    assert write_clash(refuse(1, limits), limits, EN) == (
        "No choice meets all of this at once: number of areas 1; each district at least 1 (2 in all). "
        "Drop or loosen one of these rules."
    )


def test_where_some_districts_clash_already_they_are_named() -> None:
    scores = pd.Series(1.0, index=[f"{place:05d}" for place in range(9)])
    with pytest.raises(NotFeasible) as caught:
        choose(scores, 3, NINE)
    assert write_clash(caught.value, NINE, VI) == (
        "Không có phương án nào thỏa cùng lúc: chỉ tiêu 3 địa bàn; mỗi quận, huyện ít nhất 1 "
        f"(9 quận, huyện, trong đó có Quận 0, Quận 1, Quận 2, Quận 3). {WAY_OUT}"
    )


def test_an_excluded_district_is_named_beside_how_many_are_excluded() -> None:
    limits = make_limits(make_table(), [EACH], [])
    assert write_clash(refuse(2, limits, excluded=CODES[3:]), limits, VI) == (
        "Không có phương án nào thỏa cùng lúc: loại trừ 3 địa bàn; Huyện Tây (quận, huyện): ít nhất 1. "
        + WAY_OUT
    )


def test_a_budget_and_required_wards_are_said_as_the_reader_writes_them() -> None:
    costs = pd.Series([750.5, 750.5, 1, 1, 1, 1], index=list(CODES))
    error = refuse(3, [], required=["00001", "00002"], costs=costs, budget=1_500.5)
    assert write_clash(error, [], VI, names={"00001": "Phường Một", "00002": "Phường Hòa Bình"}) == (
        "Không có phương án nào thỏa cùng lúc: phải chọn 2 địa bàn (Phường Một, Phường Hòa Bình); "
        f"kinh phí không quá 1.500,5 triệu đồng. {WAY_OUT}"
    )


def test_types_are_said_by_their_names_with_both_ends_of_the_bound() -> None:
    table = make_table(type=[("t1",)] * 4 + [("t4",)] * 2)
    limits = make_limits(
        table, [], [GroupBound("type", "t4", least=3, most=4), GroupBound("type", "t1", most=0)]
    )
    error = refuse(3, limits, excluded=["00005"])
    assert write_clash(error, limits, VI, names={"t4": "loại 4 (ma túy)"}) == (
        "Không có phương án nào thỏa: loại 4 (ma túy) (loại địa bàn): từ 3 đến 4. "
        "Hãy bỏ hoặc nới quy tắc này."
    )


def test_more_areas_than_have_a_score_is_said_as_that() -> None:
    assert write_clash(refuse(9, []), [], VI) == (
        "Không có phương án nào thỏa: chỉ tiêu 9 địa bàn (mới có 6 địa bàn đủ số liệu để tính điểm). "
        "Hãy bỏ hoặc nới quy tắc này."
    )


def test_a_ward_both_required_and_excluded_is_named() -> None:
    error = refuse(2, [], required=["00001", "00002"], excluded=["00002", "00003"])
    assert write_clash(error, [], VI) == (
        "Không có phương án nào thỏa: 1 địa bàn vừa phải chọn vừa bị loại trừ (00002). "
        "Hãy bỏ hoặc nới quy tắc này."
    )


def test_an_include_against_a_rule_names_the_rule() -> None:
    table = make_table(state=["duy_tri"] + [None] * 5)
    results = apply_rules(table, [KEPT], [Departure("00001", "include", "Dân đề nghị")], year=2023)
    with pytest.raises(NotFeasible) as caught:
        find_bound(results)
    assert write_clash(caught.value, [], VI) == (
        "Địa bàn 00001 được ghi là phải chọn nhưng quy tắc «Còn trong thời gian duy trì» không cho chọn "
        "(có 1 địa bàn như vậy). Hãy bỏ ghi phải chọn, hoặc ghi lý do không áp dụng quy tắc này cho địa bàn."
    )


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_every_reason_of_a_ward_that_is_both_has_words_for_its_facts(words) -> None:  # type: ignore[no-untyped-def]
    facts = {"clashes": (), "ward_code": "00001", "required_by": "A", "excluded_by": "B", "n": 2}
    for reason in ("include_excluded", "exclude_required", "include_exclude", "rules_on_ward"):
        assert "00001" in write_clash(NotFeasible(reason, **facts), [], words)
    assert words.error(NotFeasible(clashes=("n",))) == words("error.NotFeasible.other")
