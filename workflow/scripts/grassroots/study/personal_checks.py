"""What a codebook may not name: columns of personal data, and names that are personal data.

Whatever a codebook names stands among the params that Snakemake remembers of every job.
"""

from collections.abc import Iterator

from grassroots.intake.personal import looks_personal, said_by_header
from grassroots.study.codebook import Check, Code, Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, kind_key, quoted
from grassroots.study.yaml_source import Path


def personal_faults(document: Document[Codebook]) -> list[Fault]:
    """Columns that hold personal data by their header; headers, codes, files that look personal."""
    faults: list[Fault] = []
    codebook = document.model
    files: dict[Path, str] = {("file",): codebook.file}
    if codebook.interviews:
        files["interviews", "file"] = codebook.interviews.file
    for path, name in files.items():
        if looks_personal(name):
            faults.append(document.fault("S161", path, value=quoted(name)))
    for path, header in _columns(codebook):
        kind = said_by_header(header)
        if kind and (path[0] != "meta" or "column" in path):
            named = {"kind": kind_key(kind)}
            faults.append(document.fault("S160", path, phrases=named, column=quoted(header)))
        if looks_personal(header):
            faults.append(document.fault("S161", path, value=quoted(header)))
    for path, code in _codes(codebook):
        if looks_personal(str(code)):
            faults.append(document.fault("S109", path, value=quoted(code)))
    return faults


def _columns(codebook: Codebook) -> Iterator[tuple[Path, str]]:
    """Every column that the codebook maps, and where it says so."""
    meta = codebook.meta
    for name in ("duration", "submitted", "address"):
        if header := getattr(meta, name):
            yield ("meta", name), header
    for path, check in _checks(codebook):
        yield (*path, "column"), check.column
    for name, part in codebook.background.items():
        yield ("background", name, "column"), part.column
    for scale, part in codebook.scales.items():
        for index, header in enumerate(part.items):
            yield ("scales", scale, "items", index), header


def _codes(codebook: Codebook) -> Iterator[tuple[Path, Code]]:
    """Every raw value that the codebook names, and where it does."""
    for path, check in _checks(codebook):
        yield from (((*path, "expected", n), code) for n, code in enumerate(check.expected))
    for name, part in codebook.background.items():
        yield from ((("background", name, "levels", value), value) for value in part.levels)
    for block, parts in (("background", codebook.background), ("scales", codebook.scales)):
        for name, part in parts.items():
            path = (block, name, "missing_codes")
            yield from (((*path, index), code) for index, code in enumerate(part.missing_codes))


def _checks(codebook: Codebook) -> Iterator[tuple[Path, Check]]:
    """The questions with a right answer."""
    if codebook.meta.consent:
        yield ("meta", "consent"), codebook.meta.consent
    for index, check in enumerate(codebook.meta.attention_checks):
        yield ("meta", "attention_checks", index), check
