"""Numbers and dates as the reader writes them: 1.234,5 and 31/12/2026 in Vietnamese."""

import datetime as dt
from dataclasses import dataclass

from babel.numbers import format_decimal

MINUS = "−"


@dataclass(frozen=True)
class Formats:
    """Formats of one language (`vi` or `en`)."""

    language: str

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Grouped, with a fixed number of decimals and a true minus sign."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        text = format_decimal(abs(value), format=pattern, locale=self.language)
        is_zero = not any(digit in "123456789" for digit in text)
        return MINUS + text if value < 0 and not is_zero else text

    def signed(self, value: float, *, decimals: int = 0) -> str:
        """As `number`, with + before a rise."""
        text = self.number(value, decimals=decimals)
        is_zero = not any(digit in "123456789" for digit in text)
        return text if value < 0 or is_zero else f"+{text}"

    def date(self, value: dt.date) -> str:
        """31/12/2026 in both languages: the reader's papers are Vietnamese."""
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
