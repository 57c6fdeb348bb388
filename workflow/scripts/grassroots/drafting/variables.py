"""Which question is which background variable, and which answer is which of its levels."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grassroots.drafting.bands import band, ladder_band
from grassroots.drafting.columns import Column
from grassroots.drafting.guess import Guess
from grassroots.drafting.same_words import asks_for, likeness, plain
from grassroots.drafting.speech import Speech
from grassroots.study.model import Text
from grassroots.study.protocol_description import Variable

# A question must look like a variable at least this much, by its words and by its answers.
ENOUGH = 0.45


@dataclass(frozen=True)
class VariableDraft:
    """A variable of the protocol with its column; both None if none was found.

    `levels` holds the level of each answer, None where it is not known.
    """

    name: str
    column: Guess[Column] | None
    levels: Mapping[str, Guess[str] | None]


def match_variables(
    variables: Mapping[str, Variable], columns: Sequence[Column], speech: Speech
) -> list[VariableDraft]:
    """Each variable with the column that looks most like it; no column is taken twice."""
    likely = sorted(
        (
            (_alike(name, variable, column), column.place, name)
            for name, variable in variables.items()
            for column in columns
            if _possible(variable, column)
        ),
        key=lambda each: (-each[0], each[1]),
    )
    places = {column.place: column for column in columns}
    taken: dict[str, tuple[float, Column]] = {}
    for alike, place, name in likely:
        used = {column.place for _, column in taken.values()}
        if alike >= ENOUGH and name not in taken and place not in used:
            taken[name] = (alike, places[place])
    return [_draft(name, variable, taken.get(name), speech) for name, variable in variables.items()]


def _possible(variable: Variable, column: Column) -> bool:
    if column.personal or not column.counts:
        return False
    return len(column.counts) <= 30 if variable.levels else column.numbers is not None


def _alike(name: str, variable: Variable, column: Column) -> float:
    """By the words of the question (half) and, of a variable with levels, by its answers (half)."""
    asked = _asked(name, variable.title, column.question)
    if not variable.levels:
        return asked
    answers = _answers(column)
    known = [_level_of(words, variable.levels) for words in answers.values()]
    if not known:
        return 0.0
    share = sum(found[1] for found in known if found) / len(known)
    worded = any(not _is_code(words) for words in answers.values())
    return 0.5 * asked + 0.5 * share if worded else 0.8 * asked


def _asked(name: str, title: Text, question: str) -> float:
    text = plain(question)
    mine = {*asks_for(name.replace("_", " ")), *asks_for(title.zh), *asks_for(title.en)}
    theirs = asks_for(question)
    if theirs and theirs[0] in mine:
        return 1.0
    titles = [word for word in (plain(title.zh), plain(title.en)) if len(word) > 1]
    if any(word in text for word in titles) or plain(name) == text:
        return 0.95
    if mine & set(theirs):
        return 0.8
    if theirs:
        return 0.0
    words = [*titles, plain(name)]
    return max(difflib.SequenceMatcher(None, word, text).ratio() for word in words)


def _draft(
    name: str, variable: Variable, found: tuple[float, Column] | None, speech: Speech
) -> VariableDraft:
    if found is None:
        return VariableDraft(name, None, {})
    alike, column = found
    asked = _asked(name, variable.title, column.question)
    reason = "column_by_words" if asked >= 0.8 else "column_by_answers"
    chosen = Guess(column, min(0.98, 0.35 + 0.65 * alike), speech(reason))
    return VariableDraft(name, chosen, _levels(variable, column, speech))


def _levels(variable: Variable, column: Column, speech: Speech) -> dict[str, Guess[str] | None]:
    if not variable.levels:
        return {}
    answers = _answers(column)
    if all(map(_is_code, answers.values())):
        return _by_order(variable, column, speech)
    drafted: dict[str, Guess[str] | None] = {}
    for words in answers.values():
        found = _level_of(words, variable.levels)
        drafted[words] = Guess(found[0], found[1], speech(found[2])) if found else None
    order = {name: place for place, name in enumerate(variable.levels)}

    def by_level(words: str) -> int:
        guess = drafted[words]
        return order[guess.value] if guess else len(order)

    return {words: drafted[words] for words in sorted(drafted, key=by_level)}


def _by_order(variable: Variable, column: Column, speech: Speech) -> dict[str, Guess[str] | None]:
    """Codes 1, 2, 3 ... for the levels in the protocol's order, if there are as many."""
    codes = column.codes or []
    names = list(variable.levels)
    if codes and codes[0] in (0, 1) and codes == [codes[0] + step for step in range(len(names))]:
        reason = speech("level_by_order")
        return {
            f"{code:g}": Guess(name, 0.5, reason) for code, name in zip(codes, names, strict=True)
        }
    return dict.fromkeys(sorted(column.counts))


def _answers(column: Column) -> dict[str, str]:
    """Each answer, or code with its label, and its words."""
    if column.labels:
        return dict(column.labels)
    ordered = sorted(column.counts, key=lambda each: (-column.counts[each], each))
    return {each: each for each in ordered}


def _is_code(words: str) -> bool:
    return words.strip().lstrip("-").isdecimal() and len(words.strip()) <= 3


def _level_of(words: str, levels: Mapping[str, Text]) -> tuple[str, float, str] | None:
    """The level that an answer is, how sure that is, and the name of the reason."""
    told = [(name, level, likeness(words, each)) for name, level in levels.items()
            for each in (level.zh, level.en)]  # fmt: skip
    same = [name for name, _, alike in told if alike == 1.0]
    if same:
        return same[0], 0.98, "level_same_words"
    own = band(words)
    bands = {name: band(level.zh) or band(level.en) for name, level in levels.items()}
    if own is not None and all(bands.values()):
        for name, theirs in bands.items():
            if theirs == own:
                return name, 0.95, "level_same_band"
        holding = [name for name, theirs in bands.items() if theirs and own.within(theirs)]
        if len(holding) == 1:
            return holding[0], 0.8, "level_within_band"
        close = [name for name, theirs in bands.items() if theirs and own.nearly(theirs)]
        if len(close) == 1:
            return close[0], 0.75, "level_close_band"
        return None
    step = _by_ladder(words, levels)
    if step is not None:
        return step
    best = sorted(told, key=lambda each: -each[2])
    name, _, alike = best[0]
    rivals = [each for each in best if each[0] != name and each[2] >= alike]
    if alike >= 0.5 and not rivals:
        return name, alike, "level_like_words"
    return None


def _by_ladder(words: str, levels: Mapping[str, Text]) -> tuple[str, float, str] | None:
    """The one level whose steps of education or rank hold all steps of the answer."""
    own = ladder_band(words)
    if own is None:
        return None
    holding = []
    for name, level in levels.items():
        theirs = ladder_band(level.zh) or ladder_band(level.en)
        if theirs is not None and theirs[0] == own[0] and own[1].within(theirs[1]):
            holding.append(name)
    return (holding[0], 0.85, "level_within_band") if len(holding) == 1 else None
