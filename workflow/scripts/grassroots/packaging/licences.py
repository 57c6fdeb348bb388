"""docs/licences.md: the packages of all lock files and their licences, from what is installed.

    make licences

A test holds the page in step with the lock files.
"""

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, PathDistribution, distribution
from pathlib import Path

from grassroots.packaging.papers import filled

ROOT = Path(__file__).parents[4]
# Lock file: what needs it; a package of several belongs to the first.
LOCKS = {
    "requirements.txt": "study",
    "requirements-test.txt": "tests",
    "requirements-slurm.txt": "Slurm",
}
PAGE = ROOT / "docs" / "licences.md"
TEMPLATE = Path("report", "package", "licences.md.j2")

# Installed only on Windows, where this workflow runs by WSL, and where a cluster has Slurm.
NOT_INSTALLED = {
    "colorama": "BSD-3-Clause",
    "pyreadline3": "BSD",
    "snakemake-executor-plugin-slurm": "MIT",
    "snakemake-executor-plugin-slurm-jobstep": "MIT",
}
_ENTRY = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)[^\n]*\n((?:[ ]+[^\n]*\n?)*)", re.M)
_COPYLEFT = re.compile(r"\b(A|L)?GPL|General Public Licen[cs]e")
_EXCEPTION = re.compile(
    r"GPL-3\.0(-or-later)?-with-GCC-exception|GCC Runtime Library Exception", re.I
)
# Words of classifiers and of older fields, as SPDX has them.
_SPDX = {
    "2-clause BSD": "BSD-2-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD License": "BSD",
    "GNU General Public License (GPL)": "GPL",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF",
}


@dataclass(frozen=True)
class Locked:
    """One entry of a lock file; several of one name are for several versions of Python."""

    name: str
    version: str
    hashes: int


def locked(text: str) -> list[Locked]:
    """The entries of a lock file, in its order."""
    return [
        Locked(name, version, rest.count("--hash=sha256:"))
        for name, version, rest in _ENTRY.findall(text)
    ]


def licence(name: str) -> str:
    """The licence of an installed package, by what it says of itself; empty if it says nothing.

    In this order: the SPDX expression, a licence field of one line, classifiers, the licence file.
    """
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return NOT_INSTALLED.get(name, "")
    about = found.metadata
    field = (about.get("License") or "").strip()
    classifiers = [
        entry.rsplit(" :: ", 1)[-1]
        for entry in about.get_all("Classifier") or []
        if entry.startswith("License :: ") and not entry.endswith("OSI Approved")
    ]
    if about.get("License-Expression"):
        return about["License-Expression"]
    if field and len(field) <= 40 and "\n" not in field:
        return _SPDX.get(field, field)
    if classifiers:
        return ", ".join(_SPDX.get(each, each) for each in classifiers)
    return _of_texts(licence_texts(found))


def licence_texts(found: PathDistribution) -> str:
    """The licence files that came with a package, one after the other."""
    named = [
        Path(str(file.locate()))
        for file in found.files or []
        if re.search(r"licen[cs]e|copying", file.name, re.I) and file.suffix not in {".py", ".pyc"}
    ]
    return "\n".join(p.read_text("utf-8", "replace") for p in named if p.is_file())


def _of_texts(texts: str) -> str:
    """The licence by the words that only its text has."""
    if "Permission is hereby granted, free of charge" in texts:
        return "MIT"
    return "BSD" if "Redistribution and use in source and binary forms" in texts else ""


def with_runtime_exception(names: list[str]) -> list[str]:
    """Packages whose licence files say that parts of GCC's runtime libraries come with them."""
    found = []
    for name in names:
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        if _EXCEPTION.search(licence_texts(package) + (package.metadata.get("License") or "")):
            found.append(name)
    return found


def packages(root: Path) -> dict[str, tuple[list[str], str]]:
    """Name: its locked versions, and what needs it; sorted by name."""
    found: dict[str, tuple[list[str], str]] = {}
    for file, use in LOCKS.items():
        for each in locked((root / "envs" / file).read_text(encoding="utf-8")):
            versions, _ = found.setdefault(each.name, ([], use))
            if each.version not in versions:
                versions.append(each.version)
    return dict(sorted(found.items()))


def page(root: Path) -> str:
    """The text of docs/licences.md."""
    every = packages(root)
    licences = {name: licence(name) for name in every}
    values = {
        "packages": every,
        "licences": licences,
        "copyleft": [name for name in every if _COPYLEFT.search(licences[name])],
        "runtime": with_runtime_exception(list(every)),
    }
    return filled((root / TEMPLATE).read_text(encoding="utf-8"), values)


if __name__ == "__main__":
    PAGE.write_text(page(ROOT), encoding="utf-8", newline="\n")
