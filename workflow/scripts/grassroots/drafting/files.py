"""The files of a draft: which is the raw file, what is read, and what is never written over."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grassroots.intake.pair import recognise_pair
from grassroots.intake.reading import UnreadableFile
from grassroots.intake.recognition import Export, recognise
from grassroots.study.config import Config
from grassroots.study.documents import PLACEHOLDER, absent, read_document
from grassroots.study.faults import NOTHING, Fault, nearest_name
from grassroots.study.instrument import Instrument
from grassroots.study.instrument_checks import instrument_faults
from grassroots.study.protocol import Protocol

RAW_ENDINGS = {".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt", ".sav", ".zsav"}
# Beside a raw file, but no raw file.
NOT_RAW = {"interviews.csv"}
# The column that both exports of one survey have.
JOINED_ON = "序号"
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")


class CannotDraft(Exception):
    """What keeps a draft from being made, in faults that say how to mend it."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = list(faults)
        super().__init__(", ".join(fault.code for fault in faults))


@dataclass(frozen=True)
class Design:
    """A protocol and its instruments."""

    name: str
    protocol: Protocol
    instruments: Mapping[str, Instrument]


def checked_name(name: str, kind: str) -> str:
    """A name for a folder or file of the study. Raises CannotDraft."""
    if NAME.fullmatch(name):
        return name
    proposed = re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_0123456789").lower()
    edit = f"{kind}={proposed}" if NAME.fullmatch(proposed) else ""
    raise CannotDraft(Fault("N103", "make", where=kind, words={"name": name}, edit=edit))


def language(root: Path) -> str:
    """The language of messages: the first of config.yaml, or English if it cannot be read."""
    document, _ = read_document(root, "config.yaml", Config)
    return document.model.languages[0] if document else "en"


def raw_files(root: Path, city: str, named: str, again: str) -> list[Path]:
    """The raw file in the folder of a city, the one that is named, or the two of one survey.

    `again` is the command to repeat with FILE=. Raises CannotDraft.
    """
    folder = root / "data" / "raw" / city
    shown = f"data/raw/{city}/"
    if not folder.is_dir():
        others = [path.name for path in folder.parent.iterdir() if path.is_dir()]
        raise CannotDraft(Fault("N101", shown, nearest=nearest_name(city, others)))
    found = sorted(
        path for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in RAW_ENDINGS and path.name not in NOT_RAW
        and not path.name.startswith((".", "~$"))
    )  # fmt: skip
    if named:
        chosen = folder / Path(named).name
        if chosen.is_file():
            return [chosen]
        raise CannotDraft(absent(root, shown + Path(named).name))
    if not found:
        raise CannotDraft(Fault("N101", shown))
    if len(found) == 1 or _is_pair(found):
        return found
    words = {"files": ", ".join(path.name for path in found)}
    edit = f'{again} FILE="{found[0].name}"'
    raise CannotDraft(Fault("N102", shown, words=words, edit=edit))


def _is_pair(found: list[Path]) -> bool:
    """Whether two files are the exports by text and by number of one Wenjuanxing survey."""
    if len(found) != 2:
        return False
    try:
        # Numbers in the one are codes of words in the other.
        return bool(recognise_pair(found[0], found[1], JOINED_ON).labels)
    except UnreadableFile:
        return False


def recognised(root: Path, paths: list[Path]) -> Export:
    """What the raw file is, or its two files joined. Raises CannotDraft."""
    path = paths[0]
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        export = recognise(path) if len(paths) == 1 else recognise_pair(path, paths[1], JOINED_ON)
    except UnreadableFile as error:
        raise CannotDraft(
            Fault(error.code, shown, words=error.words, phrases=error.phrases)
        ) from error
    if not export.raw.row_numbers:
        raise CannotDraft(Fault("D203", shown))
    return export


def design(root: Path, name: str) -> Design:
    """The protocol of this name and its instruments. Raises CannotDraft with all their faults."""
    existing = sorted(path.stem for path in (root / "protocols").glob("*.yaml"))
    if name not in existing:
        near = nearest_name(name, existing)
        words = {"protocol": name, "existing": ", ".join(existing) or NOTHING}
        edit = f"PROTOCOL={near}" if near else ""
        raise CannotDraft(Fault("C101", "make", None, "PROTOCOL", words, near, edit))
    document, faults = read_document(root, f"protocols/{name}.yaml", Protocol)
    instruments: dict[str, Instrument] = {}
    for each in document.model.instruments if document else []:
        file = f"protocols/instruments/{each}.yaml"
        found, more = read_document(root, file, Instrument)
        faults += more
        if found is not None:
            faults += instrument_faults(found)
            instruments[each] = found.model
    # A placeholder in a title keeps nobody from drafting a codebook.
    serious = [fault for fault in faults if fault.code != "F111"]
    if serious or document is None:
        raise CannotDraft(*serious)
    return Design(name, document.model, instruments)


def write_new(path: Path, text: str) -> None:
    """Write a file that does not exist, whole or not at all. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    finally:
        part.unlink()


def replace_text(path: Path, text: str) -> None:
    """Write a file anew, whole or not at all, line ends as they are in the text."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(text.encode("utf-8"))
    part.replace(path)


def placeholders(*texts: str) -> int:
    """How many placeholders stand in drafted files."""
    return sum(len(re.findall(rf"(?:: |- |\[){PLACEHOLDER}\b", text)) for text in texts)
