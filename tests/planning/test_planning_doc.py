"""docs/planning.md section 1 is recomputed: every table, and every sum written out in the text."""

import ast
import operator
import re

import pandas as pd
import pytest

from planning.catalogue import Criterion
from planning.cutoff import shares_by_k
from planning.longlist import camera_gap_points
from planning.robustness import FRAGILE, N_DRAWS, SEED, SPREAD, draw_weights, stability
from planning.score import Scored, score
from tests.documents import ROOT, read_table
from tests.mau import CODES, NAMES, RESIDENTS

PAGE = ROOT / "docs" / "planning.md"
NAN = float("nan")
CRITERIA = (
    Criterion("n_incidents", "n_incidents", 30),
    Criterion("incidents_per_10k", "incidents_per_10k", 30),
    Criterion("n_years", "n_years", 20, floor=0),
    Criterion("camera_gap", "camera_gap", 20, floor=0),
)
KEYS = ("n_incidents", "incidents_per_10k", "n_years", "camera_gap")
WORDS = ("số vụ", "vụ trên 10.000 dân", "số năm nhiều vụ", "khoảng trống camera")
SUM = re.compile(r"`([^`]+) = ([^`=]+)`")
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
N_SUMS = 14
N_CHOSEN = 4


def read_number(text: str) -> float:
    if text == "chưa rõ":
        return NAN
    return float(text.removesuffix("%").strip().replace(".", "").replace(",", ".").replace("−", "-"))


def read_numbers(*heads: str, n_keys: int = 1) -> pd.DataFrame:
    """A table of the page: index the first column, then its numbers."""
    rows = read_table(PAGE, *heads)
    codes = pd.Index([row[0] for row in rows], name="ward_code")
    cells = [[read_number(cell) for cell in row[n_keys : len(heads)]] for row in rows]
    return pd.DataFrame(cells, index=codes, columns=heads[n_keys:])


def calculate(text: str) -> float:
    """A sum as a planner writes it, with × ÷ − and a decimal comma."""
    for mark, sign in (("×", "*"), ("÷", "/"), ("−", "-"), (",", ".")):
        text = text.replace(mark, sign)
    return _calculate(ast.parse(text, mode="eval").body)


def _calculate(node: ast.expr) -> float:
    if isinstance(node, ast.BinOp):
        return float(OPERATIONS[type(node.op)](_calculate(node.left), _calculate(node.right)))
    assert isinstance(node, ast.Constant)
    return float(node.value)


def read_section() -> str:
    text = PAGE.read_text(encoding="utf-8")
    return text.split("\n## 1. ")[1].split("\n## ")[0]


@pytest.fixture
def table() -> pd.DataFrame:
    """The long list of section 1.1, with the gap that the program makes of it."""
    heads = ("mã", "địa bàn", *WORDS[:3], "camera trên km²", "dân số")
    given = read_numbers(*heads, n_keys=2)
    given.columns = pd.Index([*KEYS[:3], "cameras_per_km2", "population"])
    return given.assign(camera_gap=camera_gap_points(given["n_incidents"], given["cameras_per_km2"]))


@pytest.fixture
def scored(table: pd.DataFrame) -> Scored:
    sliders = read_numbers("tiêu chí có trọng số", "thanh trượt", "trọng số")
    return score(table, CRITERIA, dict(zip(KEYS, sliders["thanh trượt"], strict=True)))


def take_best(scores: pd.Series) -> list[str]:
    known = scores.dropna()
    return sorted(known.index, key=lambda code: (-known[code], code))[:N_CHOSEN]


def expect(shown: pd.DataFrame, made: pd.DataFrame, decimals: int) -> None:
    made = made.set_axis(shown.columns, axis=1).rename_axis(shown.index.name).astype(float)
    pd.testing.assert_frame_equal(shown, made.round(decimals), check_exact=False, rtol=0, atol=1e-9)


def test_the_wards_are_those_of_thanh_pho_mau(table: pd.DataFrame) -> None:
    rows = read_table(PAGE, "mã", "địa bàn", WORDS[0])
    assert [(row[0], row[1]) for row in rows] == list(zip(CODES, NAMES, strict=True))
    assert table["population"].tolist() == list(RESIDENTS)
    rate = 10_000 * table["n_incidents"] / table["population"]
    assert table["incidents_per_10k"].tolist() == rate.tolist()


def test_the_camera_gap_is_made_of_the_ranks_shown(table: pd.DataFrame) -> None:
    shown = read_numbers("mã", "hạng số vụ", "hạng mật độ camera", "khoảng trống camera")
    ranks = table[["n_incidents", "cameras_per_km2"]].rank()
    expect(shown, ranks.assign(gap=table["camera_gap"]), 9)


