"""Columns and instruments made for a test."""

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from grassroots.drafting.columns import Column
from grassroots.drafting.speech import Speech
from grassroots.study.instrument import Instrument


@pytest.fixture(scope="session")
def speech() -> Speech:
    return Speech("en")


@pytest.fixture
def column() -> Callable[..., Column]:
    """A column of these answers; places count up."""
    made = []

    def make(header: str, values: Sequence[str], labels=None, question: str = "") -> Column:
        made.append(header)
        counts = dict(Counter(value for value in values if value))
        return Column(header, question or header, len(made) - 1, list(values), counts, (), labels)

    return make


@pytest.fixture
def instrument() -> Callable[..., Instrument]:
    """An instrument of so many items, answered from `low` to `high`."""

    def make(count: int, low: float = 1, high: float = 5, prefix: str = "i", **more) -> Instrument:
        words = {"en": "-", "zh": "-"}
        return Instrument.model_validate(
            {
                "title": {"en": f"Scale {prefix}", "zh": f"量表{prefix}"},
                "source": "-",
                "licence": {"name": words, "text_allowed": True},
                "response": {"min": low, "max": high},
                "items": {f"{prefix}{number}": {} for number in range(1, count + 1)},
                **more,
            }
        )

    return make
