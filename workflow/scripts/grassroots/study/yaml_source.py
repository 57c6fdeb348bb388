"""YAML read so that every value knows its line, and nothing surprises.

A narrower YAML than PyYAML's default: `no` and `on` stay words, `12:30` and `2024-01-01` stay
text, a key that stands twice is a fault, and anchors and aliases are refused (a few lines of
aliases can unfold into gigabytes, and no study file needs one).
"""

import re
from typing import Any, ClassVar

import yaml

Path = tuple[str | int, ...]
Lines = dict[Path, int]


class YamlFault(ValueError):
    """The text cannot be read; `kind` is syntax, duplicate or alias; `line` counts from 1."""

    def __init__(self, kind: str, line: int, detail: str) -> None:
        self.kind, self.line, self.detail = kind, line, detail
        super().__init__(f"line {line}: {detail}")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    yaml_implicit_resolvers: ClassVar = {}


_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"[-+]?(0|[1-9][0-9]*)$"), list("-+0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)


def load_yaml(text: str) -> tuple[Any, Lines]:
    """The document as plain Python values, and the line of each key and list element.

    `lines` maps the path of a value, such as ("scales", "burnout", "items", 4), to its line,
    counted from 1; the empty path is the document. An empty document is None.
    Raises YamlFault.
    """
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                raise YamlFault("alias", event.start_mark.line + 1, f"*{event.anchor}")
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            lines: Lines = {(): 1}
            return (None if node is None else _value(loader, node, (), lines)), lines
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "unreadable"
        if mark and any("\t" in line for line in text.splitlines()[mark.line : mark.line + 1]):
            problem = "a tab in this line; YAML wants blanks, use two of them"
        raise YamlFault("syntax", mark.line + 1 if mark else 1, problem) from error
    except yaml.YAMLError as error:
        raise YamlFault("syntax", 1, " ".join(str(error).split())) from error


def line_of(lines: Lines, path: Path) -> int:
    """The line of `path`, or of the closest thing around it that has one."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def path_text(path: Path) -> str:
    """A path as one writes it: scales.burnout.items[4]."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _value(loader: yaml.SafeLoader, node: yaml.Node, path: Path, lines: Lines) -> Any:
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            key = key if isinstance(key, str | int | float | bool) or key is None else str(key)
            line = key_node.start_mark.line + 1
            if key in mapping:
                raise YamlFault("duplicate", line, str(key))
            lines[(*path, key)] = line
            mapping[key] = _value(loader, value_node, (*path, key), lines)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        values = []
        for index, element in enumerate(node.value):
            lines[(*path, index)] = element.start_mark.line + 1
            values.append(_value(loader, element, (*path, index), lines))
        return values
    return loader.construct_object(node)
