"""From the raw table to the mapped answers: a whitelist.

Only columns that the plan names are read; everything else never leaves the raw table. What does
not fit the plan becomes a Problem with its rows; with a problem nothing is built. What a value
means is found once for each distinct value of a column: there are few, however many people.

A plan is plain data: {"background": {variable: {"column", "levels", "missing_codes"}},
"items": {item: {"column", "answers", "missing_codes", "min", "max", "whole"}},
"meta": {"duration": column, "submitted": column, "address": column, "channel": column,
"consent": {"column", "expected"}, "attention_checks": [{"column", "expected"}]}}, the keys of
"meta" only where the export has such a column.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grassroots.intake.answers import Words, cell_text, number
from grassroots.intake.indexed import Indexed, Texts, counted, distinct, mapped
from grassroots.intake.personal import TOO_LONG, personal_answer
from grassroots.intake.reading import RawTable, Value, has_value
from grassroots.intake.source import repeated_source
from grassroots.intake.wenjuanxing import DAY_AND_TIME, seconds, sent_on


@dataclass(frozen=True)
class Problem:
    """What does not fit.

    `kind` is no_column, repeated_column, outside, unknown, personal or nobody_passes; `name` is a
    variable, an item, or the path of a meta column, such as meta/attention_checks/0.
    """

    kind: str
    name: str
    column: str
    values: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    """How often each of `values` occurs."""


@dataclass(frozen=True)
class Responses:
    """The mapped answers: a sequence a variable and an item, as long as the raw table.

    `meta` holds, as far as the plan names their columns: duration_seconds, submitted_on, channel
    (its words), consent (true or false), attention_checks_failed (how many), same_source (true or
    false).
    """

    row_numbers: list[int]
    background: dict[str, Sequence[str | float | None]]
    items: dict[str, Sequence[float | None]]
    meta: dict[str, Sequence[Any]]


def map_responses(raw: RawTable, plan: Mapping[str, Any]) -> tuple[Responses, list[Problem]]:
    """The answers that the plan names, as numbers and level ids, and all that does not fit."""
    problems: list[Problem] = []
    background: dict[str, Sequence[str | float | None]] = {}
    items: dict[str, Sequence[float | None]] = {}
    for name, part in plan["background"].items():
        found = _column(raw, name, part["column"], problems)
        background[name] = _variable(raw, name, part, found, problems)
    for name, part in plan["items"].items():
        found = _column(raw, name, part["column"], problems)
        items[name] = _item(raw, name, part, found, problems)
    meta = _meta(raw, plan["meta"], background, problems)
    return Responses(raw.row_numbers, background, items, meta), problems


class _Column:
    """The values of a column, and the distinct ones among them."""

    def __init__(self, values: Sequence[Value]) -> None:
        self.values = values

    @cached_property
    def distinct(self) -> set[Value]:
        return distinct(self.values)

    def answers(self, missing_codes: Sequence[Any] = ()) -> dict[Value, str]:
        """Each distinct value that is an answer, as text."""
        none = {"", *map(str, missing_codes)}
        texts = {value: cell_text(value) for value in self.distinct if has_value(value)}
        return {value: text for value, text in texts.items() if text not in none}


def _column(raw: RawTable, name: str, column: str, problems: list[Problem]) -> _Column:
    times = raw.columns.count(column)
    if times != 1:
        problems.append(Problem("repeated_column" if times else "no_column", name, column))
        return _Column([])
    found = _Column(raw.values(column))
    if isinstance(found.values, Indexed | Texts):
        return found
    # To a set True is 1; as an answer it is the word.
    if not found.distinct.isdisjoint((0, 1)) and bool in set(map(type, found.values)):
        return _Column([str(v) if isinstance(v, bool) else v for v in found.values])
    return found


def _variable(
    raw: RawTable, name: str, part: Mapping[str, Any], column: _Column, problems: list[Problem]
) -> Sequence[str | float | None]:
    levels = Words(part["levels"], raw.labels.get(part["column"], {}))
    missing = [*part["missing_codes"], *_unasked(raw, part, levels, column.distinct)]
    texts = column.answers(missing)
    known: dict[Value, str | float | None] = {
        value: levels.meaning(text) if part["levels"] else _quantity(value)
        for value, text in texts.items()
    }
    unknown = {value: text for value, text in texts.items() if known[value] is None}
    _note(raw, problems, name, part["column"], "unknown", column.values, unknown)
    return mapped(column.values, known)


def _quantity(value: Value) -> float | None:
    """A number that can be an answer: one as long as a number of a person or an account is none."""
    found = number(value)
    return None if found is None or abs(found) >= TOO_LONG else found


def _item(
    raw: RawTable, name: str, part: Mapping[str, Any], column: _Column, problems: list[Problem]
) -> Sequence[float | None]:
    answers = Words(part["answers"], raw.labels.get(part["column"], {}))
    missing = [*part["missing_codes"], *_unasked(raw, part, answers, column.distinct)]
    texts = column.answers(missing)
    known: dict[Value, float | None] = {
        value: answers.meaning(text) if part["answers"] else number(value)
        for value, text in texts.items()
    }
    unknown, outside = {}, {}
    for value, text in texts.items():
        answer = known[value]
        if answer is None:
            unknown[value] = text
        elif not _allowed(answer, part):
            outside[value] = text
    _note(raw, problems, name, part["column"], "unknown", column.values, unknown)
    _note(raw, problems, name, part["column"], "outside", column.values, outside)
    return mapped(column.values, known)


def _unasked(
    raw: RawTable, part: Mapping[str, Any], words: Words, distinct: set[Value]
) -> list[str]:
    """What the platform writes for no answer, as far as it is not a declared answer all the same.

    -2 and -3 are answers on a scale from -3 to 3, and numbers among other negative numbers.
    """
    if part.get("levels") or part.get("answers"):
        return [code for code in raw.unasked if words.meaning(code) is None]
    found = {code: number(code) for code in raw.unasked}
    if "min" in part:
        return [code for code, value in found.items() if value is None or not _allowed(value, part)]
    others = distinct - set(raw.unasked) if raw.unasked else set()
    negative = any((number(value) or 0) < 0 for value in others if cell_text(value) not in found)
    return [code for code, value in found.items() if value is None or not negative]


def _meta(
    raw: RawTable,
    plan: Mapping[str, Any],
    background: Mapping[str, Sequence[str | float | None]],
    problems: list[Problem],
) -> dict[str, Sequence[Any]]:
    meta: dict[str, Sequence[Any]] = {}
    for key, name, convert in (
        ("duration", "duration_seconds", seconds),
        ("submitted", "submitted_on", sent_on),
    ):
        if key in plan:
            meta[name] = _converted(raw, f"meta/{key}", plan[key], convert, problems)
    if "channel" in plan:
        meta["channel"] = _channels(raw, plan["channel"], problems)
    if "consent" in plan:
        meta["consent"] = _passes(raw, "meta/consent", plan["consent"], problems)
    checks = [
        _passes(raw, f"meta/attention_checks/{index}", check, problems)
        for index, check in enumerate(plan.get("attention_checks", []))
    ]
    if checks:
        each = zip(*checks, strict=False)
        meta["attention_checks_failed"] = [passed.count(False) for passed in each]
    if "address" in plan:
        addresses = _column(raw, "meta/address", plan["address"], problems).values
        if addresses and all(len(values) == len(addresses) for values in background.values()):
            meta["same_source"] = repeated_source(addresses, background)
    return meta


def _converted(
    raw: RawTable,
    name: str,
    column: str,
    convert: Callable[[Value], Any],
    problems: list[Problem],
) -> Sequence[Any]:
    cells = _column(raw, name, column, problems)
    if convert is sent_on and isinstance(cells.values, Texts):
        # A million times of sending are on few days.
        days = cells.values.replaced(DAY_AND_TIME, r"\1")
        found = {day: sent_on(day) for day in _Column(days).answers()}
        if None not in found.values():
            return mapped(days, found)
    texts = cells.answers()
    known = {value: convert(value) for value in texts}
    unknown = {value: text for value, text in texts.items() if known[value] is None}
    _note(raw, problems, name, column, "unknown", cells.values, unknown)
    return mapped(cells.values, known)


def _channels(raw: RawTable, column: str, problems: list[Problem]) -> Sequence[str | None]:
    """The words of each channel; None for what looks personal, or what one respondent alone has.

    A column in which everything looks personal is none of channels, and a problem.
    """
    labels = raw.labels.get(column, {})
    cells = _column(raw, "meta/channel", column, problems)
    texts = {value: labels.get(text, text) for value, text in cells.answers().items()}
    personal = {value: text for value, text in texts.items() if personal_answer(text)}
    if len(personal) == len(texts):
        _note(raw, problems, "meta/channel", column, "unknown", cells.values, personal)
    channels = mapped(cells.values, {v: t for v, t in texts.items() if v not in personal})
    shared = {channel: channel for channel, times in counted(channels).items() if times > 1}
    return mapped(channels, shared)


def _passes(
    raw: RawTable, name: str, check: Mapping[str, Any], problems: list[Problem]
) -> Sequence[bool]:
    """Whether each respondent gave an expected answer; no answer is not one."""
    expected = {str(code) for code in check["expected"]}
    column = _column(raw, name, check["column"], problems)
    words = Words(dict.fromkeys(expected, True), raw.labels.get(check["column"], {}))
    texts = column.answers()
    passing = {value for value, text in texts.items() if words.meaning(text) is True}
    passes = mapped(column.values, {value: value in passing for value in column.distinct})
    if len(passes) and not any(passes):
        problems.append(Problem("nobody_passes", name, check["column"], tuple(sorted(expected))))
    return passes


def _allowed(answer: float, part: Mapping[str, Any]) -> bool:
    inside = part["min"] <= answer <= part["max"]
    return inside and (not part["whole"] or float(answer).is_integer())


def _note(
    raw: RawTable,
    problems: list[Problem],
    name: str,
    column: str,
    kind: str,
    values: Sequence[Value],
    wrong: Mapping[Value, str],
) -> None:
    """Note the rows of the values of a column that are wrong, what looks personal apart."""
    if not wrong:
        return
    personal = {value for value, text in wrong.items() if personal_answer(text)}
    numbered = list(zip(raw.row_numbers, values, strict=True))
    masked = tuple(row for row, value in numbered if value in personal)
    if masked:
        problems.append(Problem("personal", name, column, (), masked))
    shown = wrong.keys() - personal
    rest = {row: wrong[value] for row, value in numbered if value in shown}
    if rest:
        counted = Counter(rest.values())
        counts = tuple(counted.values())
        problems.append(Problem(kind, name, column, tuple(counted), tuple(rest), counts))
