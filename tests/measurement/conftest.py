"""Scales of the nine tests and their loadings as lavaan estimated them."""

from typing import Any

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def scales() -> dict[str, list[str]]:
    dimensions = {
        "visual": ["x1", "x2", "x3"],
        "textual": ["x4", "x5", "x6"],
        "speed": ["x7", "x8", "x9"],
    }
    return dimensions | {"total": [item for items in dimensions.values() for item in items]}


@pytest.fixture(scope="session")
def loadings(reference: dict[str, Any]) -> pd.DataFrame:
    """The three correlated factors as lavaan fitted them, in the columns of cfa_loadings.csv."""
    rows = [row for row in reference["hs_ml"]["par"] if row["op"] == "=~"]
    return pd.DataFrame(
        {
            "model": "correlated",
            "estimator": "ML",
            "group": "",
            "factor": [row["lhs"] for row in rows],
            "item": [row["rhs"] for row in rows],
            "std": [row["std.all"] for row in rows],
        }
    )


def loading_rows(model: str, factors: dict[str, dict[str, float]], **columns: Any) -> pd.DataFrame:
    """Rows of a loadings table for `model` from factor -> item -> standardised loading."""
    rows = [
        {"model": model, "estimator": "ML", "group": "", "factor": factor, "item": item, "std": std}
        for factor, items in factors.items()
        for item, std in items.items()
    ]
    return pd.DataFrame(rows).assign(**columns)


@pytest.fixture(scope="session")
def make_loadings() -> Any:
    return loading_rows
