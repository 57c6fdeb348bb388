"""One simulated survey: its people, what they answer, what comes back, and the valid scores."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from grassroots.scoring.scores import score
from grassroots.simulation.answers import Block, answers
from grassroots.simulation.mess import Kinds, Pace, Returned, returned
from grassroots.simulation.population import Population
from grassroots.study.claims import Claims
from grassroots.study.codebook import Codebook
from grassroots.study.documents import read_document
from grassroots.study.instrument import Instrument
from grassroots.study.protocol import Protocol
from grassroots.study.scales import reversed_items, scale_items

ROOT = Path(__file__).parents[4]


@dataclass(frozen=True)
class Survey:
    """How one survey is simulated; what it asks stands in its codebook and its protocol.

    `blocks` are the dimensions of the instruments in the order of `scales`, each instrument a
    matrix question of the stem of `stems`. `checks` says which matrix has an attention check: after
    which item, and the answer that it asks for.
    """

    dataset: str
    protocol: str
    scales: Sequence[str]
    stems: Sequence[str]
    checks: Mapping[int, tuple[int, int]]
    blocks: Sequence[Block]
    kinds: Kinds
    pace: Pace
    people: Callable[[int, np.random.Generator], Population]
    opened: datetime.datetime
    days: int
    place: str
    """What stands behind an address, such as (A省-S市)."""

    @property
    def folder(self) -> Path:
        """Where the raw file lies."""
        return ROOT / "data/raw" / self.dataset

    @property
    def expected(self) -> list[int]:
        """The answers that the attention checks ask for."""
        return [answer for _, answer in self.checks.values()]


@dataclass(frozen=True)
class StudyFiles:
    """What is written by hand beside the simulated file, or is shared between datasets."""

    codebook: Codebook
    protocol: Protocol
    claims: Claims
    instruments: Mapping[str, Instrument]


def study_files(survey: Survey) -> StudyFiles:
    """The codebook, protocol, claims and instruments of a survey. Raises ValueError on a fault."""
    faults = []

    def read(file: str, model: type) -> Any:
        document, found = read_document(ROOT, file, model)
        faults.extend(found)
        return document and document.model

    folder = f"data/raw/{survey.dataset}"
    files = StudyFiles(
        read(f"{folder}/codebook.yaml", Codebook),
        read(f"protocols/{survey.protocol}.yaml", Protocol),
        read(f"{folder}/claims.yaml", Claims),
        {each: read(f"protocols/instruments/{each}.yaml", Instrument) for each in survey.scales},
    )
    if faults:
        raise ValueError("\n".join(fault.text("en") for fault in faults))
    return files


def simulate(survey: Survey, seed: int) -> Returned:
    """All that comes back with one seed."""
    rng = np.random.Generator(np.random.PCG64(seed))
    people = survey.people(survey.kinds.people, rng)
    ticked = answers(people.latent, survey.blocks, rng)
    return returned(
        people.background,
        ticked,
        survey.blocks,
        survey.expected,
        survey.kinds,
        survey.pace,
        survey.days,
        rng,
    )


def valid_scores(survey: Survey, back: Returned, files: StudyFiles) -> pd.DataFrame:
    """Background and scores of those who consent and pass the attention checks."""
    valid = back.consent & (back.checks == np.array(survey.expected)).all(axis=1)
    instruments = files.instruments
    items = [item for name in survey.scales for item in instruments[name].items]
    data = pd.DataFrame(back.answers[valid], columns=items)
    for name, levels in back.background.items():
        # Two answers can be one level: the codebook merges what is too small to stand alone.
        order = list(files.codebook.background[name].levels.values())
        merged = [order[level] for level in levels[valid]]
        data[name] = pd.Categorical(merged, categories=list(dict.fromkeys(order)))
    ends = {
        item: instrument.response.min + instrument.response.max
        for instrument in instruments.values()
        for item in instrument.items
    }
    rules = {
        "reversed": {item: ends[item] for item in reversed_items(instruments)},
        "merged": {name: each.replaced for name, each in files.protocol.background.items()},
        "scales": scale_items(instruments),
        "minimum_answered": files.protocol.scoring.minimum_answered,
    }
    return score(data, rules)
