"""Round ticks for an axis."""

import math
from collections.abc import Iterator, Sequence


def round_ticks(low: float, high: float, most: float = 5.5) -> list[float]:
    """Ticks at round steps that cover `low` to `high`; the values span at most `most` steps."""
    span = (high - low) or 1.0
    step = next(s for s in _steps() if span / s <= most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:
        last += 1
    return [index * step for index in range(first, last + 1)]


def decimals_of(ticks: Sequence[float]) -> int:
    """As many decimals as the ticks need, at least one."""
    return max(1, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9))


def _steps() -> Iterator[float]:
    for power in range(-4, 5):
        for digit in (1, 2, 5):
            yield digit * 10.0**power
