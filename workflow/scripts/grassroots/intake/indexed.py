"""The columns of a large file: of few distinct values, each kept once, or of texts that differ.

What a value means is asked but once where it is kept once. The functions take a column of either
kind or a list. numpy and pyarrow are imported where they are needed: files of the usual size are
lists, and wait for neither.
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

    def recurring(self) -> list[int]:
        """The rows whose value stands in other rows too; each of `found` is to be there once."""
        import numpy as np

        return np.flatnonzero(np.bincount(self.places)[self.places] > 1).tolist()

    def __arrow_array__(self, type: Any = None) -> pyarrow.Array:
        import pyarrow

        return pyarrow.array(self.found, type).take(pyarrow.array(self.places))


class Texts(Sequence[str]):
    """A column of texts that hardly recur, as pyarrow holds them: a third of the room of a list."""

    def __init__(self, texts: pyarrow.ChunkedArray) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return self.take(range(*row.indices(len(self))))
        return self._texts[row].as_py()

    def __iter__(self) -> Iterator[str]:
        starts = range(0, len(self), _CHUNK)
        chunks = (self._texts.slice(start, _CHUNK).to_pylist() for start in starts)
        return chain.from_iterable(chunks)

    def has(self, part: str) -> bool:
        """Whether any of the texts has this in it."""
        import pyarrow.compute as compute

        return bool(compute.any(compute.match_substring(self._texts, part)).as_py())

    def replaced(self, pattern: str, by: str) -> Indexed:
        """The texts with what matches `pattern` (of RE2) replaced: for what leaves few of them."""
        import pyarrow.compute as compute

        texts = compute.replace_substring_regex(self._texts, pattern, by).combine_chunks()
        found = texts.dictionary_encode()
        return Indexed(found.indices.to_numpy(), found.dictionary.to_pylist())

    def take(self, rows: Sequence[int]) -> Texts:
        """The texts of these rows."""
        import numpy as np

        return Texts(self._texts.take(np.array(rows, dtype=np.int64)))


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
    if isinstance(values, Texts):
        return values.take(rows)
    if isinstance(values, Indexed):
        import numpy as np

        return Indexed(values.places[np.array(rows, dtype=np.intp)], values.found)
    return [values[row] for row in rows]
