"""Stored public data and replay files for the tests of the models."""

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def stored(root):
    """Reader of a stored table by its name."""
    return lambda name: pd.read_csv(root / "tests" / "reference" / f"{name}.csv")
