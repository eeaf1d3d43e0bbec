"""How often nothing but chance meets a target of change.

Model: incidents before and after are independent Poisson counts of one unchanged rate, the rate of the count
before. A draw with no incident before does not meet the target, which then does not apply. Chance does more
than this in truth: incidents that come in series, and wards chosen in their worst year, meet it oftener (see
`geo.stats.regression_to_mean`).
"""

import math
from fractions import Fraction

import numpy as np
from scipy import stats

from planning.exact import as_fraction, whole_limit
from planning.targets import Target

NEGLIGIBLE = 1e-13


def chance_of_meeting(target: Target, before: float, days_before: int = 1, days_after: int = 1) -> float:
    """Probability 0..1 that a `change_pct` target is met when nothing changed.

    before: incidents counted in days_before days. Equal numbers of days are compared, so the target is met
    where after <= (1 + value/100)·before·days_after/days_before (for <=). With m = before:
    Σ b≥1 P(b; m)·P(after <= limit(b); m·days_after/days_before), P Poisson. For value −5 and equal days:
    42 % with 3 incidents, 44 with 5, 46 with 10, 44 with 20, 41 with 40, 37 with 80.
    NaN for any other form, for operator "=", and where before is missing or not above 0.
    """
    if target.form != "change_pct" or target.operator == "=" or not before > 0:
        return math.nan
    ratio = Fraction(days_after, days_before)
    factor = (1 + as_fraction(target.value) / 100) * ratio
    first, last = (
        int(end) for end in (stats.poisson.ppf(NEGLIGIBLE, before), stats.poisson.isf(NEGLIGIBLE, before))
    )
    counts = np.arange(max(1, first), last + 1)
    ends = np.array([whole_limit(target.operator, factor * int(count)) for count in counts], dtype=float)
    mean_after = before * float(ratio)
    meets = (
        stats.poisson.cdf(ends, mean_after)
        if target.operator in ("<=", "<")
        else stats.poisson.sf(ends - 1, mean_after)
    )
    return float(np.sum(stats.poisson.pmf(counts, before) * meets))
