"""What is unsure in a dataset that has no fault: said, and in nobody's way."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grassroots.checking.guesses import SURE, OpenGuess, open_guesses
from grassroots.drafting.columns import MOST_CHOICES, columns_of
from grassroots.drafting.keys import suspects
from grassroots.drafting.wording import in_order
from grassroots.intake.mapping import Responses
from grassroots.intake.recognition import Export
from grassroots.study.codebook import Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, quoted
from grassroots.study.instrument import Instrument
from grassroots.study.protocol import Protocol

# Shares from which something is worth a word.
SAME_ANSWER = 0.95
UNANSWERED = 0.2
REMOVED = 0.3
# Fewer respondents than this carry no model.
FEW = 50


def guess_doubts(file: str, text: str) -> list[Fault]:
    """The guesses of a drafted file that nobody has confirmed: the unsure ones, and how many more.

    What is guessed for one reason is one doubt, at the line of the first.
    """
    guesses = open_guesses(text)
    unsure = [guess for guess in guesses if guess.percent < SURE]
    groups: dict[tuple[int, str], list[OpenGuess]] = {}
    for guess in unsure:
        groups.setdefault((guess.percent, guess.reason), []).append(guess)
    found = []
    for (percent, reason), group in groups.items():
        shown = ", ".join(guess.written for guess in group[:4]) + (", …" if len(group) > 4 else "")
        lines = ", ".join(str(guess.line) for guess in group)
        words = {"percent": str(percent), "reason": reason, "lines": lines}
        found.append(Fault("W101", file, group[0].line, shown, words))
    if len(guesses) > len(unsure):
        words = {"count": str(len(guesses) - len(unsure)), "percent": str(SURE)}
        found.append(Fault("W102", file, words=words))
    return found


def codebook_doubts(document: Document[Codebook]) -> list[Fault]:
    """A column that stands in more than one place."""
    seen: dict[str, str] = {}
    found = []
    for path, column in _named_columns(document.model):
        if column in seen:
            found.append(document.fault("W201", path, column=quoted(column), other=seen[column]))
        seen.setdefault(column, ".".join(map(str, path[:2])))
    return found


def answer_doubts(
    document: Document[Codebook],
    protocol: Protocol,
    instruments: Mapping[str, Instrument],
    responses: Responses,
    smallest_cell: int,
) -> list[Fault]:
    """What the mapped answers themselves make doubtful."""
    stays = _stays(responses, protocol)
    found: list[Fault] = []
    n = int(stays.sum())
    if n < FEW:
        found.append(document.fault("W208", ("file",), n=n, few=FEW))
    if len(stays) and n < (1 - REMOVED) * len(stays):
        found.append(document.fault("W209", ("meta",), n=len(stays) - n, all=len(stays)))
    for scale, part in document.model.scales.items():
        answers = np.array(
            [[np.nan if v is None else v for v in responses.items[item]]
             for item in instruments[scale].items], dtype=float,
        ).T[stays]  # fmt: skip
        found += _item_doubts(document, scale, part.items, instruments[scale], answers)
    for name in document.model.background:
        values = [v for v, stay in zip(responses.background[name], stays, strict=True) if stay]
        found += _variable_doubts(document, name, protocol, values, smallest_cell)
    return found


def unmapped_doubts(document: Document[Codebook], export: Export) -> list[Fault]:
    """Columns that nothing names and that are answered like the items of a scale."""
    named = {column for _, column in _named_columns(document.model)}
    likely = [
        column.header
        for column in columns_of(export)
        if column.header not in named and column.is_choice and _like_items(column)
    ]
    if not likely:
        return []
    shown = ", ".join(quoted(header, 30) for header in likely[:6])
    more = " …" if len(likely) > 6 else ""
    return [document.fault("W205", ("scales",), count=len(likely), columns=shown + more)]


def _like_items(column: Any) -> bool:
    codes = column.codes
    if codes is not None:
        return 4 <= len(codes) <= MOST_CHOICES and 0 <= codes[0] and codes[-1] <= 10
    return len(column.words) >= 4 and in_order(column.words) is not None


def _named_columns(codebook: Codebook) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every column that the codebook names, with its path."""
    meta = codebook.meta
    for role in ("duration", "submitted", "address", "channel"):
        if getattr(meta, role):
            yield ("meta", role), getattr(meta, role)
    if meta.consent:
        yield ("meta", "consent", "column"), meta.consent.column
    for index, check in enumerate(meta.attention_checks):
        yield ("meta", "attention_checks", index, "column"), check.column
    for name, variable in codebook.background.items():
        yield ("background", name, "column"), variable.column
    for name, part in codebook.scales.items():
        for index, column in enumerate(part.items):
            yield ("scales", name, "items", index), column


def _stays(responses: Responses, protocol: Protocol) -> np.ndarray:
    """Who is not removed for consent or attention checks."""
    stays = np.ones(len(responses.row_numbers), dtype=bool)
    meta = responses.meta
    if "no_consent" in protocol.screening.exclude and "consent" in meta:
        stays &= np.array(meta["consent"], dtype=bool)
    if "failed_attention_check" in protocol.screening.exclude and "attention_checks_failed" in meta:
        stays &= np.array(meta["attention_checks_failed"]) == 0
    return stays


def _item_doubts(
    document: Document[Codebook],
    scale: str,
    columns: Sequence[str],
    instrument: Instrument,
    answers: np.ndarray,
) -> list[Fault]:
    found: list[Fault] = []
    for index, column in enumerate(columns):
        path = ("scales", scale, "items", index)
        given = answers[:, index][~np.isnan(answers[:, index])]
        missing = 1 - len(given) / max(len(answers), 1)
        if missing >= UNANSWERED:
            found.append(
                document.fault("W204", path, column=quoted(column), share=_percent(missing))
            )
        if len(given) == 0:
            continue
        values, counts = np.unique(given, return_counts=True)
        share = counts.max() / len(given)
        if share >= SAME_ANSWER:
            words = {"column": quoted(column), "share": _percent(share)}
            found.append(
                document.fault("W203", path, **words, answer=f"{values[counts.argmax()]:g}")
            )
    file = f"protocols/instruments/{scale}.yaml"
    for suspect in suspects(answers, instrument, scale):
        index = list(instrument.items).index(suspect.item)
        found.append(
            document.fault(
                "W210" if suspect.item in instrument.reversed else "W202",
                ("scales", scale, "items", index),
                item=suspect.item,
                scale=suspect.scale,
                r=f"{suspect.r:.2f}",
                n=suspect.n,
                file=file,
            )
        )
    return found


def _variable_doubts(
    document: Document[Codebook],
    name: str,
    protocol: Protocol,
    values: Sequence[str | float | None],
    smallest_cell: int,
) -> list[Fault]:
    found: list[Fault] = []
    path = ("background", name)
    given = [value for value in values if value is not None]
    missing = 1 - len(given) / max(len(values), 1)
    column = quoted(document.model.background[name].column)
    if missing >= UNANSWERED:
        found.append(document.fault("W204", path, column=column, share=_percent(missing)))
    declared = protocol.background[name]
    analysed = [declared.replaced.get(str(value), str(value)) for value in given]
    small = [level for level in declared.analysed if 0 < analysed.count(level) < smallest_cell]
    nobody = [level for level in declared.analysed if level not in analysed]
    if small:
        found.append(
            document.fault("W206", path, name=name, levels=", ".join(small), smallest=smallest_cell)
        )
    if nobody:
        found.append(document.fault("W207", path, name=name, levels=", ".join(nobody)))
    return found


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
