"""The texts that the page and the figures are made of, told apart by the endings of their names.

The rules say what goes in; in which order, and under which name of an input, does not matter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath


@dataclass
class Inputs:
    """Texts by name: `cfa_fit` for tables, `loadings.en` for figures, `en` for catalogues.

    `references` is the text of what can be cited.
    """

    tables: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    catalogues: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    numbers: str = ""
    checklists: dict[str, str] = field(default_factory=dict)
    references: str = ""
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
                _keep_words(given, name, text)
            case ".j2":
                given.templates[name.name] = text
            case ".json":
                given.numbers = text
            case ".css":
                given.style = compact(text)
            case ".js":
                given.script += compact(text)
    return given


def _keep_words(given: Inputs, name: PurePath, text: str) -> None:
    """A catalogue of a language, a checklist, or the works that can be cited."""
    if name.stem == "references":
        given.references = text
    elif name.parent.name == "checklists":
        given.checklists[name.stem] = text
    else:
        given.catalogues[name.stem] = text


def compact(source: str) -> str:
    """A script or stylesheet without indentation and without lines that are comment alone.

    The page carries it whole, and what explains it is for those who read the source.
    """
    bare = re.sub(r"^\s*/\*.*?\*/[ \t]*$", "", source, flags=re.S | re.M)
    lines = (line.strip() for line in bare.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def tables_by_dataset(texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Dataset: table: text, for tables from results/<dataset>/<folder>/<table>.csv."""
    found: dict[str, dict[str, str]] = {}
    for path, text in texts.items():
        name = PurePath(path)
        if name.suffix == ".csv":
            found.setdefault(name.parents[1].name, {})[name.stem] = text
    return found
