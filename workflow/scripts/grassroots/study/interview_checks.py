"""What coded interviews must satisfy before the first job: the file, its codes, its excerpts."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from grassroots.intake.reading import UnreadableFile
from grassroots.interviews.coding import Trouble, codings
from grassroots.interviews.reading import read_interviews
from grassroots.study.codebook import Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name, quoted
from grassroots.study.file_checks import leaves_folder, place_faults
from grassroots.study.finding import Evidence
from grassroots.study.interview_sections import coding_plan
from grassroots.study.protocol import Protocol

Pointer = tuple[tuple[str | int, ...], Evidence]

_CODES = {
    "incomplete": "D301",
    "unknown_code": "D302",
    "other_theme": "D303",
    "other_level": "D303",
    "unclear_review": "D304",
    "personal": "D305",
}


def evidence_of_voices(protocol: Protocol) -> Iterator[Pointer]:
    """Where themes and recommendations point to rows of result tables."""
    themes = protocol.interviews.themes if protocol.interviews else {}
    for name, theme in themes.items():
        for index, evidence in enumerate(theme.speaks):
            yield ("interviews", "themes", name, "speaks", index), evidence
    for name, advice in protocol.recommendations.items():
        for index, evidence in enumerate(advice.evidence):
            yield ("recommendations", name, "evidence", index), evidence


def voices_faults(document: Document[Protocol]) -> list[Fault]:
    """Unknown levels and hypotheses, codes named twice, advice that no finding calls for."""
    protocol = document.model
    faults: list[Fault] = []
    if protocol.interviews:
        levels, owner = protocol.interviews.levels, {}
        for name, theme in protocol.interviews.themes.items():
            path = ("interviews", "themes", name)
            if theme.level not in levels:
                faults.append(_unknown(document, (*path, "level"), theme.level, levels))
            for code in theme.codes:
                if code in owner:
                    place = (*path, "codes", code)
                    faults.append(document.fault("P103", place, name=code, other=owner[code]))
                owner.setdefault(code, name)
    for name, advice in protocol.recommendations.items():
        path = ("recommendations", name)
        if not advice.hypotheses and not advice.evidence:
            faults.append(document.fault("P141", path, name=name))
        for index, hypothesis in enumerate(advice.hypotheses):
            if hypothesis not in protocol.hypotheses:
                place = (*path, "hypotheses", index)
                faults.append(_unknown(document, place, hypothesis, protocol.hypotheses))
    return faults


def interview_faults(
    root: Path, name: str, document: Document[Codebook], protocol: Protocol
) -> list[Fault]:
    """All that is wrong with the file of coded interviews; nothing if the codebook names none."""
    declared = document.model.interviews
    if declared is None:
        return []
    if protocol.interviews is None:
        return [document.fault("S141", ("interviews",))]
    path = ("interviews", "file")
    if leaves_folder(declared.file):
        return [document.fault("S108", path, file=quoted(declared.file))]
    plan = coding_plan(declared, protocol.interviews)
    faults = [
        document.fault(
            "S105",
            ("interviews", "tags", tag),
            nearest_name(code, plan["codes"]),
            name=code,
            known=", ".join(plan["codes"]),
        )
        for tag, code in declared.tags.items()
        if code not in plan["codes"]
    ]
    folder = root / "data" / "raw" / name
    lying = place_faults(document, folder / declared.file, path)
    if lying:
        return [*faults, *lying]
    return faults or _file_faults(folder / declared.file, f"data/raw/{name}/", declared, plan)


def _file_faults(path: Path, folder: str, declared: Any, plan: Mapping[str, Any]) -> list[Fault]:
    shown = f"{folder}{path.name}"
    try:
        file = read_interviews(path, declared.encoding)
    except UnreadableFile as error:
        return [Fault(error.code, shown, words=error.words, phrases=error.phrases)]
    if not file.passages:
        return [Fault("D307", shown)]
    _, troubles = codings(file, plan)
    return [_fault(trouble, shown, plan) for trouble in troubles]


def _fault(trouble: Trouble, shown: str, plan: Mapping[str, Any]) -> Fault:
    more = " …" if len(trouble.places) > 8 else ""
    values = trouble.values[:8]
    words = {
        "count": str(len(trouble.places)),
        "places": ", ".join(place.partition(" ")[2] for place in trouble.places[:8]) + more,
        "values": ", ".join(map(quoted, values)),
    }
    near = edit = ""
    if trouble.kind == "unknown_code":
        near = nearest_name(values[0], plan["codes"])
        if near and quoted(values[0]) == f'"{values[0]}"':
            edit = f"tags: {{{quoted(values[0])}: {near}}}"
    elif trouble.kind in ("other_theme", "other_level"):
        words["values"] = ", ".join(values)
    elif trouble.kind == "personal":
        # What was found is named by its kind only: the excerpt itself goes nowhere.
        words["values"] = ", ".join(f"[{kind}]" for kind in values)
        edit = f"[{values[0]}]"
    # A passage stands in a row of a table, or at some characters of a text.
    phrases = {"places": f"in_{trouble.places[0].partition(' ')[0]}"}
    return Fault(_CODES[trouble.kind], shown, None, "", words, near, edit, phrases)


def _unknown(document: Document[Protocol], path: tuple, name: str, known: Any) -> Fault:
    known = list(known)
    nearest = nearest_name(name, known)
    return document.fault("P102", path, nearest=nearest, name=name, known=", ".join(known))
