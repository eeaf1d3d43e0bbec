"""docs/planning.md section 2 is recomputed: rules ward by ward, and the best choice of six wards."""

import datetime as dt

import pandas as pd
import pytest

from errors import NotFeasible
from i18n.messages import load_words
from planning.catalogue import Rule
from planning.limits import make_limits
from planning.quota import choose, make_chooser
from planning.rules import apply_rules
from planning.scenario import GroupBound
from studies.clash_words import write_clash
from tests.documents import ROOT, read_table
from tests.mau import CODES, PARENTS

PAGE = ROOT / "docs" / "planning.md"
VI = load_words("vi")
RULES = [
    Rule("new", "not_newly_recognised", ""),
    Rule("kept", "not_in_maintenance", ""),
    Rule("carried", "carry_over", ""),
]


def read_number(text: str) -> float:
    return float("nan") if text == "chưa rõ" else float(text.replace(".", "").replace(",", "."))


def read_day(text: str) -> dt.date | None:
    return dt.datetime.strptime(text, "%d/%m/%Y").date() if text else None


def read_wards() -> pd.DataFrame:
    rows = read_table(PAGE, "mã phường", "quận", "điểm đã có")
    return pd.DataFrame(
        {
            "parent": [row[1] for row in rows],
            "score": [read_number(row[2]) for row in rows],
            "cost": [read_number(row[3]) for row in rows],
        },
        index=pd.Index([row[0] for row in rows], name="ward_code"),
    )


def test_the_rules_say_of_each_ward_what_the_table_says() -> None:
    rows = read_table(PAGE, "mã xã", "ngày được công nhận")
    table = pd.DataFrame(
        {
            "recognised_on": [read_day(row[1]) for row in rows],
            "state": [row[2] or None for row in rows],
            "maintenance_until": [read_day(row[3]) for row in rows],
        },
        index=[row[0] for row in rows],
        dtype=object,
    )
    results = apply_rules(table, RULES, [], year=2023)
    said = [VI(f"rules.outcome.{result.outcome}") for result in results]
    assert said == [row[column] for column in (4, 5, 6) for row in rows]
    assert tuple(table.index) == CODES


def test_the_wards_of_the_table_are_those_of_the_example() -> None:
    wards = read_wards()
    assert (tuple(wards.index), tuple(wards["parent"])) == (CODES, PARENTS)
    scores = {row[0]: read_number(row[5]) for row in read_table(PAGE, "mã", "góp: số vụ")}
    assert wards["score"].to_dict() == pytest.approx(scores, nan_ok=True)


ROWS = read_table(PAGE, "N", "mỗi quận ít nhất")


@pytest.mark.parametrize("row", ROWS, ids=[f"line_{place}" for place in range(1, len(ROWS) + 1)])
def test_every_line_of_the_table_of_choices_is_what_is_chosen(row: list[str]) -> None:
    n, least, most_west, required, budget, codes, score, cost = row
    wards = read_wards()
    bounds = [GroupBound("parent", "", least=int(least))] if least else []
    bounds += [GroupBound("parent", "Huyện Tây", most=int(most_west))] if most_west else []
    limits = make_limits(wards, [], bounds)
    must = [required] if required else []
    spent = {"costs": wards["cost"], "budget": read_number(budget) if budget else None}
    chosen = choose(wards["score"], int(n), limits, required=must, **spent)
    assert ", ".join(chosen.codes) == codes
    assert chosen.score == pytest.approx(read_number(score), nan_ok=True)
    assert chosen.cost == read_number(cost)
    assert make_chooser(int(n), limits, required=must, **spent)(wards["score"]) == chosen.codes


def test_the_refusal_that_the_document_quotes_is_what_is_said() -> None:
    wards = read_wards()
    limits = make_limits(wards, [], [GroupBound("parent", "", least=1)])
    with pytest.raises(NotFeasible) as caught:
        choose(wards["score"], 1, limits)
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    quoted = " ".join(
        line.removeprefix("> ")
        for line in lines
        if line.startswith("> Không có") or line.startswith("> trong các")
    )
    assert quoted == write_clash(caught.value, limits, VI)
