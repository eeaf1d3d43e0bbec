"""Which chart stands on which page, with its words."""

import pandas as pd

from geo.stats.small_numbers import FUNNEL_CLASSES
from i18n.formats import Formats
from i18n.messages import Words
from layers.naming import write_value
from studies.concentration_words import HALF, MOST
from studies.expert import Funnel
from views import charts
from views.charts import ChartText, FunnelText, Note


def show_cumulative(curve: pd.DataFrame, words: Words) -> None:
    """How few wards hold how many incidents; a half and four fifths are named."""
    text = ChartText(
        x=words("concentration.curve_k"),
        y=words("concentration.curve_share"),
        alt=words("concentration.curve_note"),
    )
    reached = [curve[curve["cumulative_share"] >= share - 1e-9].head(1) for share in (HALF, MOST)]
    marks = [_mark(row, words) for found in reached for _, row in found.iterrows()]
    charts.show_cumulative(curve, marks, text, Formats(words.language))


def _mark(row: pd.Series, words: Words) -> Note:
    share = float(row["cumulative_share"])
    text = words("concentration.curve_mark", k=round(row["k"]), pct=words.number(100 * share))
    return Note(float(row["k"]), share, text)


def show_returns(curve: pd.DataFrame, words: Words) -> None:
    """What each further camera adds."""
    text = ChartText(x=words("inside.k"), y=words("inside.curve_y"), alt=words("inside.curve_note"))
    last = curve.iloc[-1]
    mark = words("inside.curve_mark", k=round(last["k"]), n=words.number(last["n_covered"]))
    marks = [Note(float(last["k"]), float(last["n_covered"]), mark)]
    charts.show_returns(curve, marks, text, Formats(words.language))


def show_funnel(funnel: Funnel, words: Words) -> None:
    """Rates against residents."""
    text = FunnelText(
        x=words("expert.funnel_x"),
        y=words("expert.funnel_y"),
        alt=words("expert.funnel_note"),
        name=words("expert.smooth_ward"),
        mean=words("expert.funnel_mean", mean=words.number(funnel.mean_per_10k, decimals=1)),
        near="95 %",
        far="99,8 %" if words.language == "vi" else "99.8 %",
        positions={key: write_value("funnel_position", key, words) for key in FUNNEL_CLASSES},
    )
    charts.show_funnel(funnel.points, funnel.limits, text, Formats(words.language))
