"""What may go into the package, named one by one: nothing else does, whatever lies beside it."""

from collections.abc import Collection, Iterable
from pathlib import Path

# Single files at the top, and folders with the endings that are code or its documents there. No
# ending of a raw file is among them, so that an export that lies in the wrong place stays where it
# is; docs/proofs/ holds simulated numbers.
TOP = (
    "CHANGELOG.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "README.zh.md",
    "Snakefile",
    "config.yaml",
    "pyproject.toml",
)
FOLDERS = {
    "config": {".md"},
    "docs": {".md", ".png"},
    "docs/proofs": {".csv"},
    "envs": {".in", ".txt", ".yaml"},
    "expected": {".json"},
    "profiles": {".yaml", ".md"},
    "protocols": {".yaml", ".md"},
    "report": {".css", ".j2", ".js", ".md", ".otf", ".rst", ".txt", ".yaml"},
    "workflow": {".json", ".py", ".smk", ".yaml", "Snakefile"},
}
OF_A_DATASET = ("README.md", "claims.yaml", "codebook.yaml")
ROWS = ("data/valid.parquet", "data/scores.parquet")
"""Respondents' answers as given and as scored: only for datasets that are asked for by name."""

MODELS = {".R", ".csv"}
FIGURES = {".svg", ".png", ".pdf"}


def code_files(root: Path, datasets: Iterable[str]) -> list[str]:
    """The files of the project under `root` that are code, settings or documents, sorted.

    Of each of `datasets` its codebook, its claims and its README; never a raw file.
    """
    found = {name for name in TOP if (root / name).is_file()}
    for folder, kinds in FOLDERS.items():
        for path in (root / folder).rglob("*"):
            inside = path.relative_to(root)
            hidden = any(part.startswith((".", "__pycache__")) for part in inside.parts)
            if (path.suffix or path.name) in kinds and not hidden and path.is_file():
                found.add(inside.as_posix())
    for dataset in datasets:
        folder = Path("data", "raw", dataset)
        found |= {(folder / n).as_posix() for n in OF_A_DATASET if (root / folder / n).is_file()}
    return sorted(found)


def files_within(folders: Iterable[str], kinds: Collection[str]) -> list[str]:
    """The files of these kinds in folders that a rule makes as a whole, sorted."""
    paths = (path for folder in folders for path in Path(folder).iterdir())
    return sorted(path.as_posix() for path in paths if path.suffix in kinds)
