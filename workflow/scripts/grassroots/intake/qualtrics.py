"""Qualtrics exports: names, question texts and import ids in three rows, then the answers."""

import re
from collections import Counter
from collections.abc import Sequence

from grassroots.intake.reading import RawTable
from grassroots.intake.shape import Shape, roles

_META = {
    "StartDate",
    "EndDate",
    "Status",
    "IPAddress",
    "Progress",
    "Duration (in seconds)",
    "Duration__in_seconds_",
    "Finished",
    "RecordedDate",
    "ResponseId",
    "ResponseID",
    "RecipientLastName",
    "RecipientFirstName",
    "RecipientEmail",
    "ExternalReference",
    "ExternalDataReference",
    "LocationLatitude",
    "LocationLongitude",
    "DistributionChannel",
    "UserLanguage",
    "Q_RecaptchaScore",
}
_TELLING = _META & {"StartDate", "EndDate", "Status", "Progress", "Finished", "RecordedDate"} | {
    "ResponseId",
    "ResponseID",
}
_ROLES = {
    "duration": ("Duration (in seconds)", "Duration__in_seconds_"),
    "submitted": ("RecordedDate", "EndDate"),
    "address": ("IPAddress",),
}
# In words, and as codes: preview, test, preview marked as spam, offline preview.
_PREVIEW = frozenset(
    {"Survey Preview", "Survey Test", "Spam Preview", "Offline Survey Preview"}
) | {*("1", "2", "9", "17")}
_UNFINISHED = frozenset({"False", "FALSE", "false", "0"})
_ROW = re.compile(r"(?P<question>.+)_\d+")


def is_qualtrics(columns: Sequence[str]) -> bool:
    """Whether the names are those of a Qualtrics export."""
    return len(_TELLING.intersection(columns)) >= 4


def qualtrics_shape(table: RawTable) -> Shape:
    """The columns by their names; the second row tells what they ask, the third is passed over."""
    top = [[str(value or "") for value in values[:2]] for values in table.cells]
    import_ids = next(
        (
            row
            for row in (0, 1)
            if any(cell[row : row + 1] and "ImportId" in cell[row] for cell in top)
        ),
        None,
    )
    named = dict(zip(table.columns, top, strict=True))
    texts = import_ids == 1 or named.get("StartDate", [""])[:1] in (["Start Date"], ["开始日期"])
    header_rows = 1 + texts + (import_ids is not None)
    questions = {
        column: " ".join(cell[0].split())
        for column, cell in zip(table.columns, top, strict=True)
        if texts and cell
    }
    asked = [column for column in table.columns if column not in _META]
    rows = {column: found["question"] for column in asked if (found := _ROW.fullmatch(column))}
    several = Counter(rows.values())
    meta = roles(table.columns, _ROLES)
    return Shape(
        columns=table.columns,
        questions={column: text for column, text in questions.items() if column not in _META},
        matrices={c: question for c, question in rows.items() if several[question] > 1},
        meta=meta,
        ignored={
            column: "about the answering"
            for column in table.columns
            if column in _META and column not in meta.values()
        },
        header_rows=header_rows,
        preview=("Status", _PREVIEW) if "Status" in table.columns else None,
        unfinished=("Finished", _UNFINISHED) if "Finished" in table.columns else None,
    )
