"""The mess of a real survey: people who refuse, hurry, tick one column, answer twice, leave gaps.

How many there are of each kind is fixed, so that the number of valid respondents is too; who they
are is drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grassroots.simulation.answers import Block
from grassroots.simulation.population import Levels

# Address blocks reserved for documentation (RFC 5737): they belong to nobody.
DOCUMENTATION_BLOCKS = ("192.0.2", "198.51.100", "203.0.113")

# Share of the people who overlook items, and the share of the items that each of them overlooks;
# and the shares between which the share lies for people with many gaps.
OVERLOOKING = 0.12
OVERLOOKED = 0.04
MANY_GAPS = (0.25, 0.45)

# Share of respondents who answer from an office that another respondent answers from.
SHARED_ADDRESS = 0.04


# By which way the questionnaire is reached, in the export's words, and how often.
CHANNELS = {"微信": 0.8, "手机提交": 0.14, "链接": 0.06}


@dataclass(frozen=True)
class Kinds:
    """How many respondents of each kind come back."""

    attentive: int
    random_but_passing: int
    """tick at random and in a hurry, and hit the attention checks all the same"""
    straight_but_passing: int
    """tick one column, except in the attention checks"""
    gaps: int
    """leave a quarter of the items or more unanswered"""
    repeated: int
    """send the same answers again a few minutes later"""
    slipped: int
    """attentive, but fail one attention check"""
    random: int
    straight: int
    refused: int
    """do not consent, and see no further question"""

    @property
    def valid(self) -> int:
        """Those who consent and pass the attention checks."""
        passing = self.random_but_passing + self.straight_but_passing
        return self.attentive + passing + self.gaps + self.repeated

    @property
    def people(self) -> int:
        """Different people: everybody but the repetitions."""
        return self.returned - self.repeated

    @property
    def returned(self) -> int:
        """All that comes back."""
        return self.valid + self.slipped + self.random + self.straight + self.refused


@dataclass(frozen=True)
class Pace:
    """How many seconds people take, and between which bounds those who hurry or refuse do."""

    median: float
    shortest: int
    hurried: tuple[int, int]
    refused: tuple[int, int] = (6, 25)


@dataclass(frozen=True)
class Returned:
    """The returned questionnaires in the order of sending; NaN is no answer.

    `checks` are the answers to the attention checks, `sent` the seconds since the survey opened.
    """

    consent: np.ndarray
    background: dict[str, Levels]
    answers: np.ndarray
    checks: np.ndarray
    seconds: np.ndarray
    sent: np.ndarray
    addresses: list[str]
    channels: list[str]


def returned(
    background: Mapping[str, Levels],
    answers: np.ndarray,
    blocks: Sequence[Block],
    expected: Sequence[int],
    kinds: Kinds,
    pace: Pace,
    days: int,
    rng: np.random.Generator,
) -> Returned:
    """Give each of `kinds.people` people a kind, and return what then comes back over `days`."""
    n = kinds.people
    overlooked = OVERLOOKED * (rng.random(n) < OVERLOOKING)
    answers = np.where(rng.random(answers.shape) < overlooked[:, None], np.nan, answers)
    checks = np.tile(np.array(expected, dtype=float), (n, 1))
    seconds = np.round(np.exp(np.log(pace.median) + 0.35 * rng.standard_normal(n)))
    seconds = seconds.clip(min=pace.shortest)
    consent = np.ones(n, dtype=bool)
    who = _who(kinds, rng)
    low = np.concatenate([np.full(block.n_items, block.lowest) for block in blocks])
    high = np.concatenate([np.full(block.n_items, block.highest) for block in blocks])

    at_random = [*who["random_but_passing"], *who["random"]]
    answers[at_random] = rng.integers(low, high + 1, (len(at_random), len(low)))
    straight = [*who["straight_but_passing"], *who["straight"]]
    column = rng.integers(2, 5, len(straight))[:, None]
    # Who ticks one column must fail a check, also where one column answers all checks.
    column = np.where((column == expected).all(axis=1, keepdims=True), column % 4 + 1, column)
    answers[straight] = np.minimum(column, high)
    checks[who["straight"]] = column[len(who["straight_but_passing"]) :]
    hurried = [*at_random, *straight]
    seconds[hurried] = rng.integers(*pace.hurried, len(hurried))
    for row in who["gaps"]:
        answers[row, rng.random(len(low)) < rng.uniform(*MANY_GAPS)] = np.nan
    for row in [*who["slipped"], *who["random"]]:
        check = rng.integers(len(expected))
        checks[row, check] = expected[check] % 5 + 1
    consent[who["refused"]] = False
    answers[who["refused"]] = np.nan
    checks[who["refused"]] = np.nan
    seconds[who["refused"]] = rng.integers(*pace.refused, len(who["refused"]))

    sent = np.sort(rng.integers(0, days * 86400, n)).astype(float)
    again = np.array(who["repeated"], dtype=int)
    times = np.concatenate([sent, sent[again] + rng.integers(180, 900, len(again))])
    rows = np.concatenate([np.arange(n), again])
    order = rows[np.argsort(times, kind="stable")]
    addresses = _addresses(n, rng)
    return Returned(
        consent[order],
        {name: levels[order] for name, levels in background.items()},
        answers[order],
        checks[order],
        seconds[order],
        np.sort(times, kind="stable"),
        [addresses[row] for row in order],
        rng.choice(list(CHANNELS), len(order), p=list(CHANNELS.values())).tolist(),
    )


def _who(kinds: Kinds, rng: np.random.Generator) -> dict[str, list[int]]:
    """The people of each kind but the attentive ones; those who repeat are attentive."""
    people = rng.permutation(kinds.people).tolist()
    who = {}
    for kind in (
        "random_but_passing",
        "straight_but_passing",
        "gaps",
        "repeated",
        "slipped",
        "random",
        "straight",
        "refused",
    ):
        count = getattr(kinds, kind)
        who[kind], people = people[:count], people[count:]
    return who


def _addresses(n: int, rng: np.random.Generator) -> list[str]:
    every = [f"{block}.{host}" for block in DOCUMENTATION_BLOCKS for host in range(1, 255)]
    own = rng.permutation(len(every))[:n]
    shares = np.flatnonzero(rng.random(n) < SHARED_ADDRESS)
    own[shares] = own[rng.integers(0, n, len(shares))]
    return [every[number] for number in own]
