"""Which rules of a choice clash, as one calm sentence."""

from collections.abc import Mapping, Sequence

from errors import NotFeasible
from i18n.messages import Words
from planning.quota_terms import Limit

MOST_NAMES = 9


def write_clash(
    error: NotFeasible,
    limits: Sequence[Limit],
    words: Words,
    *,
    names: Mapping[str, str] | None = None,
) -> str:
    """What cannot hold together and the way out. limits: those of the choice. names: shown for the data's own
    keys, such as types and ward codes."""
    if error.reason:
        return words.error(error)
    rules = name_rules(error, limits, words, names=names)
    key = "several" if len(rules) > 1 else "single"
    return words(f"clash.{key}", rules="; ".join(rules))


def name_rules(
    error: NotFeasible,
    limits: Sequence[Limit],
    words: Words,
    *,
    names: Mapping[str, str] | None = None,
) -> list[str]:
    """The clashing rules, each in a few words; like limits of one column are one."""
    shown = dict(names or {})
    facts = error.facts
    clashes = _texts(facts["clashes"])
    required, excluded = _texts(facts["required"]), _texts(facts["excluded"])
    both = sorted(set(required) & set(excluded))
    if set(clashes) == {"required", "excluded"} and both:
        return [words("clash.both", n=len(both), wards=_join(both, shown))]
    plain = {
        "n": words("clash.n", n=facts["n"]),
        "required": words("clash.required", n=len(required), wards=_join(required, shown)),
        "excluded": words("clash.excluded", n=len(excluded)),
        "budget": words("clash.budget", budget=facts["budget"]),
    }
    if clashes == ("n",):
        plain["n"] = words("clash.n_scored", n=facts["n"], n_scored=facts["n_scored"])
    alike: dict[tuple[str, int | None, int | None], list[Limit]] = {}
    for limit in limits:
        alike.setdefault((limit.column, limit.least, limit.most), []).append(limit)
    texts = [plain[key] for key in clashes if key in plain]
    for group in alike.values():
        clashing = [limit for limit in group if limit.key in clashes]
        if clashing:
            texts.append(_name_limits(clashing, len(group), words, shown))
    return texts


def _name_limits(clashing: Sequence[Limit], n_alike: int, words: Words, shown: Mapping[str, str]) -> str:
    first = clashing[0]
    kind = words(f"clash.column.{first.column if words.has(f'clash.column.{first.column}') else 'other'}")
    labels = _join([limit.label for limit in clashing], shown)
    bound = _name_bound(first, words)
    if len(clashing) == 1:
        return words("clash.one", kind=kind, bound=bound, label=labels)
    if len(clashing) == n_alike:
        return words("clash.each", kind=kind, bound=bound, n=n_alike)
    return words("clash.some", kind=kind, bound=bound, n=n_alike, labels=labels)


def _name_bound(limit: Limit, words: Words) -> str:
    if limit.most is None:
        return words("clash.least", least=limit.least)
    if limit.least is None:
        return words("clash.most", most=limit.most)
    return words("clash.between", least=limit.least, most=limit.most)


def _join(keys: Sequence[str], shown: Mapping[str, str]) -> str:
    named = [shown.get(key, key) for key in keys[:MOST_NAMES]]
    return ", ".join(named) + (" …" if len(keys) > MOST_NAMES else "")


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()
