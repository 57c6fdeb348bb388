"""Printed numbers as true numbers of a spreadsheet: the value, and a format that shows the print.

A cell that prints one number keeps its full value. What stands around the number (stars, `t = `,
`(fixed)`) and what replaces it (`< .001`) goes into the format. Where the value, rounded by a
spreadsheet, would show other digits than the page (its eight digits were rounded once before), the
printed number is kept instead.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from grassroots.report.numbers import MINUS

# What a spreadsheet takes as a number format.
LONGEST = 250

_NUMBER = re.compile(rf"({MINUS}?)([0-9,]*)(?:\.([0-9]+))?(%?)")
_PRINTED = re.compile(rf"{MINUS}?(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)%?")
_LIMIT = re.compile("(^|= ?)[<>] ?[0-9.]+$|× 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def true_number(text: str, values: tuple[str, ...]) -> tuple[float, str] | None:
    """The value and the number format of a cell; None if it does not print exactly one number."""
    if len(values) != 1:
        return None
    value = Decimal(values[0])
    if _LIMIT.search(text):
        return float(value), _literal(text)
    found = list(_PRINTED.finditer(text))
    if len(found) != 1:
        return None
    place = found[0]
    return _formatted(text[: place.start()], place.group(), text[place.end() :], value)


def _formatted(before: str, printed: str, after: str, value: Decimal) -> tuple[float, str] | None:
    minus, whole, decimals, percent = _NUMBER.fullmatch(printed).groups()
    shown = Decimal(f"{'-' if minus else ''}{whole.replace(',', '') or '0'}.{decimals or ''}")
    pattern = ("#,##0" if "," in whole else "0" if whole else "") + (
        f".{'0' * len(decimals)}" if decimals else ""
    )
    shares = bool(percent) and _rounds_to(value * 100, shown)
    if not shares and not _rounds_to(value, shown):
        value = shown
    sign = "%" if shares else _literal(percent)
    plus = f"{_literal(before)}{pattern}{sign}{_literal(after)}"
    below = f"{_literal(before)}{_literal(MINUS)}{pattern}{sign}{_literal(after)}"
    # A value below zero that prints as zero has no sign on the page.
    unsigned = value < 0 and not minus
    form = f"{plus};{plus if unsigned else below}"
    return (float(value), form) if len(form) <= LONGEST else None


def _rounds_to(value: Decimal, shown: Decimal) -> bool:
    """Whether the value, rounded to the digits that are shown, ties away from zero, is `shown`."""
    if value.adjusted() > 20:
        return False
    return value.quantize(Decimal(1).scaleb(shown.as_tuple().exponent), ROUND_HALF_UP) == shown


def _literal(text: str) -> str:
    """Text as it stands in a number format: each character told to be one."""
    quoted = text.replace('"', '"\\""')
    return f'"{quoted}"' if text else ""
