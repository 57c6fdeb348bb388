"""A digest of the code that a rule runs: its script and every module of grassroots it imports.

Snakemake sees an edit in a script and not in a module that the script imports, and it sees a
comment as well as a computation. This digest is taken over the syntax trees, docstrings left
out, and over the lock file: a comment changes nothing, a function body or a package's version
does.
"""

import ast
import functools
import hashlib
from pathlib import Path

SCRIPTS = Path(__file__).parents[2]
LOCK = SCRIPTS.parents[1] / "envs" / "requirements.txt"


def code_digest(rule: str) -> str:
    """The digest, in hexadecimal, of what `rule` runs; FileNotFoundError if it has no script."""
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


class _Tree:
    """What a file holds for the digest."""

    def __init__(self, path: Path) -> None:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self.imports = [file for name in _imported_names(tree) for file in _files(name)]
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                _drop_docstring(node)
        self.digest = hashlib.sha256(ast.dump(tree).encode()).hexdigest()


@functools.cache
def _tree(path: Path) -> _Tree:
    return _Tree(path)


@functools.cache
def _lock_digest() -> bytes:
    return hashlib.sha256(LOCK.read_bytes()).digest()


def _imported_names(tree: ast.Module) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in names if name.split(".")[0] == "grassroots"]


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
