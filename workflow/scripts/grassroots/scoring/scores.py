"""Items turned and averaged into scores."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd


def score(responses: pd.DataFrame, rules: Mapping[str, Any]) -> pd.DataFrame:
    """The respondents with items turned, small categories joined and a column for each scale.

    `rules` holds `reversed` (item: lowest plus highest answer, from which the answer is
    subtracted), `merged` (variable: level: the joined level that takes its place), `scales` (scale:
    its items) and `minimum_answered`.
    """
    turned = {item: total - responses[item] for item, total in rules["reversed"].items()}
    joined = {
        name: responses[name].astype("object").replace(dict(levels))
        for name, levels in rules["merged"].items()
    }
    scored = responses.assign(**turned, **joined)
    means = {
        scale: scale_score(scored, items, rules["minimum_answered"])
        for scale, items in rules["scales"].items()
    }
    return pd.concat([scored, pd.DataFrame(means, index=scored.index)], axis=1)


def scale_score(data: pd.DataFrame, items: Sequence[str], minimum_answered: float) -> pd.Series:
    """The mean of the answered items, NaN where fewer than this share of them is answered."""
    answers = data[list(items)]
    enough = answers.notna().mean(axis=1) >= minimum_answered
    return answers.mean(axis=1).where(enough)
