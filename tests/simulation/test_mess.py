"""Of each kind there are as many as were asked for, and they do what they are said to do."""

import numpy as np
import pytest

from grassroots.simulation.answers import Block
from grassroots.simulation.mess import Kinds, Pace, returned

KINDS = Kinds(
    attentive=60, random_but_passing=4, straight_but_passing=3, gaps=5, repeated=2, slipped=3,
    random=6, straight=4, refused=7,
)  # fmt: skip
PACE = Pace(median=430, shortest=150, hurried=(38, 112))
BLOCKS = [Block("a", 20, 1, 5, 3, 1), Block("b", 10, 1, 4, 2.5, 1)]


@pytest.fixture
def survey():
    rng = np.random.default_rng(8)
    n = KINDS.people
    ticked = np.hstack([rng.integers(1, 6, (n, 20)), rng.integers(1, 5, (n, 10))]).astype(float)
    gender = {"gender": rng.integers(0, 2, n)}
    return returned(gender, ticked, BLOCKS, [4, 2], KINDS, PACE, 14, rng)


def test_how_many_come_back_and_are_valid(survey):
    assert len(survey.consent) == len(survey.addresses) == len(survey.sent) == KINDS.returned == 94
    assert (~survey.consent).sum() == 7
    failed = survey.consent & (survey.checks != [4, 2]).any(axis=1)
    assert failed.sum() == 3 + 6 + 4
    assert (survey.consent & ~failed).sum() == KINDS.valid == 74


def test_they_come_back_in_time_and_answers_stay_in_range(survey):
    assert (np.diff(survey.sent) >= 0).all()
    known = np.nan_to_num(survey.answers, nan=1)
    assert known[:, :20].max() == 5 and known[:, 20:].max() == 4 and known.min() == 1


def test_who_refuses_answers_nothing(survey):
    assert np.isnan(survey.answers[~survey.consent]).all()


def test_hurried_and_straight_and_gaps(survey):
    assert (survey.seconds[survey.consent] < 120).sum() == 4 + 3 + 6 + 4
    spread = np.nanmax(survey.answers[:, :20], axis=1, initial=0, where=survey.consent[:, None])
    lowest = np.nanmin(survey.answers[:, :20], axis=1, initial=9, where=survey.consent[:, None])
    assert (spread == lowest).sum() == 3 + 4
    share = np.isnan(survey.answers[survey.consent]).mean(axis=1)
    assert (share > 0.15).sum() == 5


def test_repetitions_are_whole_and_from_the_same_address(survey):
    rows = [
        (tuple(np.nan_to_num(answers)), address)
        for answers, address, consent in zip(
            survey.answers, survey.addresses, survey.consent, strict=True
        )
        if consent and len(set(answers)) > 3
    ]
    assert len(rows) - len(set(rows)) == 2


def test_one_check_fails_everybody_who_ticks_one_column():
    ticked = np.full((KINDS.people, 30), 3.0)
    gender = {"gender": np.zeros(KINDS.people, dtype=int)}
    for seed in range(5):
        rng = np.random.default_rng(seed)
        survey = returned(gender, ticked, BLOCKS, [3], KINDS, PACE, 14, rng)
        assert (survey.consent & (survey.checks == [3]).all(axis=1)).sum() == KINDS.valid
