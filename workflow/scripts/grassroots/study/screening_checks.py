"""What the conditions of eligibility must satisfy beyond their form."""

from typing import TYPE_CHECKING

from grassroots.study.documents import Document
from grassroots.study.faults import NOTHING, Fault, nearest_name

if TYPE_CHECKING:
    from grassroots.study.protocol import Protocol


def screening_faults(document: Document["Protocol"]) -> list[Fault]:
    """Conditions on what does not exist, or of another kind than their variable."""
    faults: list[Fault] = []
    background = document.model.background
    for name, condition in document.model.screening.eligible.items():
        path = ("screening", "eligible", name)
        if name not in background:
            faults.append(_unknown(document, path, name, list(background)))
            continue
        levels = list(background[name].levels)
        ends = [end for end in (condition.at_least, condition.at_most) if end is not None]
        fits = not ends and condition.levels if levels else ends and not condition.levels
        if not fits or ends != sorted(ends):
            faults.append(
                document.fault("P130", path, name=name, levels=", ".join(levels) or NOTHING)
            )
            continue
        faults += [
            _unknown(document, (*path, "levels", index), level, levels)
            for index, level in enumerate(condition.levels)
            if level not in levels
        ]
    return faults


def _unknown(document: Document["Protocol"], path: tuple, name: str, known: list[str]) -> Fault:
    near = nearest_name(name, known)
    return document.fault("P102", path, nearest=near, name=name, known=", ".join(known) or NOTHING)