def test_the_ends_and_the_floors_are_those_shown(scored: Scored) -> None:
    rows = read_table(PAGE, "tiêu chí", "đầu thấp", "đầu cao", "mức sàn")
    ends = [tuple(read_number(cell) for cell in row[1:3]) for row in rows]
    floors = [None if row[3] == "không" else read_number(row[3]) for row in rows]
    assert [row[0] for row in rows] == list(WORDS)
    assert ends == [scored.ends[key] for key in KEYS]
    assert floors == [criterion.floor for criterion in CRITERIA]


def test_the_points_are_those_shown(scored: Scored) -> None:
    shown = read_numbers("mã", *(f"điểm {word}" for word in WORDS))
    expect(shown, scored.points, 9)


def test_the_weights_are_those_shown(scored: Scored) -> None:
    shown = read_numbers("tiêu chí có trọng số", "thanh trượt", "trọng số")
    assert list(shown.index) == list(WORDS)
    assert shown["trọng số"].tolist() == list(scored.weights.values())


def test_the_contributions_the_score_and_its_ends_are_those_shown(scored: Scored) -> None:
    heads = ("mã", *(f"góp: {word}" for word in WORDS), "điểm", "thấp nhất", "cao nhất")
    made = scored.contributions.assign(score=scored.score, low=scored.low, high=scored.high)
    expect(read_numbers(*heads), made, 9)


def test_the_order_and_its_ties_are_those_shown(table: pd.DataFrame, scored: Scored) -> None:
    assert f"Điểm cao xếp trước: {', '.join(scored.order())}." in read_section()
    rows = read_table(PAGE, "hạng", "mã", "điểm khi chỉ tính vụ trên 10.000 dân", "tổng điểm các tiêu chí")
    alone = score(table, CRITERIA, {"incidents_per_10k": 1})
    total = alone.points.sum(axis=1)
    made = [(str(k), code, alone.score[code], total[code]) for k, code in enumerate(alone.order(), start=1)]
    assert [(row[0], row[1], read_number(row[2]), read_number(row[3])) for row in rows] == made


def test_the_curve_by_k_is_the_one_shown(table: pd.DataFrame, scored: Scored) -> None:
    rows = read_table(PAGE, "k", "thêm địa bàn", "% số vụ", "% dân số", "% khoảng trống camera")
    shares = shares_by_k(scored.order(), table, ["n_incidents", "population", "camera_gap"]).round(1)
    assert [row[1] for row in rows] == ["", *scored.order()]
    assert [int(row[0]) for row in rows] == list(shares.index)
    assert [[read_number(cell) for cell in row[2:]] for row in rows] == shares.to_numpy().tolist()


def test_the_five_draws_are_those_shown(scored: Scored) -> None:
    shown = read_numbers("lần rút", *(f"{word} (%)" for word in WORDS))
    draws = draw_weights(scored.weights, n_draws=5)
    assert list(shown.index) == ["1", "2", "3", "4", "5"]
    assert shown.to_numpy().tolist() == draws.round(2).to_numpy().tolist()


def test_the_scores_and_choices_of_the_five_draws_are_those_shown(scored: Scored) -> None:
    rows = read_table(PAGE, "lần", *(f"điểm {code}" for code in CODES[:5]), "bốn địa bàn được chọn")
    draws = draw_weights(scored.weights, n_draws=5)
    seen: list[pd.Series] = []

    def choose(scores: pd.Series) -> list[str]:
        seen.append(scores)
        return take_best(scores)

    stability(scored, draws, choose)
    made = [scores.dropna() for scores in seen]
    assert [[read_number(cell) for cell in row[1:6]] for row in rows] == [
        scores.round(1).tolist() for scores in made
    ]
    assert [row[6].split(", ") for row in rows] == [take_best(scores) for scores in made]


def test_the_stability_is_the_one_shown(scored: Scored) -> None:
    shown = read_numbers("mã", "độ vững sau 5 lần rút (%)", "độ vững sau 2.000 lần rút (%)")
    few, many = (
        100 * stability(scored, draw_weights(scored.weights, n_draws=n), take_best) for n in (5, N_DRAWS)
    )
    expect(shown, pd.DataFrame({"few": few, "many": many}), 1)
    fragile = [code for code in take_best(scored.score) if many[code] < 100 * FRAGILE]
    assert [NAMES[CODES.index(code)] for code in fragile] == ["Phường Hòa Bình"]


def test_the_settings_named_in_the_text_are_those_in_force() -> None:
    text = " ".join(read_section().split())
    assert (N_DRAWS, SEED, SPREAD, FRAGILE) == (2000, 2000, 0.5, 0.7)
    for said in ("2.000 bộ trọng số", "từ 0,5 đến 1,5", "cố định là 2000", "dưới 70 %"):
        assert said in text


def test_every_sum_written_out_in_the_text_is_right() -> None:
    sums = SUM.findall(" ".join(read_section().split()))
    assert len(sums) == N_SUMS
    assert [(left, right) for left, right in sums if abs(calculate(left) - read_number(right)) > 1e-9] == []
