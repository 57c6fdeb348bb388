"""One YAML file read against its model: every fault with its line, all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from grassroots.study.faults import Fault, nearest_name, quoted
from grassroots.study.yaml_source import Lines, YamlFault, line_of, load_yaml, path_text

ModelType = TypeVar("ModelType", bound=BaseModel)

_YAML_CODES = {"syntax": "F102", "duplicate": "F103", "alias": "F107"}


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
        **words: object,
    ) -> Fault:
        """A fault at `path` of this file; `words` fill the message's placeholders."""
        return Fault(
            code,
            self.file,
            line_of(self.lines, path),
            path_text(path),
            {key: str(word) for key, word in words.items()},
            nearest,
            edit,
        )


def read_document(
    root: Path, file: str, model: type[ModelType], overrides: dict[str, Any] | None = None
) -> tuple[Document[ModelType] | None, list[Fault]]:
    """The file as a Document, or None and its faults; `overrides` replace top-level values."""
    path = root / file
    if not path.is_file():
        siblings = (
            sorted(p.name for p in path.parent.glob("*.yaml")) if path.parent.is_dir() else []
        )
        return None, [Fault("F101", file, nearest=nearest_name(path.name, siblings))]
    try:
        text = path.read_text(encoding="utf-8-sig")
        values, lines = load_yaml(text)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return None, [Fault("F108", file, line)]
    except YamlFault as error:
        words = {"detail": error.detail}
        return None, [Fault(_YAML_CODES[error.kind], file, error.line, words=words)]
    if not isinstance(values, dict):
        return None, [Fault("F106", file, 1, words={"expected": "key: value", "found": "…"})]
    try:
        return Document(file, model.model_validate(values | (overrides or {})), lines, text), []
    except ValidationError as error:
        return None, [_fault(file, lines, model, detail) for detail in error.errors()]


def _fault(file: str, lines: Lines, model: type[BaseModel], detail: Any) -> Fault:
    path = _path_in_file(detail["loc"], lines)
    place = {"file": file, "line": line_of(lines, path), "where": path_text(path)}
    if detail["type"] == "extra_forbidden":
        known = _known_keys(model, path[:-1])
        return Fault(
            "F104",
            **place,
            words={"key": str(path[-1]), "known": ", ".join(known)},
            nearest=nearest_name(str(path[-1]), known),
        )
    if detail["type"] in ("missing", "union_tag_not_found"):
        key = "kind" if detail["type"] == "union_tag_not_found" else str(path[-1])
        return Fault("F105", **place, words={"key": key})
    found = detail["input"]
    found = quoted(found) if isinstance(found, str | int | float | bool) else type(found).__name__
    return Fault("F106", **place, words={"expected": detail["msg"], "found": found})


def _path_in_file(loc: tuple[str | int, ...], lines: Lines) -> tuple[str | int, ...]:
    """pydantic's location without the parts that are not in the file, such as a union's tag."""
    path: tuple[str | int, ...] = ()
    for index, part in enumerate(loc):
        if (*path, part) in lines or index == len(loc) - 1:
            path = (*path, part)
    return path[:-1] if path and path[-1] == "[key]" else path


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
