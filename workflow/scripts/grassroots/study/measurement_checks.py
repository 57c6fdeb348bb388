"""What the explorations and comparisons of a protocol must satisfy beyond their form."""

from collections.abc import Mapping

from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name
from grassroots.study.instrument import Instrument
from grassroots.study.protocol import Protocol
from grassroots.study.protocol_measurement import Comparison


def measurement_faults(
    document: Document[Protocol], models: Mapping[str, Instrument]
) -> list[Fault]:
    """Instruments, models and factors that do not exist; more factors than the items can carry."""
    return [*_exploration_faults(document, models), *_comparison_faults(document)]


def _exploration_faults(
    document: Document[Protocol], models: Mapping[str, Instrument]
) -> list[Fault]:
    faults: list[Fault] = []
    for name, asked in document.model.exploration.items():
        path = ("exploration", name)
        if name not in models:
            faults.append(_unknown(document, path, name, list(models)))
            continue
        items = len(models[name].items)
        factors = asked.factors or 1
        # Degrees of freedom of the factor model (Ledermann 1937).
        if items <= factors or (items - factors) ** 2 < items + factors:
            faults.append(document.fault("P111", path, factors=factors, items=items))
    return faults


def _comparison_faults(document: Document[Protocol]) -> list[Fault]:
    faults: list[Fault] = []
    measurement = document.model.measurement
    for name, asked in document.model.comparisons.items():
        path = ("comparisons", name)
        if name not in measurement:
            faults.append(_unknown(document, path, name, list(measurement)))
            continue
        factors = list(measurement[name].factors)
        needed = 3 if asked.second_order else 2
        if len(factors) < needed:
            faults.append(document.fault("P112", path, needed=needed, factors=len(factors)))
        faults += _merged_faults(document, path, asked, factors)
    return faults


def _merged_faults(
    document: Document[Protocol], path: tuple, asked: Comparison, factors: list[str]
) -> list[Fault]:
    faults: list[Fault] = []
    for index, together in enumerate(asked.merged):
        for place, factor in enumerate(together):
            here = (*path, "merged", index, place)
            if factor not in factors:
                faults.append(_unknown(document, here, factor, factors))
            elif factor in together[:place]:
                role = f"merged[{index}]"
                faults.append(document.fault("P104", here, scale=factor, role=role, other=role))
    return faults


def _unknown(document: Document[Protocol], path: tuple, name: str, candidates: list[str]) -> Fault:
    return document.fault(
        "P102", path, nearest=nearest_name(name, candidates), name=name, known=", ".join(candidates)
    )
