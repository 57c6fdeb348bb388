"""The texts that the page and the figures are made of, told apart by the endings of their names.

The rules say what goes in; in which order, and under which name of an input, does not matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath


@dataclass
class Inputs:
    """Texts by name: `cfa_fit` for tables, `loadings.en` for figures, `en` for catalogues."""

    tables: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    catalogues: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    numbers: str = ""
    style: str = ""
    script: str = ""


def by_kind(texts: Mapping[str, str]) -> Inputs:
    """`texts` by the paths that they were read from; other kinds of files are passed over."""
    given = Inputs()
    for path, text in texts.items():
        name = PurePath(path)
        match name.suffix:
            case ".csv":
                given.tables[name.stem] = text
            case ".svg":
                given.figures[name.stem] = text
            case ".yaml":
                given.catalogues[name.stem] = text
            case ".j2":
                given.templates[name.name] = text
            case ".json":
                given.numbers = text
            case ".css":
                given.style = text
            case ".js":
                given.script += text
    return given


def tables_by_dataset(texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Dataset: table: text, for tables from results/<dataset>/<folder>/<table>.csv."""
    found: dict[str, dict[str, str]] = {}
    for path, text in texts.items():
        name = PurePath(path)
        if name.suffix == ".csv":
            found.setdefault(name.parents[1].name, {})[name.stem] = text
    return found
