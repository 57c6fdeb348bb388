"""What the papers say of each dataset, from its numbers.json and its claims."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from grassroots.study.faults import catalogue
from grassroots.verification.verdict_text import verified_text
from grassroots.verification.verified import verified

Files = Mapping[str, bytes]
Rows = list[dict[str, str]]


def packaged(
    sections: Mapping[str, Mapping[str, Any]], files: Files
) -> tuple[dict[str, dict[str, Any]], dict[str, Rows]]:
    """Dataset: its section with raw (file: sha256) and tables (table: file); and its claims."""
    datasets, claims = {}, {}
    for name, section in sections.items():
        numbers = _numbers(name, files)
        tables = {table: made["file"] for table, made in numbers["tables"].items()}
        datasets[name] = {**section, "raw": numbers["raw"], "tables": tables}
        claims[name] = _claims(name, files)
    return datasets, claims


def verified_by_language(
    sections: Mapping[str, Mapping[str, Any]],
    files: Files,
    left_out: Iterable[str],
    languages: Sequence[str],
) -> dict[str, str]:
    """Language: what `snakemake verify` says of these datasets, and of those left out."""
    results = []
    for name, section in sections.items():
        kept = files.get(f"expected/{name}.json")
        expected = json.loads(kept) if kept is not None else None
        results.append(
            verified(_numbers(name, files), expected, _claims(name, files), section["tests"])
        )
    out = list(left_out)
    return {language: verified_text(results, catalogue(language), out) for language in languages}


def _numbers(dataset: str, files: Files) -> dict[str, Any]:
    return json.loads(files[f"results/{dataset}/numbers.json"])


def _claims(dataset: str, files: Files) -> Rows:
    text = files[f"results/{dataset}/tables/claims.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))
