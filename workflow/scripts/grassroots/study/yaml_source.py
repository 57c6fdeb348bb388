"""YAML read so that every value knows its line, and nothing surprises.

A narrower YAML than PyYAML's default: `no` and `on` stay words, `12:30` and `2024-01-01` stay
text, a key that stands twice is a fault, and what no study file needs is refused: anchors and
aliases (a few lines of them can unfold into gigabytes), tags (which say what to build of a value),
brackets within brackets without end, files of megabytes.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

Path = tuple[str | int, ...]
Lines = dict[Path, int]


class YamlFault(ValueError):
    """The text cannot be read.

    `kind` is syntax, duplicate, alias or tag; `line` counts from 1; `phrase` is the key of a
    sentence in workflow/messages/ that says what `detail` says, where there is one.
    """

    def __init__(self, kind: str, line: int, detail: str, phrase: str = "") -> None:
        self.kind, self.line, self.detail, self.phrase = kind, line, detail, phrase
        super().__init__(f"line {line}: {detail}")


# A study file is a few hundred lines, and its deepest value lies some eight levels down.
LARGEST = 1_000_000
_DEEPEST = 30

# What PyYAML says of a mistake: the key of a sentence that says what to look for.
_PHRASES = {
    "mapping values are not allowed": "yaml_colon",
    "could not find expected ':'": "yaml_no_colon",
    "did not find expected key": "yaml_indent",
    "did not find expected '-' indicator": "yaml_indent",
    "did not find expected ',' or": "yaml_bracket",
    "did not find expected node content": "yaml_bracket",
    "found unexpected end of stream": "yaml_quote",
    "cannot start any token": "yaml_start",
    "found unknown escape character": "yaml_escape",
    "found another document": "yaml_documents",
    "did not find expected <document start>": "yaml_documents",
    "control characters are not allowed": "yaml_control",
}


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What words and numbers without quotes are; everything else is a text.
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})$")
_NUMBER = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?$")


def load_yaml(text: str) -> tuple[Any, Lines]:
    """The document as plain Python values, and the line of each key and list element.

    `lines` maps the path of a value, such as ("scales", "burnout", "items", 4), to its line,
    counted from 1; the empty path is the document. An empty document is None.
    Raises YamlFault.
    """
    if len(text) > LARGEST:
        raise YamlFault("syntax", 1, f"more than {LARGEST} characters", "yaml_large")
    try:
        events = list(_plain_events(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "unreadable"
        phrase = _phrase(problem)
        if mark and any("\t" in line for line in text.splitlines()[mark.line : mark.line + 1]):
            phrase = "yaml_tab"
        raise YamlFault("syntax", mark.line + 1 if mark else 1, problem, phrase) from error
    except yaml.YAMLError as error:
        # The place is given in bytes.
        line = text.encode()[: getattr(error, "position", 0)].count(b"\n") + 1
        problem = " ".join(str(error).split())
        raise YamlFault("syntax", line, problem, _phrase(problem)) from error
    nodes = (event for event in events if isinstance(event, _NODES))
    lines: Lines = {(): 1}
    first = next(nodes, None)
    return (None if first is None else _value(first, nodes, (), lines)), lines


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


_NODES = (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.CollectionEndEvent)


def _plain_events(text: str) -> Iterator[yaml.Event]:
    """The events of a text, as long as they are those of one document of plain values."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise YamlFault("alias", line, f"*{event.anchor}")
        if getattr(event, "tag", None) is not None:
            raise YamlFault("tag", line, str(event.tag).replace("tag:yaml.org,2002:", "!!"))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise YamlFault("syntax", line, f"nested {depth} deep", "yaml_deep")
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise YamlFault("syntax", line, "but found another document", "yaml_documents")
        yield event


def _phrase(problem: str) -> str:
    return next((key for said, key in _PHRASES.items() if said in problem), "")


def _value(event: yaml.Event, events: Iterator[yaml.Event], path: Path, lines: Lines) -> Any:
    """What begins with this event; takes the rest of it from those that follow."""
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.MappingStartEvent):
        mapping: dict[Any, Any] = {}
        while not isinstance(key_event := next(events), yaml.MappingEndEvent):
            key = _value(key_event, events, (), {})
            key = str(key) if isinstance(key, dict | list) else key
            line = key_event.start_mark.line + 1
            if key in mapping:
                raise YamlFault("duplicate", line, str(key))
            lines[(*path, key)] = line
            mapping[key] = _value(next(events), events, (*path, key), lines)
        return mapping
    values: list[Any] = []
    while not isinstance(element := next(events), yaml.SequenceEndEvent):
        inner = (*path, len(values))
        lines[inner] = element.start_mark.line + 1
        values.append(_value(element, events, inner, lines))
    return values


def _scalar(event: yaml.ScalarEvent) -> Any:
    text = event.value
    if not event.implicit[0]:  # it is in quotes, or a block of text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-+.0123456789":
        if _INTEGER.match(text):
            return int(text)
        if _NUMBER.match(text):
            return float(text)
    return text
