"""One YAML file read against its model: every fault with its line, all of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from grassroots.study.expectations import wrong_value
from grassroots.study.faults import NOTHING, Fault, nearest_name, quoted, unopened
from grassroots.study.yaml_source import Lines, YamlFault, line_of, load_yaml, path_text

ModelType = TypeVar("ModelType", bound=BaseModel)

# Errors about a key that need not stand in the file: it is missing, or was given to the program.
_NOT_THERE = ("missing", "extra_forbidden")
_YAML_CODES = {"syntax": "F102", "duplicate": "F103", "alias": "F107", "tag": "F110"}
# What a draft puts where nothing could be guessed.
PLACEHOLDER = "TODO"


@dataclass(frozen=True)
class Document(Generic[ModelType]):
    """A validated file, with the lines that later faults point to."""

    file: str
    model: ModelType
    lines: Lines
    text: str

    def fault(
        self,
        code: str,
        path: tuple[str | int, ...],
        nearest: str = "",
        edit: str = "",
        phrases: Mapping[str, str] | None = None,
        **words: object,
    ) -> Fault:
        """A fault at `path` of this file; `words` and `phrases` fill the message's placeholders."""
        return Fault(
            code,
            self.file,
            line_of(self.lines, path),
            path_text(path),
            {key: str(word) for key, word in words.items()},
            nearest,
            edit,
            phrases or {},
        )


def read_document(
    root: Path, file: str, model: type[ModelType], overrides: dict[str, Any] | None = None
) -> tuple[Document[ModelType] | None, list[Fault]]:
    """The file as a Document, or None and its faults; `overrides` replace top-level values.

    A placeholder is a fault of its own, and may come beside a document: what else is wrong can
    then be told in the same breath.
    """
    path = root / file
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
        values, lines = load_yaml(text)
    except FileNotFoundError:
        return None, [absent(root, file)]
    except OSError as error:
        return None, [Fault("F109", file, **unopened(error))]
    except UnicodeDecodeError as error:
        return None, [Fault("F108", file, content[: error.start].count(b"\n") + 1)]
    except YamlFault as error:
        phrases = {"detail": error.phrase} if error.phrase else {}
        words = {"detail": error.detail}
        code = _YAML_CODES[error.kind]
        return None, [Fault(code, file, error.line, words=words, phrases=phrases)]
    if not isinstance(values, dict):
        place = {"file": file, "line": 1, "where": ""}
        return None, [wrong_value(place, {"type": "dict_type", "msg": "", "input": values})]
    unfilled = [_unfilled(file, text, lines, path) for path in _placeholders(values)]
    try:
        document = Document(file, model.model_validate(values | (overrides or {})), lines, text)
    except ValidationError as error:
        faults = [_fault(file, lines, model, detail) for detail in error.errors()]
        # What may be one of several things is refused once for each of them: one message is enough.
        once = {(fault.code, fault.where): fault for fault in faults}.values()
        return None, [*unfilled, *without_unfilled(once, unfilled)]
    return document, unfilled


def absent(root: Path, file: str) -> Fault:
    """What is there instead of a file that does not exist: beside it, or beside its folder."""
    path = root / file
    if path.parent.is_dir():
        beside = sorted(p.name for p in path.parent.iterdir() if p.is_file())
        near = nearest_name(path.name, [name for name in beside if name.endswith(".yaml")])
        folder = path.parent
    else:
        folder = path.parent.parent
        beside = sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []
        near = nearest_name(path.parent.name, beside)
    words = {"folder": f"{folder.relative_to(root)}/", "beside": ", ".join(beside[:12]) or NOTHING}
    return Fault("F101", file, words=words, nearest=near)


def without_unfilled(faults: Iterable[Fault], unfilled: Iterable[Fault]) -> list[Fault]:
    """The faults but for those that placeholders make: filling them in mends these too."""
    open_ones = [fault for fault in unfilled if fault.code == "F111"]
    lines = {(fault.file, fault.line) for fault in open_ones}
    return [
        fault
        for fault in faults
        if (fault.file, fault.line) not in lines
        and not (lines and quoted(PLACEHOLDER) in fault.words.values())
        and not (fault.code == "F106" and any(_within(one, fault) for one in open_ones))
    ]


def _within(inner: Fault, outer: Fault) -> bool:
    """Whether a fault lies inside the part of a file that another one is about."""
    return inner.file == outer.file and inner.where.startswith(
        (f"{outer.where}.", f"{outer.where}[")
    )


def _placeholders(value: Any, path: tuple[str | int, ...] = ()) -> Iterable[tuple[str | int, ...]]:
    """The paths of all placeholders."""
    inner = enumerate(value) if isinstance(value, list) else ()
    for key, each in value.items() if isinstance(value, dict) else inner:
        yield from _placeholders(each, (*path, key))
    if value == PLACEHOLDER:
        yield path


def _unfilled(file: str, text: str, lines: Lines, path: tuple[str | int, ...]) -> Fault:
    """A placeholder; what belongs there stands in the comment beside it."""
    line = line_of(lines, path)
    _, _, comment = text.splitlines()[line - 1].partition("# ")
    words = {"what": " ".join(comment.split()) or "?"}
    return Fault("F111", file, line, path_text(path), words)


def _fault(file: str, lines: Lines, model: type[BaseModel], detail: Any) -> Fault:
    path = _path_in_file(detail["loc"], lines, lacking=detail["type"] in _NOT_THERE)
    place = {"file": file, "line": line_of(lines, path), "where": path_text(path)}
    if detail["type"] == "extra_forbidden":
        known = _known_keys(model, path[:-1])
        key, near = str(path[-1]), nearest_name(str(path[-1]), known)
        words = {"key": key, "known": ", ".join(known)}
        return Fault("F104", **place, words=words, nearest=near, edit=f"{near}:" if near else "")
    if detail["type"] in ("missing", "union_tag_not_found"):
        key = "kind" if detail["type"] == "union_tag_not_found" else str(path[-1])
        return Fault("F105", **place, words={"key": key})
    return wrong_value(place, detail)


def _path_in_file(
    loc: tuple[str | int, ...], lines: Lines, lacking: bool = False
) -> tuple[str | int, ...]:
    """pydantic's location without the parts that are not in the file, such as a union's tag.

    The last part of what may be `lacking` in the file is a key, and stays.
    """
    path: tuple[str | int, ...] = ()
    for part in loc[:-1] if lacking else loc:
        if (*path, part) in lines:
            path = (*path, part)
    return (*path, loc[-1]) if lacking else path


def _known_keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys that the model has at `path`; its own keys if the path cannot be followed."""
    for part in path:
        field = model.model_fields.get(str(part))
        inner = list(_models_in(field.annotation)) if field else [model]
        if len(inner) != 1:
            return sorted({key for each in inner for key in each.model_fields})
        model = inner[0]
    return list(model.model_fields)


def _models_in(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for part in getattr(annotation, "__args__", ()):
        yield from _models_in(part)
