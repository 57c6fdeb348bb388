"""A column of few distinct values, each kept once: what a value means is then asked but once.

The functions take such a column or a list, and give back the same kind. numpy and pyarrow are
imported where they are needed: files of the usual size are lists, and wait for neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow

# Rows turned into Python's numbers at a time: whoever looks at the first few waits for no more.
_CHUNK = 10_000


class Indexed(Sequence[Any]):
    """A column as the `found` values, and for each row the place of its value among them (n,).

    Values may stand among `found` several times, or not occur in any row.
    """

    def __init__(self, places: np.ndarray, found: Sequence[Any]) -> None:
        self.places = places
        self.found = found

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return Indexed(self.places[row], self.found)
        return self.found[self.places[row]]

    def __iter__(self) -> Iterator[Any]:
        starts = range(0, len(self.places), _CHUNK)
        chunks = (self.places[start : start + _CHUNK].tolist() for start in starts)
        return map(self.found.__getitem__, chain.from_iterable(chunks))

    def counts(self) -> list[int]:
        """In how many rows each of the found values stands."""
        import numpy as np

        return np.bincount(self.places, minlength=len(self.found)).tolist()

    def __arrow_array__(self, type: Any = None) -> pyarrow.Array:
        import pyarrow

        return pyarrow.array(self.found, type).take(pyarrow.array(self.places))


def distinct(values: Sequence[Any]) -> set[Any]:
    """The values that occur."""
    if isinstance(values, Indexed):
        return {value for value, n in zip(values.found, values.counts(), strict=True) if n}
    return set(values)


def counted(values: Sequence[Any]) -> Counter[Any]:
    """How often each value occurs."""
    if not isinstance(values, Indexed):
        return Counter(values)
    counts: Counter[Any] = Counter()
    for value, n in zip(values.found, values.counts(), strict=True):
        if n:
            counts[value] += n
    return counts


def mapped(values: Sequence[Any], known: Mapping[Any, Any]) -> Sequence[Any]:
    """What is known of each value, None where nothing is."""
    if isinstance(values, Indexed):
        return Indexed(values.places, list(map(known.get, values.found)))
    return list(map(known.get, values))


def rows_of(values: Sequence[Any], rows: Sequence[int]) -> Sequence[Any]:
    """The values of these rows."""
    if isinstance(values, Indexed):
        import numpy as np

        return Indexed(values.places[np.array(rows, dtype=np.intp)], values.found)
    return [values[row] for row in rows]
