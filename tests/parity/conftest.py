"""Answers and what R says about them, for the tests of measurement.

Stored: the values that measurement.R wrote for the Holzinger-Swineford data, complete and with
missing cells. Live (marker r): R runs now, also on the five scales of psychTools::bfi.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "reference"


class Case(NamedTuple):
    """Answers (rows with NaN may be among them) and what R says about them."""

    answers: pd.DataFrame
    expected: dict[str, Any]


def stored(dataset: str) -> Case:
    """Our answers are the raw file, with its missing cells: dropping rows is part of the test."""
    answers = pd.read_csv(REFERENCE / f"{dataset}.csv")
    return Case(answers, json.loads((REFERENCE / f"measurement_{dataset}.json").read_text()))


def live(dataset: str, folder: Path) -> Case:
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed")
    command = ["Rscript", str(HERE / "measurement.R"), dataset, str(REFERENCE), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers = pd.read_csv(folder / "answers.csv")
    return Case(answers, json.loads((folder / "values.json").read_text()))


@pytest.fixture(
    scope="session",
    params=[
        ("stored", "HS"),
        ("stored", "HS_miss"),
        pytest.param(("live", "HS"), marks=pytest.mark.r),
        pytest.param(("live", "HS_miss"), marks=pytest.mark.r),
        pytest.param(("live", "bfi"), marks=pytest.mark.r),
    ],
    ids=lambda param: " ".join(param),
)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    source, dataset = request.param
    if source == "stored":
        return stored(dataset)
    return live(dataset, tmp_path_factory.mktemp(dataset))


@pytest.fixture(scope="session")
def scales(case: Case) -> dict[str, list[str]]:
    return {scale: values["items"] for scale, values in case.expected["scales"].items()}
