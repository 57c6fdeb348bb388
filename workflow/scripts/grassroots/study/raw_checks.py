"""Whether a raw file fits its codebook: checked before the first job, and then remembered.

The memory lies under .snakemake/checked/ and holds what was recognised and fault records, never an
answer: a value that a fault quotes has passed the test for personal data.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from grassroots.intake.export import Export
from grassroots.intake.mapping import Problem, map_responses
from grassroots.intake.pair import read_export
from grassroots.intake.plan import mapping_plan
from grassroots.intake.reading import UnreadableFile
from grassroots.study.codebook import Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name, quoted
from grassroots.study.instrument import Instrument
from grassroots.study.protocol import Protocol

MEMORY = ".snakemake/checked"
GRASSROOTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class RawCheck:
    """What was recognised of a raw file, and all that is wrong in it.

    `recognised` is empty if the file cannot be read; `fresh` says that it was read just now.
    """

    faults: list[Fault]
    recognised: dict[str, str] = field(default_factory=dict)
    fresh: bool = False


def check_raw(
    root: Path,
    name: str,
    document: Document[Codebook],
    protocol: Protocol,
    instruments: Mapping[str, Instrument],
) -> RawCheck:
    """Read the raw file of one dataset as its codebook says, or recall what was found then."""
    folder = root / "data" / "raw" / name
    declared = {"file": document.model.file, "second_file": document.model.second_file}
    files = {key: folder / file for key, file in declared.items() if file}
    missing = [_no_file(document, key, path) for key, path in files.items() if not path.is_file()]
    if missing:
        return RawCheck(missing)
    plan = mapping_plan(document.model, instruments)
    reading = {
        "format": document.model.format,
        "encoding": document.model.encoding,
        "joined_on": document.model.joined_on,
        "keep_unfinished": document.model.unfinished == "keep",
    }
    memory = root / MEMORY / f"{name}.json"
    key = _memory_key(list(files.values()), document.text, plan)
    known = _remembered(memory, key)
    if known is not None:
        return known
    shown = f"data/raw/{name}/{document.model.file}"
    found = _check(list(files.values()), shown, document, {**reading, **plan})
    _remember(memory, key, found)
    return found


def _no_file(document: Document[Codebook], key: str, path: Path) -> Fault:
    beside = sorted(p.name for p in path.parent.iterdir() if p.is_file())
    near = nearest_name(path.name, beside)
    return document.fault("S101", (key,), near, f"{key}: {near}" if near else "", file=path.name)


def _check(
    files: list[Path], shown: str, document: Document[Codebook], plan: Mapping[str, Any]
) -> RawCheck:
    try:
        export = read_export(files, plan)
    except UnreadableFile as error:
        place = shown.rpartition("/")[0] + f"/{error.file}" if error.file else shown
        return RawCheck([Fault(error.code, place, words=error.words)])
    recognised = {"file": shown, **export.record()}
    if not export.raw.row_numbers:
        return RawCheck([Fault("D203", shown)], recognised, fresh=True)
    _, problems = map_responses(export.raw, plan)
    faults = [_fault(problem, export, shown, document, plan) for problem in problems]
    return RawCheck(faults, recognised, fresh=True)


def _fault(
    problem: Problem,
    export: Export,
    shown: str,
    document: Document[Codebook],
    plan: Mapping[str, Any],
) -> Fault:
    path = _place(document.model, problem.name, plan)
    columns = export.raw.columns
    repeated = f"{problem.column} (1)"
    if problem.kind == "no_column" and repeated in columns:
        return document.fault("S103", path, repeated, column=quoted(problem.column), file=shown)
    if problem.kind == "unknown" and problem.column in export.options:
        own = [quoted(column) for column in export.options[problem.column].values()]
        words = {"column": quoted(problem.column), "options": ", ".join(own[:6])}
        return document.fault("S129", path, "", f"column: {own[0]}", **words)
    if problem.kind in ("no_column", "repeated_column"):
        near = nearest_name(problem.column, _headers(export, problem.column))
        masked = quoted(near) if near else ""
        where = f"{masked} (column {columns.index(near) + 1})" if near else ""
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


def _headers(export: Export, wanted: str) -> list[str]:
    """The headers that a message may show.

    The columns of options are called by what stands in cells: they are shown only to somebody who
    asks for an option of the same question.
    """
    hidden = {
        header
        for column, options in export.options.items()
        if not wanted.startswith(column)
        for header in options.values()
    }
    return [column for column in export.raw.columns if column not in hidden]


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


def _memory_key(files: list[Path], codebook: str, plan: Mapping[str, Any]) -> str:
    digest = hashlib.sha256()
    for file in (
        *files,
        *sorted(GRASSROOTS.glob("intake/*.py")),
        *sorted(GRASSROOTS.glob("study/*.py")),
    ):
        stat = file.stat()
        digest.update(f"{file.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    digest.update(codebook.encode())
    digest.update(json.dumps(plan).encode())
    return digest.hexdigest()


def _remembered(memory: Path, key: str) -> RawCheck | None:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
        if known["key"] != key:
            return None
        return RawCheck([Fault(**fault) for fault in known["faults"]], dict(known["recognised"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remember(memory: Path, key: str, found: RawCheck) -> None:
    known = {
        "key": key,
        "recognised": found.recognised,
        "faults": [asdict(fault) for fault in found.faults],
    }
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        part = memory.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(known))
        part.replace(memory)
    except OSError:
        # A folder that cannot be written only costs the next run a second look.
        return
