"""Codings: passages by the codes of the protocol, with what may not be known left out.

Names of documents and of coders can be names of people. Interviews keep their names only if all of
them are numbers such as P01; otherwise they are numbered in their order. Coders are always C1, C2.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from grassroots.intake.personal import looks_personal
from grassroots.interviews.passages import CodedFile, Passage

NUMBERED = re.compile(r"[A-Za-z]{0,3}[-_]?\d{1,4}")
YES = {"yes", "y", "true", "1", "是"}
NO = {"no", "n", "false", "0", "否", ""}


@dataclass(frozen=True)
class Coding:
    """One passage of an interview under one code by one coder.

    `excerpt` is empty unless the passage is reviewed. `passage` numbers the passages of the file.
    """

    interview: str
    passage: int
    code: str
    coder: str
    excerpt: str


@dataclass(frozen=True)
class Trouble:
    """What is wrong with some passages: its kind, where, and the values (excerpts: what kind)."""

    kind: str
    places: list[str]
    values: list[str]


def codings(file: CodedFile, plan: Mapping[str, Any]) -> tuple[list[Coding], list[Trouble]]:
    """The codings in the order of the file, and all that the codebook or the protocol forbids.

    `plan`: `codes` (code: its theme), `themes` (theme: its level), `tags` (name in the file: code),
    `leave_out` (names that are no codes), `reviewed` (whether the file is), `reviewed_tag` (the
    name that marks a passage as reviewed where rows cannot say so).
    """
    marker = plan["reviewed_tag"]
    reviewed = {
        (each.interview, each.segment)
        for each in file.passages
        if (marker and each.code == marker) or each.reviewed.lower() in YES
    }
    aside = {*plan["leave_out"], *([marker] if marker else [])}
    passages = [each for each in file.passages if each.code not in aside]
    troubles = _troubles(passages, plan)
    if troubles:
        return [], troubles
    interviews = _pseudonyms(each.interview for each in passages)
    coders = _numbered((each.coder for each in passages if each.coder), "C", 1)
    numbers: dict[tuple[str, str], int] = {}
    found = []
    for each in passages:
        key = each.interview, each.segment
        # In the project's own form every row says for itself whether it was reviewed.
        own = each.reviewed.lower() in YES if file.form == "csv" else key in reviewed
        found.append(
            Coding(
                interviews[each.interview],
                numbers.setdefault(key, len(numbers) + 1),
                _code(each, plan),
                coders.get(each.coder, ""),
                each.excerpt if plan["reviewed"] and own else "",
            )
        )
    return found, []


def _troubles(passages: Sequence[Passage], plan: Mapping[str, Any]) -> list[Trouble]:
    """Every kind of trouble once, with all the passages that have it."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for each in passages:
        for kind, value in _passage_troubles(each, plan):
            places, values = found.setdefault(kind, ([], []))
            places.append(each.place)
            if value not in values:
                values.append(value)
    return [Trouble(kind, places, values) for kind, (places, values) in found.items()]


def _passage_troubles(each: Passage, plan: Mapping[str, Any]) -> list[tuple[str, str]]:
    if not each.interview or not each.code:
        return [("incomplete", "interview" if not each.interview else "code")]
    found = []
    code = _code(each, plan)
    theme = plan["codes"].get(code)
    if theme is None:
        found.append(("unknown_code", each.code))
    elif each.theme and each.theme != theme:
        found.append(("other_theme", f"{code}: {each.theme}"))
    elif each.level and each.level != plan["themes"][theme]:
        found.append(("other_level", f"{theme}: {each.level}"))
    if each.reviewed.lower() not in YES | NO:
        found.append(("unclear_review", each.reviewed))
    if kind := looks_personal(each.excerpt):
        found.append(("personal", kind))
    return found


def _code(each: Passage, plan: Mapping[str, Any]) -> str:
    return plan["tags"].get(each.code, each.code)


def _pseudonyms(names: Iterable[str]) -> dict[str, str]:
    """Names of interviews as they may be published, by their names in the file."""
    names = list(dict.fromkeys(names))
    bare = [PurePath(name).stem if PurePath(name).suffix else name for name in names]
    if all(NUMBERED.fullmatch(name) for name in bare) and len(set(bare)) == len(bare):
        return dict(zip(names, bare, strict=True))
    return _numbered(names, "P", 2)


def _numbered(names: Iterable[str], letter: str, width: int) -> dict[str, str]:
    names = list(dict.fromkeys(names))
    width = max(width, len(str(len(names))))
    return {name: f"{letter}{number:0{width}d}" for number, name in enumerate(names, 1)}
