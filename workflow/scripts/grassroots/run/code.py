"""A digest of the code that a rule runs: its script and every module of grassroots it imports.

Snakemake sees an edit in a script and not in a module that the script imports, and it sees a
comment as well as a computation. This digest is taken over the syntax trees, docstrings left
out, and over the lock file: a comment changes nothing, a function body or a package's version
does.
"""

import ast
import contextlib
import functools
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

SCRIPTS = Path(__file__).parents[2]
LOCK = SCRIPTS.parents[1] / "envs" / "requirements.txt"

_DOCUMENTED = {ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef}

# path: [size and time of change, digest, imported names]
_known: dict[str, list] = {}
# rule: its digest, for as long as no file at all has changed
_rules: dict[str, str] = {}


def code_digest(rule: str) -> str:
    """The digest, in hexadecimal, of what `rule` runs; FileNotFoundError if it has no script."""
    if rule not in _rules:
        _rules[rule] = _digest_anew(rule)
    return _rules[rule]


def _digest_anew(rule: str) -> str:
    script = SCRIPTS / f"{rule}.py"
    digest = hashlib.sha256(_lock_digest())
    for path in sorted(imported_modules(script)):
        digest.update(f"{path.relative_to(SCRIPTS)} {_tree(path).digest}\n".encode())
    return digest.hexdigest()


def imported_modules(script: Path) -> set[Path]:
    """The script and all modules of grassroots that it imports, found by following the imports.

    An import counts wherever it stands, also inside a function; importing a module counts its
    packages' `__init__` too, as Python runs them.
    """
    found: set[Path] = set()
    waiting = [script]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        waiting += _tree(path).imports
    return found


class _Tree(NamedTuple):
    """What a file holds for the digest: that of its syntax tree, and the names that it imports."""

    digest: str
    names: list[str]

    @property
    def imports(self) -> list[Path]:
        return [file for name in self.names for file in _files(name)]


@functools.cache
def _tree(path: Path) -> _Tree:
    stat = path.stat()
    stamp = f"{stat.st_size} {stat.st_mtime_ns}"
    if _known.get(str(path), [""])[0] != stamp:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told: list[str] = []
        names: list[str] = []
        _tell(tree, told, names)
        digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
        _known[str(path)] = [stamp, digest, names]
    _, digest, names = _known[str(path)]
    return _Tree(digest, names)


def recall_digests(memory: Path) -> None:
    """Take up what an earlier run found out about files that have not changed since.

    Parsing every module takes half a second, and following the imports of every rule a twentieth
    of a run with nothing to do. A memory that cannot be read is no memory.
    """
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        memorised = json.loads(memory.read_text(encoding="utf-8"))
        _known.update(memorised["files"])
        if memorised["all"] == _stamp_of_all():
            _rules.update(memorised["rules"])


def remember_digests(memory: Path) -> None:
    """Keep what is known of the files for the next run; where nothing can be written, do not."""
    with contextlib.suppress(OSError):
        text = json.dumps({"all": _stamp_of_all(), "rules": _rules, "files": _known})
        if not memory.is_file() or memory.read_text(encoding="utf-8") != text:
            memory.parent.mkdir(parents=True, exist_ok=True)
            part = memory.with_suffix(f".{os.getpid()}")
            part.write_text(text, encoding="utf-8")
            part.replace(memory)


@functools.cache
def _stamp_of_all() -> str:
    """Names, sizes and times of change of every module, and the lock file's content.

    As they were when this process began: what changes after that is the next run's matter.
    """
    digest = hashlib.sha256(_lock_digest())
    waiting = [str(SCRIPTS)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda each: each.path):
                if entry.is_dir():
                    waiting.append(entry.path)
                elif entry.name.endswith(".py"):
                    stat = entry.stat()
                    digest.update(f"{entry.path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@functools.cache
def _lock_digest() -> bytes:
    return hashlib.sha256(LOCK.read_bytes()).digest()


def _tell(node: ast.AST, told: list[str], names: list[str]) -> None:
    """Add a line for each part of a syntax tree, and the names of grassroots that it imports."""
    kind = type(node)
    if kind in _DOCUMENTED:
        _drop_docstring(node)
    elif kind is ast.Import:
        names += _own(alias.name for alias in node.names)
    elif kind is ast.ImportFrom and node.module and not node.level:
        names += _own([node.module, *(f"{node.module}.{alias.name}" for alias in node.names)])
    told.append(kind.__name__)
    for field in kind._fields:
        if field == "ctx":  # follows from the place
            continue
        value = getattr(node, field, None)
        parts = value if type(value) is list else (value,)
        if parts is value:
            told.append(f"{len(parts)} of them")
        for part in parts:
            if isinstance(part, ast.AST):
                _tell(part, told, names)
            else:
                told.append(repr(part))


def _own(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.split(".")[0] == "grassroots"]


@functools.cache
def _files(name: str) -> list[Path]:
    """The files that importing `name` runs: each package on the way, and the module."""
    files: list[Path] = []
    place = SCRIPTS
    for part in name.split("."):
        place = place / part
        for file in (place / "__init__.py", place.with_suffix(".py")):
            if file.is_file():
                files.append(file)
    return files


def _drop_docstring(
    node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef,
) -> None:
    first = node.body[0] if node.body else None
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        node.body = node.body[1:]
