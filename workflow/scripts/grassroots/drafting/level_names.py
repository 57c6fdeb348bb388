"""Names, wordings and order for the levels of a background variable that no protocol has yet."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from grassroots.drafting.bands import Band, band, ladder_band
from grassroots.drafting.columns import Column
from grassroots.drafting.same_words import english


@dataclass(frozen=True)
class LevelName:
    """A level: its name in files, and its words; `en` is empty if none are known."""

    name: str
    en: str
    zh: str


def level_names(column: Column) -> tuple[list[LevelName], bool]:
    """The levels of a column's answers, and whether their order is known.

    Bands and steps go up; codes go by their numbers; other words go as they are met most.
    """
    words = (
        column.words if column.labels else sorted(column.counts, key=lambda w: -column.counts[w])
    )
    steps = [band(each) or _step(each) for each in words]
    ordered = all(steps) or bool(column.labels) or column.codes is not None
    if all(steps):
        order = sorted(range(len(words)), key=lambda i: (steps[i].low, steps[i].high))  # type: ignore[union-attr]
        words = [words[i] for i in order]
    elif column.codes is not None and not column.labels:
        words = [f"{code:g}" for code in column.codes]
    taken: set[str] = set()
    names = []
    for number, each in enumerate(words, start=1):
        known = _band_words(each) or english(each)
        name = _identifier(known) or f"level_{number}"
        if name in taken:
            name, known = f"level_{number}", ""
        taken.add(name)
        names.append(LevelName(name, known, each))
    return names, ordered


def _step(words: str) -> Band | None:
    found = ladder_band(words)
    return found[1] if found else None


def _band_words(words: str) -> str:
    own = band(words)
    if own is None:
        return ""
    inclusive = re.search(r"及|不超过|以内|≥|≤|\bor\b|up to|at (least|most)", words)
    if own.low == -math.inf:
        return f"up to {own.high:g}" if inclusive else f"below {own.high + 1:g}"
    if own.high == math.inf:
        return f"{own.low:g} or more" if inclusive else f"above {own.low - 1:g}"
    return f"{own.low:g} to {own.high:g}"


def _identifier(text: str) -> str:
    """A name for a file's key: `26 to 35` is from_26_to_35."""
    name = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    name = f"from_{name}" if re.match(r"\d", name) else name
    return name if re.fullmatch(r"[a-z][a-z0-9_]{0,50}", name) else ""


def distinct(name: str, taken: Sequence[str]) -> str:
    """The name, or with a number behind it if it is taken."""
    number, found = 2, name
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found
