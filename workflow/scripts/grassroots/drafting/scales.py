"""Which columns are the items of which scale: by how many there are, their order, their answers."""

import difflib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grassroots.drafting.blocks import Block
from grassroots.drafting.columns import Column, told_words
from grassroots.drafting.guess import Guess
from grassroots.drafting.same_words import plain
from grassroots.drafting.speech import Speech
from grassroots.drafting.wording import in_order
from grassroots.study.instrument import Instrument

# A block is a scale with rows too many or too few if no more than these are.
MOST_ROWS_OFF = 3


@dataclass(frozen=True)
class ScaleDraft:
    """A scale of the protocol with its columns, empty if none was found.

    `answers` puts answers in words in order; None if numbers are stored, a guess without a value
    if the words are known and their order is not.
    """

    name: str
    columns: Guess[tuple[Column, ...]] | None
    words: tuple[str, ...] = ()
    answers: Guess[list[str] | dict[str, float]] | None = None


@dataclass(frozen=True)
class _Candidate:
    scale: str
    columns: tuple[Column, ...]
    blocks: tuple[int, ...]
    """The blocks that it takes from."""
    score: float
    alone: bool
    """Whether it is one whole block."""


def match_scales(
    instruments: Mapping[str, Instrument], blocks: Sequence[Block], speech: Speech
) -> list[ScaleDraft]:
    """Each instrument with the columns that fit it best; no column is taken twice.

    Blocks stand for instruments in the protocol's order unless the words say otherwise.
    """
    candidates = {name: _candidates(name, instruments, blocks) for name in instruments}
    chosen = _best(list(instruments), candidates)
    return [
        _draft(name, instruments[name], chosen.get(name), candidates[name], blocks, speech)
        for name in instruments
    ]


