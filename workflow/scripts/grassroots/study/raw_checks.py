"""Whether a raw file fits its codebook: checked before the first job, and then remembered.

The memory lies under .snakemake/checked/ and holds what was recognised and fault records, never an
answer: a value that a fault quotes has passed the test for personal data.
"""

import datetime
import functools
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from grassroots.intake.mapping import map_responses
from grassroots.intake.pair import read_export
from grassroots.intake.plan import mapping_plan
from grassroots.intake.reading import UnreadableFile
from grassroots.study.answer_faults import answer_faults
from grassroots.study.codebook import Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import Fault
from grassroots.study.file_checks import place_faults
from grassroots.study.instrument import Instrument
from grassroots.study.plausibility import implausible
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
    """Read the raw file of one dataset as its codebook says, or recall what was found then.

    Dates to come are recalled on the same day only: one day they have come.
    """
    folder = root / "data" / "raw" / name
    declared = {"file": document.model.file, "second_file": document.model.second_file}
    files = {key: folder / file for key, file in declared.items() if file}
    lying = [fault for key, file in files.items() for fault in place_faults(document, file, (key,))]
    if lying:
        return RawCheck(lying)
    plan = mapping_plan(document.model, instruments)
    reading = {
        "format": document.model.format,
        "encoding": document.model.encoding,
        "joined_on": document.model.joined_on,
        "keep_unfinished": document.model.unfinished == "keep",
    }
    memory = root / MEMORY / f"{name}.json"
    rules = repr({"screening": protocol.screening, "background": protocol.background})
    key = _memory_key(list(files.values()), document.text, plan, rules)
    known = _remembered(memory, key)
    if known is not None:
        return known
    shown = f"data/raw/{name}/{document.model.file}"
    found = _check(list(files.values()), shown, document, protocol, {**reading, **plan})
    _remember(memory, key, found)
    return found


def _check(
    files: list[Path],
    shown: str,
    document: Document[Codebook],
    protocol: Protocol,
    plan: Mapping[str, Any],
) -> RawCheck:
    try:
        export = read_export(files, plan)
    except UnreadableFile as error:
        place = shown.rpartition("/")[0] + f"/{error.file}" if error.file else shown
        return RawCheck([Fault(error.code, place, words=error.words, phrases=error.phrases)])
    recognised = {"file": shown, **export.record()}
    if not export.raw.row_numbers:
        return RawCheck([Fault("D203", shown)], recognised, fresh=True)
    responses, problems = map_responses(export.raw, plan)
    if problems:
        faults = answer_faults(problems, export, shown, document, plan)
    else:
        faults = implausible(responses, document, protocol, shown)
    return RawCheck(faults, recognised, fresh=True)


def _memory_key(files: list[Path], codebook: str, plan: Mapping[str, Any], rules: str) -> str:
    """A digest of all that the faults depend on: contents, for times of change can be set."""
    digest = hashlib.sha256(_code().encode())
    for file in files:
        digest.update(f"{file.name} {_sha256(file)}\n".encode())
    digest.update(codebook.encode())
    digest.update(json.dumps(plan).encode())
    digest.update(rules.encode())
    return digest.hexdigest()


@functools.cache
def _code() -> str:
    """The modules that read and check, as they were when this process began."""
    files = [*sorted(GRASSROOTS.glob("intake/*.py")), *sorted(GRASSROOTS.glob("study/*.py"))]
    return " ".join(f"{file.name} {_sha256(file)}" for file in files)


def _sha256(file: Path) -> str:
    """Empty if the file cannot be read: then there is a fault until it can."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _remembered(memory: Path, key: str) -> RawCheck | None:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
        if known["key"] != key or known["day"] not in ("", _today()):
            return None
        return RawCheck([Fault(**fault) for fault in known["faults"]], dict(known["recognised"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _today() -> str:
    return datetime.date.today().isoformat()


def _remember(memory: Path, key: str, found: RawCheck) -> None:
    known = {
        "key": key,
        "day": _today() if any(fault.code == "D208" for fault in found.faults) else "",
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
