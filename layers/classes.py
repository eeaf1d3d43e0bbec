"""Which classes an indicator wears: its family says how, its key where the limits stand."""

import pandas as pd

from geo.indicators import INDICATORS, Indicator, persistence_k
from geo.measure import Measured
from i18n.messages import Words
from layers import legend, palettes
from layers.legend_named import classify_both, classify_cluster, classify_funnel, classify_pattern
from layers.naming import name_selection, short_name, short_period
from layers.scale import Scale, make_even_scale, make_scale
from layers.spec import Choropleth

PERCENT = "_pct"
PERCENT_BREAKS = (20.0, 40.0, 60.0, 80.0)
FIXED_SCALES = {"incidents_z": legend.z_scale, "gi_star_z": legend.gi_scale}
WORDS_OF_CHANGE = {"gi_star_z": "gi_scale"}


def classify(
    measured: Measured,
    key: str,
    words: Words,
    reference: pd.Series | None = None,
) -> Choropleth:
    """Classes, colours and legend of one indicator. reference: values of like periods to choose limits on."""
    indicator = INDICATORS[key]
    values = measured.frame[key]
    title = _title(measured, indicator, words)
    counted = "both.counted" if indicator.family == "both" else "legend.counted"
    subtitle = words(counted, period=short_period(measured, key, words))
    match indicator.family:
        case "status":
            return legend.classify_status(values, words, title=title, subtitle=subtitle)
        case "level":
            n = max(1, measured.history.shape[1])
            k = persistence_k(n)
            return legend.classify_level(values, words, title=title, subtitle=subtitle, k=k, n=n)
        case "parts":
            return legend.classify_parts(values, words, title=title, subtitle=subtitle)
        case "gap":
            rule = _name_gap(measured, words)
            return legend.classify_gap(values, words, title=title, subtitle=subtitle, rule=rule)
        case "cluster":
            names = measured.frame["ward_name"].where(measured.frame["ward_name"] != "", values.index)
            short = names.map(lambda name: short_name(str(name)))
            return classify_cluster(values, short, words, key=key, title=title, subtitle=subtitle)
        case "pattern":
            return classify_pattern(values, words, title=title, subtitle=subtitle)
        case "funnel":
            return classify_funnel(values, words, title=title, subtitle=subtitle)
        case "both":
            limits = measured.both_bars
            return classify_both(values, words, title=title, subtitle=subtitle, bars=limits)
        case "change":
            scale = _change_scale(key, values if reference is None else reference)
            return legend.classify_change(
                values, scale, words, title=title, subtitle=subtitle,
                decimals=indicator.decimals, group=WORDS_OF_CHANGE.get(key, "legend"),
            )  # fmt: skip
        case "score":
            return legend.classify_numbers(
                values, Scale(PERCENT_BREAKS, palettes.SCORE), words, title=title, subtitle=subtitle,
                decimals=0, has_zero=False,
            )  # fmt: skip
        case "incidents" | "cameras":
            scale = _numeric_scale(indicator, values if reference is None else reference)
            return legend.classify_numbers(
                values, scale, words, title=title, subtitle=subtitle,
                decimals=indicator.decimals, has_zero=True,
            )  # fmt: skip


def _title(measured: Measured, indicator: Indicator, words: Words) -> str:
    """The measure, with the radius or the incidents it is about."""
    title = words(f"indicator.{indicator.key}.name")
    if indicator.key == "incident_reach_pct":
        title = words("atlas.reach_title", radius=measured.question.radius_m)
    told = name_selection(measured.question.chosen, words)
    if told and indicator.family in ("incidents", "change"):
        title = f"{title}: {told}"
    return title


def _change_scale(key: str, reference: pd.Series) -> Scale:
    fixed = FIXED_SCALES.get(key)
    return fixed() if fixed else make_even_scale(reference, tuple(palettes.CHANGE.values()))


def _numeric_scale(indicator: Indicator, reference: pd.Series) -> Scale:
    """Percentages keep their limits whatever the values, so that 60 means the same on every such map."""
    colours = palettes.CAMERAS if indicator.family == "cameras" else palettes.INCIDENTS
    if indicator.key.endswith(PERCENT):
        return Scale(PERCENT_BREAKS, colours)
    return make_scale(reference, colours, decimals=indicator.decimals)


def _name_gap(measured: Measured, words: Words) -> str:
    bars = measured.gap_bars
    if bars is None:
        return words("outline.gap")
    low = bars.cameras_per_km2
    return words("gap.rule", bar=words.number(bars.n_incidents), low=words.plain(low))