def _candidates(
    name: str, instruments: Mapping[str, Instrument], blocks: Sequence[Block]
) -> list[_Candidate]:
    instrument = instruments[name]
    size = len(instrument.items)
    found = []
    for first in range(len(blocks)):
        for last in range(first + 1, len(blocks) + 1):
            joined = blocks[first:last]
            columns = tuple(column for block in joined for column in block.columns)
            off = abs(len(columns) - size)
            fits = off == 0 or (len(joined) == 1 and off <= min(MOST_ROWS_OFF, size // 3))
            if fits:
                score = 1.0 - 0.25 * off - 0.1 * (len(joined) - 1)
                found.append(
                    _candidate(name, instrument, joined, columns, range(first, last), score)
                )
    for number, block in enumerate(blocks):
        start = _start_within(name, instruments, len(block.columns))
        if start is not None:
            columns = block.columns[start : start + size]
            found.append(_candidate(name, instrument, [block], columns, [number], 0.7))
    return found


def _candidate(
    name: str,
    instrument: Instrument,
    blocks: Sequence[Block],
    columns: tuple[Column, ...],
    numbers: Sequence[int],
    score: float,
) -> _Candidate:
    score += 0.3 * _range_fit(instrument, blocks) + 0.5 * _word_fit(instrument, blocks)
    whole = len(columns) == sum(len(block.columns) for block in blocks)
    return _Candidate(name, columns, tuple(numbers), score, whole and len(blocks) == 1)


def _start_within(name: str, instruments: Mapping[str, Instrument], size: int) -> int | None:
    """Where an instrument begins in a block that holds several of them, one after the other."""
    names = list(instruments)
    for first, last in itertools.combinations(range(len(names) + 1), 2):
        within = names[first:last]
        lengths = [len(instruments[each].items) for each in within]
        if len(within) > 1 and name in within and sum(lengths) == size:
            return sum(lengths[: within.index(name)])
    return None


def _range_fit(instrument: Instrument, blocks: Sequence[Block]) -> float:
    """1 if the answers fill the range, 0.5 if they lie in it, less if they do not."""
    low, high = instrument.response.min, instrument.response.max
    fits = []
    for block in blocks:
        words = block.words
        if words is not None:
            fits.append(1.0 if instrument.response.whole and len(words) == high - low + 1 else -0.5)
        elif block.numbers is not None:
            inside = low <= block.numbers[0] and block.numbers[1] <= high
            fits.append((1.0 if block.numbers == (low, high) else 0.5) if inside else -1.0)
    return min(fits, default=0.0)


def _word_fit(instrument: Instrument, blocks: Sequence[Block]) -> float:
    """How far the stem names the instrument or the rows are worded as its items, from 0 to 1."""
    titles = [instrument.title, *(part.title for part in instrument.dimensions.values())]
    stems = " ".join(plain(block.stem) for block in blocks)
    named = any(plain(title.zh) in stems or plain(title.en) in stems for title in titles)
    texts = [item.text for item in instrument.items.values() if item.text]
    rows = [plain(row) for block in blocks for row in block.rows]
    if not texts or len(texts) > len(rows):
        return 1.0 if named else 0.0
    alike = [max(_alike(plain(each), row) for each in (text.zh, text.en) for row in rows)
             for text in texts]  # fmt: skip
    return max(1.0 if named else 0.0, sum(alike) / len(alike) if min(alike) > 0.3 else 0.0)


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _best(names: list[str], candidates: Mapping[str, list[_Candidate]]) -> dict[str, _Candidate]:
    """The assignment with the highest score in all; each turn against the order costs a little."""
    best: tuple[float, dict[str, _Candidate]] = (0.0, {})

    def extend(
        index: int, score: float, taken: dict[str, _Candidate], used: frozenset[int]
    ) -> None:
        nonlocal best
        if index == len(names):
            if score > best[0]:
                best = (score, dict(taken))
            return
        extend(index + 1, score, taken, used)
        for each in sorted(candidates[names[index]], key=lambda each: -each.score)[:8]:
            places = frozenset(column.place for column in each.columns)
            if places & used or each.score <= 0:
                continue
            turned = sum(min(other.blocks) > min(each.blocks) for other in taken.values())
            taken[names[index]] = each
            extend(index + 1, score + each.score - 0.1 * turned, taken, used | places)
            del taken[names[index]]

    extend(0, 0.0, {}, frozenset())
    return best[1]


def _draft(
    name: str,
    instrument: Instrument,
    chosen: _Candidate | None,
    candidates: Sequence[_Candidate],
    blocks: Sequence[Block],
    speech: Speech,
) -> ScaleDraft:
    if chosen is None:
        return ScaleDraft(name, None)
    joined = [blocks[number] for number in chosen.blocks]
    columns, by_text = _in_order_of_texts(instrument, chosen.columns, joined)
    sure, reason = _sureness(instrument, chosen, candidates, joined, by_text, speech)
    words, answers = _answers(instrument, joined, speech)
    return ScaleDraft(name, Guess(columns, sure, reason), words, answers)


def _sureness(
    instrument: Instrument,
    chosen: _Candidate,
    candidates: Sequence[_Candidate],
    blocks: Sequence[Block],
    by_text: bool,
    speech: Speech,
) -> tuple[float, str]:
    count, size = len(chosen.columns), len(instrument.items)
    low, high = (f"{each:g}" for each in (instrument.response.min, instrument.response.max))
    if count != size:
        return 0.3, speech("scale_other_count", count=count, size=size)
    rivals = [each for each in candidates if each.blocks != chosen.blocks
              and len(each.columns) == size and each.score > chosen.score - 0.4]  # fmt: skip
    fit, words = _range_fit(instrument, blocks), _word_fit(instrument, blocks)
    if by_text:
        return 0.97, speech("scale_by_text")
    if fit < 0:
        return 0.4, speech("scale_other_range", size=size, low=low, high=high)
    if not chosen.alone:
        return 0.6, speech("scale_in_parts", size=size)
    if words >= 0.6:
        return 0.95, speech("scale_by_name", size=size)
    if rivals:
        return 0.6, speech("scale_by_order", size=size)
    return (0.93 if fit == 1.0 else 0.85), speech("scale_by_count", size=size, low=low, high=high)


def _in_order_of_texts(
    instrument: Instrument, columns: tuple[Column, ...], blocks: Sequence[Block]
) -> tuple[tuple[Column, ...], bool]:
    """The columns in the order of the items, if every item is worded as just one of the rows."""
    named = {column.header.lower(): column for column in columns}
    if len(columns) == len(instrument.items) and {each.lower() for each in instrument.items} == set(
        named
    ):
        return tuple(named[item.lower()] for item in instrument.items), True
    texts = [item.text for item in instrument.items.values() if item.text]
    rows = {column.place: plain(row) for block in blocks
            for column, row in zip(block.columns, block.rows, strict=True)}  # fmt: skip
    if len(texts) != len(instrument.items) or len(columns) != len(texts):
        return columns, False
    order = []
    for text in texts:
        alike = {column.place: max(_alike(plain(each), rows[column.place])
                                   for each in (text.zh, text.en))
                 for column in columns}  # fmt: skip
        best = max(alike, key=lambda place: alike[place])
        if alike[best] < 0.75:
            return columns, False
        order.append(best)
    if len(set(order)) < len(order):
        return columns, False
    place_of = {column.place: column for column in columns}
    return tuple(place_of[place] for place in order), True


def _answers(
    instrument: Instrument, blocks: Sequence[Block], speech: Speech
) -> tuple[tuple[str, ...], Guess[list[str] | dict[str, float]] | None]:
    """The answers in words and their numbers; nothing where the stored numbers can be used."""
    low, high = instrument.response.min, instrument.response.max
    words = list(dict.fromkeys(word for block in blocks for word in block.words or []))
    numbers = [block.numbers for block in blocks if block.numbers is not None]
    if not words:
        return (), _shifted(instrument, numbers, speech)
    columns = [column for block in blocks for column in block.columns]
    ordered = in_order(words)
    untold = any(column.personal for column in columns) or len(told_words(words, columns)) < len(
        words
    )
    if len(words) == 1 or untold:
        return tuple(words), None
    if ordered is not None and instrument.response.whole and len(ordered) == high - low + 1:
        return tuple(words), Guess(ordered, 0.93, speech("answers_in_order"))
    stored = len(numbers) == len(blocks) and all(low <= a and b <= high for a, b in numbers)
    if stored:
        return (), None
    return tuple(ordered or words), None


def _shifted(
    instrument: Instrument, numbers: Sequence[tuple[float, float]], speech: Speech
) -> Guess[list[str] | dict[str, float]] | None:
    """Numbers that count from another start, such as 0 to 4 for 1 to 5."""
    low, high = instrument.response.min, instrument.response.max
    if not numbers or not instrument.response.whole:
        return None
    found = min(a for a, _ in numbers), max(b for _, b in numbers)
    if found[1] - found[0] != high - low or found == (low, high):
        return None
    moved: dict[str, float] = {
        f"{found[0] + step:g}": low + step for step in range(int(high - low) + 1)
    }
    return Guess(moved, 0.6, speech("answers_shifted", first=f"{found[0]:g}", low=f"{low:g}"))
