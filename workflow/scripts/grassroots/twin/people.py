"""The people of a dataset as a twin needs them, and the people of the twin."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from grassroots.intake.mapping import Responses
from grassroots.twin.copula import draw, latent_correlations, pairwise_correlations
from grassroots.twin.margins import Answers, Coded, coded

# Which share of the times taken and of the days lies outside what a twin is drawn from, a side.
TAIL = 0.05


@dataclass(frozen=True)
class Original:
    """Those who consented and passed every check: answers by column, and how they answered.

    `levels` and `numbers` are the columns by the name of the variable or item. `refused` and
    `failed` count those who did not consent or missed a check; their answers are not used.
    """

    levels: dict[str, Answers]
    numbers: dict[str, Answers]
    seconds: np.ndarray
    days: np.ndarray
    refused: int
    failed: int

    @property
    def n(self) -> int:
        """How many they are."""
        return len(next(iter((self.levels | self.numbers).values())))


@dataclass(frozen=True)
class Twin:
    """The answers of nobody: columns as in Original, one state for each row.

    `state` is valid, failed (a check) or refused (to consent; such a row has no answers). `seconds`
    and `days` are None where the original has none.
    """

    columns: dict[str, list[str | float | None]]
    state: list[str]
    seconds: list[int] | None
    days: list[str] | None

    def valid(self) -> dict[str, list[str | float | None]]:
        """The answers of the valid rows alone."""
        return {
            name: [a for a, state in zip(answers, self.state, strict=True) if state == "valid"]
            for name, answers in self.columns.items()
        }


def original_people(responses: Responses, with_levels: Mapping[str, bool]) -> Original:
    """The valid people of a dataset; `with_levels` says which background variables have levels."""
    meta, n = responses.meta, len(responses.row_numbers)
    consent = np.array(meta.get("consent", [True] * n), dtype=bool)
    passed = np.array(meta.get("attention_checks_failed", [0] * n)) == 0
    valid = np.flatnonzero(consent & passed)

    def of_valid(answers: Answers) -> Answers:
        return [answers[row] for row in valid]

    variables = {name: of_valid(each) for name, each in responses.background.items()}
    numbers = {name: each for name, each in variables.items() if not with_levels[name]}
    seconds = of_valid(meta.get("duration_seconds", []) or [None] * n)
    days = of_valid(meta.get("submitted_on", []) or [None] * n)
    known = [datetime.date.fromisoformat(day).toordinal() for day in days if day is not None]
    return Original(
        {name: each for name, each in variables.items() if with_levels[name]},
        numbers | {name: of_valid(each) for name, each in responses.items.items()},
        np.array([each for each in seconds if each], dtype=float),
        np.array(known, dtype=float),
        int((~consent).sum()),
        int((consent & ~passed).sum()),
    )


def twin_people(original: Original, smallest: int, seed: int) -> tuple[Twin, Coded]:
    """A twin of as many people, and the margins that it was drawn from.

    Those who refuse or fail a check are as many as in the original, none if they are fewer than
    the smallest cell. Who refuses has no answers; who fails is drawn like all others.
    """
    rng = np.random.default_rng(seed)
    model = coded(original.levels, original.numbers, smallest)
    latent = latent_correlations(
        list(model.margins.values()), pairwise_correlations(model.scored())
    )
    refused, failed = (n if n >= smallest else 0 for n in (original.refused, original.failed))
    states = ["valid"] * original.n + ["failed"] * failed + ["refused"] * refused
    state = [states[place] for place in rng.permutation(len(states))]
    drawn = draw(list(model.margins.values()), latent, len(state), rng)
    columns = {
        name: [
            None if own == "refused" else answer for answer, own in zip(each, state, strict=True)
        ]
        for name, each in zip(model.margins, drawn, strict=True)
    }
    seconds = _times(original.seconds, len(state), rng)
    return Twin(columns, state, seconds, _days(original.days, len(state), rng)), model


def _times(seconds: np.ndarray, n: int, rng: np.random.Generator) -> list[int] | None:
    """Log-normal with the median and the quartiles of the original, within its middle part."""
    if not len(seconds):
        return None
    places = [TAIL, 0.25, 0.5, 0.75, 1 - TAIL]
    low, lower, middle, upper, high = np.quantile(np.log(seconds), places)
    drawn = rng.normal(middle, max(upper - lower, 1e-6) / 1.349, n)
    return [int(each) for each in np.round(np.exp(np.clip(drawn, low, high)))]


def _days(days: np.ndarray, n: int, rng: np.random.Generator) -> list[str] | None:
    """Any day between those by which the first and the last few had answered, alike."""
    if not len(days):
        return None
    low, high = np.quantile(days, [TAIL, 1 - TAIL]).astype(int)
    drawn = rng.integers(low, high, n, endpoint=True)
    return [datetime.date.fromordinal(int(day)).isoformat() for day in drawn]
