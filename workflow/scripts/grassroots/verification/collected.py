"""numbers.json: every number of a dataset by name, with what it was computed from.

`{"dataset", "simulated", "raw": {file: sha256}, "tables": {table: {"file", "sha256", "rule",
"code", "computed_from": {path: sha256}, "recompute", "rows": {row: {column: value}}}}}`. A row is
called by `row_keys`, an empty cell is left out, numbers have all their digits.
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.verification.row_keys import NOT_NUMBERS, ROW_KEYS, row_keys

Row = Mapping[str, str]
Rows = Sequence[Row]

# Tables whose rows do not say their n take it from the fit of their model.
_FITS = {
    "cfa_loadings": "cfa_fit",
    "cfa_correlations": "cfa_fit",
    "validity": "cfa_fit",
    "sem_parameters": "sem_fit",
}


def collected(
    tables: Mapping[str, Rows],
    origins: Mapping[str, Mapping[str, Any]],
    digests: Mapping[str, str],
    study: Mapping[str, Any],
) -> dict[str, Any]:
    """All numbers of a dataset; see the module's docstring.

    `origins`: table: its file, rule, the digest of that rule's code, the files that it reads;
    `digests`: path: sha256, of the tables and of what they were computed from; `study`: dataset,
    simulated, raw (file: sha256).
    """
    fits = {name: _n_by_model(tables.get(name, [])) for name in set(_FITS.values())}
    respondents = _respondents(tables.get("flow", []))
    made = {}
    for table in sorted(set(tables) - NOT_NUMBERS):
        origin = origins[table]
        rows = {}
        for key, row in zip(row_keys(table, tables[table]), tables[table], strict=True):
            values = _values(row, ROW_KEYS[table])
            by_model = fits.get(_FITS.get(table, ""), {})
            n = by_model.get(row.get("model", ""), respondents)
            rows[key] = values if "n" in values or n is None else {**values, "n": n}
        made[table] = {
            "file": origin["file"],
            "sha256": digests[origin["file"]],
            "rule": origin["rule"],
            "code": origin["code"],
            "computed_from": {path: digests[path] for path in origin["reads"] if path in digests},
            "recompute": f"snakemake --cores 1 --forcerun {origin['rule']} -- {origin['file']}",
            "rows": rows,
        }
    return {**study, "tables": made}


def _values(row: Row, keys: Sequence[str]) -> dict[str, str | int | float]:
    """The cells of a row that hold something; words that are in its name are not said again."""
    values = {column: value_of(text) for column, text in row.items() if text and column != "data"}
    return {
        column: value
        for column, value in values.items()
        if column not in keys or not isinstance(value, str)
    }


def value_of(text: str) -> str | int | float:
    """A cell as it is kept: a finite number as one, everything else as text."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def as_json(numbers: Mapping[str, Any]) -> str:
    """The text of numbers.json: a line for each row, so that two runs can be compared by diff."""
    tables = []
    for name, table in numbers["tables"].items():
        rows = [f"{_json(key)}: {_json(values)}" for key, values in table["rows"].items()]
        tables.append(f"{_json(name)}: {_with(table, 'rows', rows)}")
    return _with(numbers, "tables", tables) + "\n"


def _with(whole: Mapping[str, Any], last: str, lines: Sequence[str]) -> str:
    """An object on one line, but for its part `last`, which stands last with a line an entry."""
    about = _json({key: value for key, value in whole.items() if key != last})[1:-1]
    body = ",\n".join(lines)
    return f'{{{about}{", " if about else ""}"{last}": {{\n{body}\n}}}}'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _n_by_model(rows: Rows) -> dict[str, str | int | float]:
    return {row["model"]: value_of(row["n"]) for row in rows if row.get("n")}


def _respondents(flow: Rows) -> str | int | float | None:
    """How many are left after the last step of the sample's flow."""
    return value_of(flow[-1]["n_after"]) if flow and flow[-1].get("n_after") else None
