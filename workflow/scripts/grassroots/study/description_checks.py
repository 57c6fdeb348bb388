"""What levels, joined categories and the examination of gaps must satisfy beyond their form."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name
from grassroots.study.instrument import Instrument
from grassroots.study.protocol_description import Band, Variable
from grassroots.study.scales import scale_items

if TYPE_CHECKING:
    from grassroots.study.protocol import Protocol


def description_faults(
    document: Document["Protocol"], instruments: Mapping[str, Instrument]
) -> list[Fault]:
    """Unknown scales and levels, a scale with two sets of bands, cut-offs that do not rise."""
    scales = list(scale_items(instruments))
    protocol = document.model
    faults: list[Fault] = []
    for name, variable in protocol.background.items():
        faults += _merge_faults(document, ("background", name, "merge"), variable)
        faults += _range_faults(document, ("background", name), variable)
    owner: dict[str, str] = {}
    for name, levels in protocol.levels.items():
        for index, scale in enumerate(levels.scales):
            path = ("levels", name, "scales", index)
            faults += _unknown(document, path, scale, scales)
            faults += _taken(document, path, scale, owner)
            owner.setdefault(scale, name)
        faults += _band_faults(document, ("levels", name, "bands"), levels.bands)
    for index, scale in enumerate(protocol.missing.scales if protocol.missing else []):
        faults += _unknown(document, ("missing", "scales", index), scale, scales)
    return faults


def _range_faults(document: Document["Protocol"], path: tuple, variable: Variable) -> list[Fault]:
    """A lowest number that is not below the highest."""
    low, high = variable.min, variable.max
    if low is None or high is None or low < high:
        return []
    return [document.fault("P121", (*path, "min"), low=f"{low:g}", high=f"{high:g}")]


def _merge_faults(document: Document["Protocol"], path: tuple, variable: Variable) -> list[Fault]:
    """Levels that do not exist or are joined twice; a name that another level has."""
    faults: list[Fault] = []
    owner: dict[str, str] = {}
    for name, joined in variable.merge.items():
        for index, level in enumerate(joined.levels):
            place = (*path, name, "levels", index)
            faults += _unknown(document, place, level, variable.levels)
            faults += _taken(document, place, level, owner)
            owner.setdefault(level, name)
        others = dict.fromkeys(set(variable.levels) - set(joined.levels), path[1])
        faults += _taken(document, (*path, name), name, others)
    return faults


def _band_faults(
    document: Document["Protocol"], path: tuple, bands: Mapping[str, Band]
) -> list[Fault]:
    faults: list[Fault] = []
    before = None
    for index, (name, band) in enumerate(bands.items()):
        ends = [end for end in (band.at_least, band.above) if end is not None]
        rises = before is None or not ends or ends[0] > before
        if len(ends) != (index > 0) or not rises:
            faults.append(document.fault("P120", (*path, name), band=name))
        before = ends[0] if ends else before
    return faults


def _unknown(
    document: Document["Protocol"], path: tuple, name: str, candidates: Iterable[str]
) -> list[Fault]:
    known = list(candidates)
    if name in known:
        return []
    near = nearest_name(name, known)
    return [document.fault("P102", path, nearest=near, name=name, known=", ".join(known))]


def _taken(
    document: Document["Protocol"], path: tuple, name: str, owner: Mapping[str, str]
) -> list[Fault]:
    if name not in owner:
        return []
    return [document.fault("P103", path, name=name, other=owner[name])]
