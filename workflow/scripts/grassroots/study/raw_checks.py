"""Whether a raw file fits its codebook: checked before the first job, and then remembered.

The memory lies under .snakemake/checked/ and holds fault records only, never an answer: a value
that a fault quotes has passed the test for personal data.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grassroots.intake.mapping import Problem, map_responses
from grassroots.intake.plan import mapping_plan
from grassroots.intake.reading import RawTable, UnreadableFile, read_raw
from grassroots.study.codebook import Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name, quoted
from grassroots.study.instrument import Instrument
from grassroots.study.protocol import Protocol

MEMORY = ".snakemake/checked"
GRASSROOTS = Path(__file__).parents[1]


def raw_faults(
    root: Path,
    name: str,
    document: Document[Codebook],
    protocol: Protocol,
    instruments: Mapping[str, Instrument],
) -> list[Fault]:
    """All that is wrong in the raw file of one dataset, as its codebook reads it."""
    folder = root / "data" / "raw" / name
    path = folder / document.model.file
    if not path.is_file():
        beside = sorted(p.name for p in folder.iterdir() if p.is_file())
        near = nearest_name(document.model.file, beside)
        return [
            document.fault(
                "S101", ("file",), near, f"file: {near}" if near else "", file=document.model.file
            )
        ]
    plan = mapping_plan(document.model, instruments)
    memory = root / MEMORY / f"{name}.json"
    key = _memory_key(path, document.text, plan)
    known = _remembered(memory, key)
    if known is not None:
        return known
    faults = _check(path, f"data/raw/{name}/{path.name}", document, plan)
    _remember(memory, key, faults)
    return faults


def _check(
    path: Path, shown: str, document: Document[Codebook], plan: Mapping[str, Any]
) -> list[Fault]:
    try:
        raw = read_raw(path, document.model.format, document.model.encoding)
    except UnreadableFile as error:
        return [Fault("S102", shown, words={"detail": error.detail})]
    if not raw.row_numbers:
        return [Fault("D203", shown)]
    _, problems = map_responses(raw, plan)
    return [_fault(problem, raw, shown, document, plan) for problem in problems]


def _fault(
    problem: Problem,
    raw: RawTable,
    shown: str,
    document: Document[Codebook],
    plan: Mapping[str, Any],
) -> Fault:
    path = _place(document.model, problem.name, plan)
    if problem.kind in ("no_column", "repeated_column"):
        near = nearest_name(problem.column, raw.columns)
        masked = quoted(near) if near else ""
        where = f"{masked} (column {raw.columns.index(near) + 1})" if near else ""
        edit = ""
        if near and masked == f'"{near}"':
            edit = f"- {masked}" if "items" in path else f"{path[-1]}: {masked}"
        code = "S104" if problem.kind == "no_column" else "S103"
        return document.fault(
            code,
            path,
            where,
            edit if code == "S104" else "",
            column=quoted(problem.column),
            file=shown,
        )
    words = {
        "count": str(len(problem.rows)),
        "rows": ", ".join(map(str, problem.rows[:8])) + (" …" if len(problem.rows) > 8 else ""),
        "values": ", ".join(quoted(value) for value in problem.values[:8]),
    }
    if problem.kind == "unknown":
        each = zip(problem.values, problem.counts, strict=True)
        shown_values = [f"{quoted(value)} ({count}×)" for value, count in each]
        words["values"] = ", ".join(shown_values[:8]) + (" …" if len(shown_values) > 8 else "")
    if problem.kind == "nobody_passes":
        return document.fault("D205", path, column=quoted(problem.column), values=words["values"])
    place = f"column {quoted(problem.column)}"
    if problem.kind == "personal":
        return Fault("D204", shown, where=place, words=words)
    if problem.kind == "unknown":
        return Fault("D202", shown, where=place, words=words)
    part = plan["items"][problem.name]
    words |= {"low": f"{part['min']:g}", "high": f"{part['max']:g}"}
    edit = f"missing_codes: [{', '.join(problem.values[:8])}]"
    return Fault("D201", shown, where=place, words=words, edit=edit)


def _place(codebook: Codebook, name: str, plan: Mapping[str, Any]) -> tuple[str | int, ...]:
    """Where the codebook names the column of a variable, of an item or about the answering."""
    if name.startswith("meta/"):
        path = tuple(int(part) if part.isdecimal() else part for part in name.split("/"))
        return (*path, "column") if path[1] in ("consent", "attention_checks") else path
    if name in plan["background"]:
        return ("background", name, "column")
    position = list(plan["items"]).index(name)
    for scale, part in codebook.scales.items():
        if position < len(part.items):
            return ("scales", scale, "items", position)
        position -= len(part.items)
    raise KeyError(name)


def _memory_key(path: Path, codebook: str, plan: Mapping[str, Any]) -> str:
    digest = hashlib.sha256()
    for file in (
        path,
        *sorted(GRASSROOTS.glob("intake/*.py")),
        *sorted(GRASSROOTS.glob("study/*.py")),
    ):
        stat = file.stat()
        digest.update(f"{file.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    digest.update(codebook.encode())
    digest.update(json.dumps(plan).encode())
    return digest.hexdigest()


def _remembered(memory: Path, key: str) -> list[Fault] | None:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
        return [Fault(**fault) for fault in known["faults"]] if known["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remember(memory: Path, key: str, faults: list[Fault]) -> None:
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        part = memory.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps({"key": key, "faults": [asdict(f) for f in faults]}))
        part.replace(memory)
    except OSError:
        # A folder that cannot be written only costs the next run a second look.
        return
