"""Where each number of the page comes from: its place in the page and its record beside it.

While the page is made, a number's `data-v` holds its place in the result tables, as
`table:row:column`. At the end every place becomes a number of the record, packed, which stands in
the page: what numbers.json says of them, and which of them each cell and sentence holds, in the
order of the page. So a cell with a number needs no attribute at all; a cell of words has a class.
"""

import base64
import json
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

# A cell or a part of a sentence with a number.
_NUMBER = re.compile(r'<(td|span)([^>]*?) data-v="([^"]*)"')

# Where the template leaves room for the record, which is known when all numbers are placed.
RECORD = "(record of numbers)"

# Enough of a digest to recognise a file by; numbers.json has all of it.
SHORT = 12


class Trace:
    """The keys of the numbers on one page."""

    def __init__(self, numbers: Mapping[str, Any]) -> None:
        """`numbers`: the content of numbers.json; empty if the page stands without it."""
        self._tables = numbers.get("tables", {})
        self._folder = f"results/{numbers.get('dataset')}/"
        self._rows = {name: list(table["rows"].items()) for name, table in self._tables.items()}
        self._keys: dict[str, int] = {}
        self._held: list[list[int]] = []

    def keyed(self, html: str) -> str:
        """The page with its numbers' places taken out, which are noted in their order.

        A value that never had a place, such as a declared limit, stays and is not counted; a place
        that numbers.json does not know goes.
        """
        return _NUMBER.sub(self._noted, html)

    def record(self) -> dict[str, Any]:
        """What numbers.json says of the numbers of the page.

        `{"tables": [[name, file, digest, rule, {file: digest}, command]], "rows": [[table, row,
        n]], "columns": [name], "numbers": [[row, column]], "values": [value], "held": [[number]]}`:
        the last, for each place of the page in their order, which numbers it holds.
        """
        tables: dict[str, int] = {}
        rows: dict[tuple[str, int], int] = {}
        columns: dict[str, int] = {}
        numbers, values = [], []
        for where in self._keys:
            table, index, column = where.split(":")
            tables.setdefault(table, len(tables))
            row = rows.setdefault((table, int(index)), len(rows))
            numbers.append([row, columns.setdefault(column, len(columns))])
            values.append(self._rows[table][int(index)][1][column])
        return {
            "tables": [self._origin(table) for table in tables],
            "rows": [[tables[t], self._rows[t][i][0], self._n(t, i)] for t, i in rows],
            "columns": list(columns),
            "numbers": numbers,
            "values": values,
            "held": self._held,
        }

    def packed(self) -> str:
        """The record as base64 of what `pack` makes of it: a sixth of its size."""
        return base64.b64encode(pack(self.record())).decode()

    def _noted(self, found: re.Match[str]) -> str:
        element, others, places = found.groups()
        if places and ":" not in places:
            return f"<{element}{others} data-v={_quoted(places)}"
        keys = [self._key(where) for where in places.split(" ")]
        self._held.append([key for key in keys if key is not None])
        # A cell of words has a class, so that one without any needs no mark that it is a number.
        mark = " data-v" if element == "span" or others else ""
        return f"<{element}{others}{mark}"

    def _key(self, where: str) -> int | None:
        if where.split(":")[0] not in self._tables:
            return None
        return self._keys.setdefault(where, len(self._keys))

    def _origin(self, name: str) -> list[Any]:
        table = self._tables[name]
        read = {
            path.removeprefix(self._folder): digest[:SHORT]
            for path, digest in table["computed_from"].items()
        }
        file, own = table["file"].removeprefix(self._folder), table["sha256"][:SHORT]
        return [name, file, own, table["rule"], read, table["recompute"]]

    def _n(self, table: str, index: int) -> Any:
        return self._rows[table][index][1].get("n")


def pack(record: Mapping[str, Any]) -> bytes:
    """Deflated: the length of a JSON text in four bytes, the text, the values in eight bytes each.

    Bytes, because the digits of full precision are half as much again. Rows and columns are told as
    steps from the number before; numbers that a place holds by their count, if they follow upon
    those of the place before.
    """
    rows, columns = zip(*record["numbers"], strict=True) if record["numbers"] else ((), ())
    told = {
        **{name: record[name] for name in ("tables", "rows", "columns")},
        "row": _steps(rows),
        "column": _steps(columns),
        "held": _counted(record["held"]),
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    values = struct.pack(f"<{len(record['values'])}d", *record["values"])
    return zlib.compress(struct.pack("<I", len(text)) + text + values, 9)


def _steps(numbers: Sequence[int]) -> list[int]:
    return [after - before for before, after in zip((0, *numbers), numbers, strict=False)]


def _counted(held: Sequence[list[int]]) -> list[int | list[int]]:
    told: list[int | list[int]] = []
    following = 0
    for keys in held:
        as_expected = keys == list(range(following, following + len(keys)))
        told.append(len(keys) if as_expected else keys)
        following = keys[-1] + 1 if keys else following
    return told


def _quoted(text: str) -> str:
    """An attribute's value; a single word needs no quotes."""
    return f'"{text}"' if " " in text else text
