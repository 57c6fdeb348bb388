"""Where each number of the page comes from: its place in the page and its record beside it.

While the page is made, a number's `data-v` holds its place in the result tables, as
`table:row:column`. At the end every place becomes a short key, and one record of all keys, packed,
stands in the page: what numbers.json says of them.
"""

import base64
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any

_PLACES = re.compile(r'data-v="([^"]*:[^"]*)"')
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

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
        self._keys: dict[str, str] = {}

    def keyed(self, html: str) -> str:
        """The page with keys in place of places.

        A value that never had a place stays; a place that numbers.json does not know goes.
        """
        return _PLACES.sub(lambda found: f"data-v={self._of(found[1])}", html)

    def record(self) -> dict[str, Any]:
        """What numbers.json says of the keys that were given.

        `{"tables": [[name, file, digest, rule, {file: digest}, command]], "rows": [[table, row,
        n]], "columns": [name], "numbers": {key: [row, column, value]}}`
        """
        tables: dict[str, int] = {}
        rows: dict[tuple[str, int], int] = {}
        columns: dict[str, int] = {}
        numbers = {}
        for where, key in self._keys.items():
            table, index, column = where.split(":")
            tables.setdefault(table, len(tables))
            row = rows.setdefault((table, int(index)), len(rows))
            value = self._rows[table][int(index)][1][column]
            numbers[key] = [row, columns.setdefault(column, len(columns)), repr(value)]
        return {
            "tables": [self._origin(table) for table in tables],
            "rows": [[tables[t], self._rows[t][i][0], self._n(t, i)] for t, i in rows],
            "columns": list(columns),
            "numbers": numbers,
        }

    def packed(self) -> str:
        """The record as base64 of deflated JSON: a quarter of its size."""
        text = json.dumps(self.record(), ensure_ascii=False, separators=(",", ":"))
        return base64.b64encode(zlib.compress(text.encode(), 9)).decode()

    def _of(self, places: str) -> str:
        """The keys as an attribute's value; one alone needs no quotes, which are 2 % of a page."""
        keys = " ".join(filter(None, map(self._key, places.split(" "))))
        return keys if keys.isalpha() else f'"{keys}"'

    def _key(self, where: str) -> str:
        if ":" not in where:
            return where
        if where.split(":")[0] not in self._tables:
            return ""
        return self._keys.setdefault(where, _letters(len(self._keys)))

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


def _letters(number: int) -> str:
    """`a` to `z`, `aa`, `ab` ...: a key that cannot be taken for a number."""
    text = ""
    while number >= 0:
        number, letter = divmod(number, len(_LETTERS))
        text = _LETTERS[letter] + text
        number -= 1
    return text
