"""A twin's answers as the cells of a raw file that the original's codebook would read."""

from collections.abc import Mapping
from typing import Any

from grassroots.study.codebook import Codebook
from grassroots.twin.people import Twin

Cell = str | int | float

# A column of the file that nothing maps, so that the mark stays with the rows wherever they go.
MARK, MARKED = "SYNTHETIC", "合成数据 synthetic data"
OTHER = "其他 other"


def table(
    twin: Twin, codebook: Codebook, plan: Mapping[str, Any], order: list[str]
) -> dict[str, list[Cell | None]]:
    """Column: its cells, None where no answer was given; in the order of the raw file."""
    found: dict[str, list[Cell | None]] = {}
    for name, part in plan["background"].items():
        words = {level: value for value, level in reversed(part["levels"].items())}
        found[part["column"]] = _cells(twin.columns[name], words, part["missing_codes"])
    for name, part in plan["items"].items():
        words = {number: answer for answer, number in reversed(part["answers"].items())}
        found[part["column"]] = _cells(twin.columns[name], words, part["missing_codes"])
    meta = codebook.meta
    if meta.duration and twin.seconds:
        found[meta.duration] = list(twin.seconds)
    if meta.submitted and twin.days:
        found[meta.submitted] = list(twin.days)
    if meta.consent:
        yes = _cell(meta.consent.expected[0])
        found[meta.consent.column] = [OTHER if s == "refused" else yes for s in twin.state]
    for number, check in enumerate(meta.attention_checks):
        right = _cell(check.expected[0])
        wrong = _wrong(check.expected)
        # One check is enough to fail: the first.
        found[check.column] = [
            None if s == "refused" else wrong if s == "failed" and number == 0 else right
            for s in twin.state
        ]
    inside = [column for column in order if column in found]
    # First: after a matrix question a reader could take it for a row of that.
    return {MARK: [MARKED] * len(twin.state)} | {column: found[column] for column in inside}


def _cells(
    answers: list[str | float | None], words: Mapping[Any, str], missing_codes: list[Any]
) -> list[Cell | None]:
    """The words of each answer, or its number; for no answer the first code that means it."""
    absent = _cell(missing_codes[0]) if missing_codes else None
    return [absent if each is None else _cell(words.get(each, each)) for each in answers]


def _cell(value: Any) -> Cell:
    """A whole number as one, whatever it came as."""
    text = str(value)
    if text.lstrip("-").isdecimal() and str(int(text)) == text:
        return int(text)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _wrong(expected: list[Any]) -> Cell:
    """An answer that does not pass a check: a number beside the right ones, or another word."""
    numbers = [_cell(each) for each in expected]
    if all(isinstance(each, int) for each in numbers):
        return next(n for n in range(1, len(numbers) + 2) if n not in numbers)
    return OTHER


def labels(codebook: Codebook) -> dict[str, list[str]]:
    """Column: the words that it can hold, in the codebook's order, for a file that stores codes."""
    found = {
        part.column: list(map(str, part.levels))
        for part in codebook.background.values()
        if part.levels
    }
    consent = [codebook.meta.consent] if codebook.meta.consent else []
    for check in [*consent, *codebook.meta.attention_checks]:
        found[check.column] = [*map(str, check.expected), OTHER]
    for part in codebook.scales.values():
        found |= {column: list(part.answers) for column in part.items if part.answers}
    return found
