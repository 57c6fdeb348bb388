"""The numbers of a small run, and those that are expected of it."""

import json

import pytest
from numbers_of_a_run import DIGESTS, ORIGINS, TABLES

from grassroots.verification.collected import as_json, collected
from grassroots.verification.golden import golden


@pytest.fixture
def numbers():
    study = {"dataset": "x", "simulated": False, "raw": {"data/raw/x/r.csv": "raw-sha"}}
    return collected(TABLES, ORIGINS, DIGESTS, study)


@pytest.fixture
def expected(numbers):
    return json.loads(as_json(golden(numbers)))
