"""How each column is distributed, coarsened so that no category and no bound points to anybody.

A column is a row of ordered categories with their shares. Categories that fewer people chose than
the project's smallest cell are merged with their neighbour (steps of a scale) or dropped (levels
of a variable); amounts are cut into bins of at least that many people, whose outermost ends are the
means of that many people, never one person's value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

# More bins than this follow an amount no better; a column with fewer values has steps.
MOST_BINS = 60
MOST_STEPS = 12

Answers = Sequence[str | float | None]


@dataclass(frozen=True)
class Margin:
    """One column.

    `values`: what each category stands for, a level or a number (of a bin: its mean). `scores`: its
    place on a line, from the lowest to the highest. `shares` add up to 1. `edges`, of an amount
    only: the lower and the upper end of each bin, and `decimals`: to how many a draw is cut.
    `missing`: the share without an answer. `moved`: the share whose category was merged or dropped.
    """

    values: tuple[str | float, ...]
    scores: np.ndarray
    shares: np.ndarray
    missing: float
    moved: float
    edges: np.ndarray | None = None
    decimals: int = 0


@dataclass(frozen=True)
class Coded:
    """The margins by column, and the category of each respondent (-1: no answer, or dropped)."""

    margins: dict[str, Margin]
    codes: np.ndarray
    """(respondents, columns), whole numbers."""

    def scored(self) -> np.ndarray:
        """(respondents, columns): the score of each answer, NaN where there is none."""
        columns = [
            np.where(code >= 0, margin.scores[code], np.nan)
            for margin, code in zip(self.margins.values(), self.codes.T, strict=True)
        ]
        return np.column_stack(columns)


def coded(levels: Mapping[str, Answers], numbers: Mapping[str, Answers], smallest: int) -> Coded:
    """Columns of levels and of numbers as margins and categories; `smallest` is the smallest cell.

    Levels have no order of their own here: they stand in the order, and have for scores, of the
    mean of their people on the first principal component of all numbers.
    """
    found: dict[str, tuple[Margin, np.ndarray]] = {}
    for name, answers in numbers.items():
        values = np.array([np.nan if each is None else each for each in answers], dtype=float)
        found[name] = _numbers(values, smallest)
    scored = Coded({n: m for n, (m, _) in found.items()}, _beside([c for _, c in found.values()]))
    component = first_component(scored.scored()) if found else np.zeros(0)
    of_levels = {name: _levels(answers, component, smallest) for name, answers in levels.items()}
    all_found = of_levels | found
    margins = {name: margin for name, (margin, _) in all_found.items()}
    return Coded(margins, _beside([codes for _, codes in all_found.values()]))


def first_component(scores: np.ndarray) -> np.ndarray:
    """(n, p) scores to (n,) of the first principal component of the standardised columns.

    A missing score counts as the mean. The sign is that of the larger part of the loadings.
    """
    answered = scores[:, np.isfinite(scores).any(axis=0)]
    spread = np.nanstd(answered, axis=0)
    if not (spread > 0).any():
        return np.zeros(len(scores))
    varied = answered[:, spread > 0]
    standard = np.nan_to_num((varied - np.nanmean(varied, axis=0)) / spread[spread > 0])
    loadings = np.linalg.svd(standard, full_matrices=False)[2][0]
    return standard @ loadings * (1 if loadings.sum() >= 0 else -1)


def _levels(answers: Answers, component: np.ndarray, smallest: int) -> tuple[Margin, np.ndarray]:
    """Levels in the order of their mean on the component; rare ones dropped, one at least stays."""
    given = [answer for answer in answers if answer is not None]
    if not given:
        return _unanswered(len(answers))
    counts = {level: given.count(level) for level in sorted(set(map(str, given)))}
    kept = [level for level, n in counts.items() if n >= smallest]
    kept = kept or sorted(counts, key=lambda level: -counts[level])[:1]
    own = np.array([str(answer) if answer is not None else "" for answer in answers])
    means = {level: _mean(component, own == level) for level in kept}
    kept.sort(key=lambda level: (means[level], level))
    places = {level: place for place, level in enumerate(kept)}
    codes = np.array([places.get(level, -1) for level in own])
    scores = np.array([means[level] for level in kept])
    # Two levels of one mean still need an order.
    if len(np.unique(scores)) < len(scores):
        scores = np.arange(len(kept), dtype=float)
    shares = np.bincount(codes[codes >= 0], minlength=len(kept)) / max(1, (codes >= 0).sum())
    missing = 1 - len(given) / len(answers)
    moved = 1 - (codes >= 0).sum() / len(given)
    return Margin(tuple(kept), scores, shares, missing, float(moved)), codes


def _unanswered(n: int) -> tuple[Margin, np.ndarray]:
    """A column that nobody answered: one category, always missing."""
    return Margin((0.0,), np.zeros(1), np.ones(1), 1.0, 0.0), np.full(n, -1)


def _mean(component: np.ndarray, chosen: np.ndarray) -> float:
    return float(component[chosen].mean()) if len(component) else 0.0


def _numbers(values: np.ndarray, smallest: int) -> tuple[Margin, np.ndarray]:
    given = values[np.isfinite(values)]
    if not len(given):
        return _unanswered(len(values))
    if len(np.unique(given)) <= MOST_STEPS:
        return _steps(values, smallest)
    return _amounts(values, smallest)


def _steps(values: np.ndarray, smallest: int) -> tuple[Margin, np.ndarray]:
    """Steps of a scale; a rare one goes to the neighbour on the side of the median."""
    given = np.isfinite(values)
    middle = float(np.median(values[given]))
    merged = values.copy()
    while True:
        steps, counts = np.unique(merged[given], return_counts=True)
        if len(steps) < 2 or counts.min() >= smallest:
            break
        rare = int(np.argmin(counts))
        upward = rare == 0 or (steps[rare] < middle and rare < len(steps) - 1)
        merged[merged == steps[rare]] = steps[rare + 1 if upward else rare - 1]
    codes = np.where(given, np.searchsorted(steps, np.where(given, merged, 0)), -1)
    shares = counts / counts.sum()
    moved = float((merged[given] != values[given]).mean())
    margin = Margin(tuple(map(float, steps)), steps, shares, 1 - float(given.mean()), moved)
    return margin, codes


def _amounts(values: np.ndarray, smallest: int) -> tuple[Margin, np.ndarray]:
    """Bins of about equal size between bounds that are the means of the outermost people."""
    given = np.isfinite(values)
    known = np.sort(values[given])
    whole = bool((known == np.round(known)).all())
    decimals = 0 if whole else max(0, 2 - int(np.floor(np.log10(known.std()))))
    k = min(max(smallest, 2), len(known))
    low, high = (round(float(part.mean()), decimals) for part in (known[:k], known[-k:]))
    bins = int(np.clip(len(known) // k, 1, MOST_BINS))
    cuts = np.unique(np.round(np.quantile(known, np.arange(1, bins) / bins), decimals))
    inner = _wide_enough(known, cuts[(cuts > low) & (cuts < high)], k)
    codes = np.where(given, bin_of(values, inner), -1)
    counts = np.bincount(codes[given], minlength=len(inner) + 1)
    ends = np.array([low, *inner, high])
    edges = np.column_stack([ends[:-1], ends[1:]])
    middles = edges.mean(axis=1)
    missing = 1 - float(given.mean())
    shares = counts / counts.sum()
    names = tuple(map(float, middles))
    return Margin(names, middles, shares, missing, 0.0, edges, decimals), codes


def bin_of(values: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """The bin of each value, by the edges between bins; a value on an edge belongs above it."""
    return np.searchsorted(inner, np.nan_to_num(values), side="right")


def _wide_enough(known: np.ndarray, cuts: np.ndarray, smallest: int) -> np.ndarray:
    """The cuts between which enough people lie, from the lowest on."""
    kept: list[float] = []
    for cut in cuts:
        start = kept[-1] if kept else -np.inf
        inside = ((known >= start) & (known < cut)).sum()
        if inside >= smallest and (known >= cut).sum() >= smallest:
            kept.append(float(cut))
    return np.array(kept)


def _beside(columns: list[np.ndarray]) -> np.ndarray:
    return np.column_stack(columns) if columns else np.zeros((0, 0), dtype=int)
