"""What a period is called: "quý 3/2021", "tháng 9/2021, kỳ thống kê công an"."""

from geo.frames import Period
from geo.periods import recognise
from i18n.messages import Words


def name_span(period: Period, words: Words) -> str:
    """The name of a whole month, quarter, half, nine months or year of either calendar; "" for other days.

    A period of the police calendar always says so: its September is not the civil one.
    """
    found = recognise(period)
    if found is None:
        return ""
    calendar, label = found
    key = f"span.half_{label.number}" if label.unit == "half" else f"span.{label.unit}"
    number = f"{label.number:02d}" if label.unit == "month" else str(label.number)
    text = words(key, number=number, year=str(label.year))
    return words("span.police", label=text) if calendar == "police" else text
