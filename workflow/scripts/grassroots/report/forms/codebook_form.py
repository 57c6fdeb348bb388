"""The codebook as a file: one row a variable, wording in both languages, flat for any program."""

from collections.abc import Mapping
from typing import Any

from grassroots.report.codebook import HIDDEN, Variable, background, coding, items
from grassroots.report.forms.printed import FORMULA
from grassroots.report.records import ResultTables

CODEBOOK_COLUMNS = [
    "variable", "kind", "instrument", "scale", "text_en", "text_zh", "text_shown", "lowest",
    "highest", "labels", "reversed", "n", "n_missing", "counts", "mean", "sd", "citc",
]  # fmt: skip


def codebook_rows(study: Mapping[str, Any], tables: ResultTables) -> list[dict[str, str]]:
    """The rows of the file, background variables before items.

    `counts` and `labels` list answers as `1=5; 2=34`; a count that may not be printed is x.
    """
    rows = [_row(study, one, "background", "") for one in background(study, tables)]
    for instrument, own in items(study, tables).items():
        rows += [_row(study, one, "item", instrument) for one in own]
    return rows


def _row(study: Mapping[str, Any], one: Variable, kind: str, instrument: str) -> dict[str, str]:
    names = study.get("names") or {}
    about = (study.get("instruments") or {}).get(instrument) or {}
    response = about.get("response") or {}
    labels = coding(study).get(instrument, {}).get("labels") or {
        each.level: _text(names.get(f"{one.name}={each.level}"), "en", "") for each in one.answers
    }
    counts = {each.level: HIDDEN if each.hidden else each.n for each in one.answers}
    return {
        "variable": one.name,
        "kind": kind,
        "instrument": instrument,
        "scale": one.scale,
        "text_en": _text(names.get(one.name), "en", ""),
        "text_zh": _text(names.get(one.name), "zh", ""),
        "text_shown": str(about.get("text_allowed") is not False),
        "lowest": _plain(response.get("min")) or one.described.get("min", ""),
        "highest": _plain(response.get("max")) or one.described.get("max", ""),
        "labels": _safe("; ".join(f"{level}={text}" for level, text in labels.items() if text)),
        "reversed": str(one.reversed) if kind == "item" else "",
        "n": one.missing.get("n", ""),
        "n_missing": one.missing.get("n_missing", ""),
        "counts": "; ".join(f"{level}={n}" for level, n in counts.items()),
        "mean": one.item.get("mean") or one.described.get("mean", ""),
        "sd": one.item.get("sd") or one.described.get("sd", ""),
        "citc": one.item.get("citc", ""),
    }


def _text(text: Mapping[str, str] | None, language: str, otherwise: str) -> str:
    return _safe((text or {}).get(language, otherwise))


def _safe(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
