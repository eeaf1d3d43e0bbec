"""One encoding for each column of a file: clear columns for themselves, small ones with the others.

What even all small columns together leave open is a person's to say.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from errors import UnknownEncoding
from geo.findings import Severity, list_examples
from geo.reading.encoding_choice import Choice, choose_encoding
from geo.reading.encoding_tables import Codec, is_unicode

AS_IS: Codec = "cp1252"
N_SAMPLES = 3


@dataclass(frozen=True)
class Unit:
    """Text typed with one keyboard: a column's cells, or all column labels together (name "").

    texts: the distinct ones that hold more than ASCII."""

    name: str
    texts: tuple[str, ...]
    fonts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    codec: Codec
    severity: Severity = "info"


def settle(units: Sequence[Unit], file: str, *, raw: bool, declared: Codec | None) -> list[Verdict]:
    """Clear columns as they are; the others with the clear ones' majority, else all together."""
    prefer = declared or AS_IS
    choices = [_choose(unit, prefer) for unit in units]
    clear = [Verdict(choice.codec) if choice.clear else None for choice in choices]
    unsure = [unit for unit, choice in zip(units, choices, strict=True) if not choice.clear]
    if not unsure:
        return [verdict for verdict in clear if verdict]
    votes = Counter(choice.codec for choice in choices if choice.clear and choice.encoding != "ascii")
    if votes and 2 * max(votes.values()) > votes.total():
        common = Verdict(votes.most_common(1)[0][0])
    else:
        common = _settle_together(unsure, file, raw=raw, declared=declared)
    return [verdict or common for verdict in clear]


def _choose(unit: Unit, prefer: Codec) -> Choice:
    """Among true letters old ones are believed only where they make no sense as they stand."""
    old = [text for text in unit.texts if not is_unicode(text)]
    if not old and unit.texts:
        return Choice("unicode")
    choice = choose_encoding(old, fonts=unit.fonts, prefer=prefer)
    is_mixed = len(old) < len(unit.texts)
    return Choice("unicode") if is_mixed and (not choice.clear or AS_IS in choice.candidates) else choice


def _settle_together(units: Sequence[Unit], file: str, *, raw: bool, declared: Codec | None) -> Verdict:
    """Small columns bear witness together. What then is as good one way as another is asked, unless the file
    declares one of the best, or its letters are Unicode that may well be meant."""
    texts = [text for unit in units for text in unit.texts]
    choice = choose_encoding(texts, prefer=declared or AS_IS)
    if choice.clear:
        return Verdict(choice.codec)
    may_stay = choice.codec == declared if raw else AS_IS in choice.candidates
    if may_stay or not choice.candidates:
        return Verdict(declared or AS_IS, "warning")
    if raw and len(choice.candidates) == 1:
        return Verdict(choice.candidates[0], "warning")
    samples = {AS_IS: tuple(texts[:N_SAMPLES])} | choice.samples if not raw else choice.samples
    shown = "; ".join(f"{codec}: {', '.join(values)}" for codec, values in samples.items())
    column = list_examples(unit.name or list_examples(unit.texts) for unit in units)
    raise UnknownEncoding(
        "unclear", file=file, column=column, choices=", ".join(samples), samples=samples, shown=shown
    )
