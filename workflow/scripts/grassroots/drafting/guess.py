"""A guess: what is put into the draft, how sure it is, and why."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Guess(Generic[Value]):
    """`sure` is between 0 and 1; `reason` is a sentence without a full stop."""

    value: Value
    sure: float
    reason: str
