"""Items that go against the others of their scale, as one that is worded the other way does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grassroots.study.instrument import Instrument

# A correlation of no more than two standard errors below zero may be chance.
STANDARD_ERRORS = 2.0


@dataclass(frozen=True)
class Suspect:
    """An item, its corrected item-rest correlation in a scale, and how many answered it."""

    item: str
    scale: str
    r: float
    n: int


def suspects(answers: np.ndarray, instrument: Instrument, name: str) -> list[Suspect]:
    """The items of an instrument whose answers, turned as it says, still go against the rest.

    `answers` holds respondents by items in the instrument's order, NaN where there is none. The
    worst is turned in thought and the others are looked at again, so that one item does not bring
    its neighbours under suspicion. An item of a dimension of three or more is compared with that
    dimension, any other with the whole instrument; if the instrument has a total, a dimension that
    goes against the others is suspected as a whole.
    """
    items = list(instrument.items)
    turned = answers.copy()
    ends = instrument.response.min + instrument.response.max
    for item in instrument.reversed:
        turned[:, items.index(item)] = ends - turned[:, items.index(item)]
    parts: Mapping[str, Sequence[str]] = {
        dimension: part.items for dimension, part in instrument.dimensions.items()
    }
    found: list[Suspect] = []
    for scale, members in parts.items():
        if len(members) >= 3:
            found += _within(turned, items, members, scale)
    if instrument.total and not found:
        alone = [
            item for item in items if not any(len(p) >= 3 and item in p for p in parts.values())
        ]
        found += _within(turned, items, items, name, only=set(alone))
        found += _against_the_rest(turned, items, parts, name)
    return found


def item_rest(answers: np.ndarray, place: int) -> float:
    """The correlation of one item with the mean of the others (NaN if one of them is constant)."""
    own = answers[:, place]
    others = np.delete(answers, place, axis=1)
    given = ~np.isnan(own) & ~np.isnan(others).all(axis=1)
    own, rest = own[given], _means(others[given])
    if len(own) < 3 or np.ptp(own) == 0 or np.ptp(rest) == 0:
        return float("nan")
    return float(np.corrcoef(own, rest)[0, 1])


def _within(
    answers: np.ndarray,
    items: Sequence[str],
    members: Sequence[str],
    scale: str,
    only: set[str] | None = None,
) -> list[Suspect]:
    places = [items.index(item) for item in members]
    part = answers[:, places].copy()
    found: list[Suspect] = []
    while len(found) <= len(members) // 2:
        n = (~np.isnan(part)).sum(axis=0)
        r = np.array([item_rest(part, place) for place in range(part.shape[1])])
        allowed = [only is None or item in only for item in members]
        low = np.where(np.isnan(r) | ~np.array(allowed), 1.0, r)
        worst = int(np.argmin(low))
        already = {suspect.item for suspect in found}
        limit = -STANDARD_ERRORS / np.sqrt(max(int(n[worst]), 1))
        if low[worst] >= limit or members[worst] in already:
            break
        found.append(Suspect(members[worst], scale, float(r[worst]), int(n[worst])))
        part[:, worst] *= -1
        # Only the direction counts here: the mean is put back so that rests stay comparable.
        part[:, worst] -= np.nanmean(part[:, worst]) - np.nanmean(answers[:, places[worst]])
    return found


def _against_the_rest(
    answers: np.ndarray, items: Sequence[str], parts: Mapping[str, Sequence[str]], name: str
) -> list[Suspect]:
    """The items of dimensions that go against the sum of the other dimensions."""
    means = {
        scale: _means(answers[:, [items.index(item) for item in members]])
        for scale, members in parts.items()
    }
    found = []
    for scale, members in parts.items():
        others = [each for other, each in means.items() if other != scale]
        if len(others) < 2:
            continue
        pair = np.column_stack([means[scale], _means(np.column_stack(others))])
        pair = pair[~np.isnan(pair).any(axis=1)]
        if len(pair) < 3 or (np.ptp(pair, axis=0) == 0).any():
            continue
        r = float(np.corrcoef(pair.T)[0, 1])
        if r < -STANDARD_ERRORS / np.sqrt(len(pair)):
            found += [Suspect(item, name, r, len(pair)) for item in members]
    # Where most of the dimensions go against each other, it is not one of them that is turned.
    return found if len(found) <= len(items) / 2 else []


def _means(answers: np.ndarray) -> np.ndarray:
    """The mean of each row's answers; NaN where there is none."""
    given = ~np.isnan(answers)
    total = np.where(given, answers, 0.0).sum(axis=1)
    count = given.sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
