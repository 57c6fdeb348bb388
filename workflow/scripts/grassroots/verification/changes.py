"""What has moved since an earlier run of the same dataset."""

from collections.abc import Mapping
from typing import Any

from grassroots.verification.golden import golden, moved

CHANGE_COLUMNS = ["table", "row", "column", "before", "after", "relative"]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    """One row a value that differs (see golden.moved), that is new (`before` empty) or gone.

    `before`, `after`: two numbers.json of one dataset; `relative`: the difference by the earlier
    value, empty for words and for an earlier zero.
    """
    return [
        {
            "table": each.table,
            "row": each.row,
            "column": each.column,
            "before": _text(each.expected),
            "after": _text(each.found),
            "relative": _text(each.relative),
        }
        for each in moved(golden(before), after)
    ]


def _text(value: str | float | None) -> str:
    return "" if value is None else str(value)
