"""What all tests share: the optional tools, which are skipped where they are missing.

GRASSROOTS_REQUIRE="r,browser,slurm,root" turns those skips into failures, so that a machine that is
meant to run all tests cannot pass by lacking something.
"""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "tests" / "reference"
CHROMIUM = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    """What lavaan 0.6-14, psych, semTools and car computed."""
    return json.loads((REFERENCE / "lavaan_reference.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def holzinger() -> pd.DataFrame:
    """The 301 pupils of Holzinger and Swineford."""
    return pd.read_csv(REFERENCE / "HS.csv")


@pytest.fixture(scope="session")
def rscript() -> str:
    """Path of Rscript."""
    return path_or_skip("Rscript")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium."""
    return path_or_skip("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """A Chromium for all tests: two of them cannot be driven at a time."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield opened
        opened.close()


def path_or_skip(*programs: str) -> str:
    for program in programs:
        if path := shutil.which(program):
            return path
    return pytest.skip(f"{programs[0]} is not installed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if hasattr(report, "wasxfail"):
        return report
    required = os.environ.get("GRASSROOTS_REQUIRE", "").split(",")
    if report.skipped and any(marker.name in required for marker in item.iter_markers()):
        report.outcome = "failed"
        report.longrepr = f"skipped, but GRASSROOTS_REQUIRE asks for it: {call.excinfo.value}"
    return report
