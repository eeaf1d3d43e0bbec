"""The terms of a choice, and the same terms as rows of whole numbers that a solver reads.

Scores and costs are told apart to a millionth: a millionth of a point, and one đồng where costs are in
million đồng. What differs by less counts as equal.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from errors import BadOption, NoData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
UNITS = 1_000_000
ANY = np.inf


@dataclass(frozen=True)
class Limit:
    """At least and at most so many of the members; None: no bound. key: unique among the limits of one
    choice. label: the group as the data name it; column: what it is a group of ("parent", "type")."""

    key: str
    members: frozenset[str]
    least: int | None = None
    most: int | None = None
    label: str = ""
    column: str = ""


@dataclass(frozen=True)
class Rows:
    """codes: in the order that decides ties. must, may: wards that are in, that may be in. Σ matrix·x lies
    between least and most, both included, in each row; every number whole. is_cost: the rows counted in
    millionths."""

    codes: tuple[str, ...]
    must: Bools
    may: Bools
    matrix: Floats
    least: Floats
    most: Floats
    is_cost: Bools

    def without_costs(self) -> "Rows":
        kept = ~self.is_cost
        return replace(
            self,
            matrix=self.matrix[kept],
            least=self.least[kept],
            most=self.most[kept],
            is_cost=self.is_cost[kept],
        )

    def hold(self, chosen: Bools) -> bool:
        """Whether a choice keeps every row, exactly."""
        sums = self.matrix @ chosen
        kept = bool(((sums >= self.least) & (sums <= self.most)).all())
        return kept and not bool((self.must & ~chosen).any() or (chosen & ~self.may).any())


@dataclass(frozen=True)
class Terms:
    """Everything that binds a choice, scores apart. Raises BadOption (`n_areas`, `limit_key`) and NoData
    (`cost`: wards that must be in lack a cost under a budget; `costs`: nobody has one)."""

    n: int
    limits: tuple[Limit, ...]
    required: frozenset[str]
    excluded: frozenset[str]
    costs: pd.Series | None
    budget: float | None

    def __post_init__(self) -> None:
        if self.n < 1:
            raise BadOption("n_areas", value=self.n)
        if len({limit.key for limit in self.limits}) < len(self.limits):
            raise BadOption("limit_key", value=", ".join(limit.key for limit in self.limits))
        if self.budget is None:
            return
        if self.costs is None or not self.costs.notna().any():
            raise NoData("costs")
        known = self.costs.reindex(sorted(self.required)).notna()
        if not known.all():
            wards = known.index[~known]
            raise NoData("cost", n=len(wards), wards=", ".join(wards))

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of all rules that are set."""
        named = {"required": bool(self.required), "excluded": bool(self.excluded)}
        named["budget"] = self.budget is not None
        return ("n", *(key for key, is_set in named.items() if is_set), *(limit.key for limit in self.limits))

    def make_rows(self, codes: Sequence[str], scored: Bools, keys: Collection[str] | None = None) -> Rows:
        """The rules named by `keys` (None: all) over these wards. Of wards without a score only the required
        may be in, whether that rule is among the named or not."""
        held = self.keys if keys is None else keys
        index = pd.Index(codes)
        if unknown := sorted(self.required - set(codes)):
            raise BadOption("required_ward", value=", ".join(unknown))
        is_required = np.asarray(index.isin(self.required), dtype=bool)
        must = is_required & ("required" in held)
        may = scored | is_required
        lines: list[tuple[Floats, float, float, bool]] = []
        if "n" in held:
            lines.append((np.ones(len(index)), self.n, self.n, False))
        for limit in self.limits:
            if limit.key in held:
                least = -ANY if limit.least is None else limit.least
                most = ANY if limit.most is None else limit.most
                lines.append((index.isin(limit.members).astype(float), least, most, False))
        if "budget" in held and self.costs is not None and self.budget is not None:
            costs = to_units(self.costs.reindex(index))
            may &= np.isfinite(costs)
            lines.append((np.nan_to_num(costs), -ANY, float(np.rint(self.budget * UNITS)), True))
        if "excluded" in held:
            may &= ~np.asarray(index.isin(self.excluded), dtype=bool)
        return Rows(
            codes=tuple(codes),
            must=must,
            may=may,
            matrix=np.array([line[0] for line in lines]).reshape(len(lines), len(index)),
            least=np.array([line[1] for line in lines], dtype=float),
            most=np.array([line[2] for line in lines], dtype=float),
            is_cost=np.array([line[3] for line in lines], dtype=bool),
        )


def to_units(values: pd.Series) -> Floats:
    """Whole millionths, NaN where missing."""
    return np.asarray(np.rint(values.to_numpy(dtype=float) * UNITS))


def rank(units: Floats) -> Ints:
    """Places from the highest score down, the first of the wards first at a tie."""
    return np.argsort(-units, kind="stable")
