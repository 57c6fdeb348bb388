"""Evidence of hypotheses and claims that points to what does not exist."""

from collections.abc import Iterable, Mapping
from typing import Any

from grassroots.study.claims import Claims
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name
from grassroots.study.instrument import Instrument
from grassroots.study.interview_checks import evidence_of_voices
from grassroots.study.protocol import Protocol
from grassroots.study.result_tables import TABLE_COLUMNS
from grassroots.study.scales import factor_items, scale_items


def evidence_faults(
    document: Document[Any], protocol: Protocol, instruments: Mapping[str, Instrument]
) -> list[Fault]:
    """Evidence of hypotheses or claims that names a column or a model that does not exist."""
    faults: list[Fault] = []
    models = model_names(protocol, instruments)
    for path, table, where, column in _pointers(document.model):
        columns = TABLE_COLUMNS[table]
        named = [((*path, "where", key), key) for key in where]
        named += [((*path, "column"), column)] if column else []
        for key_path, key in named:
            if key not in columns:
                near = nearest_name(key, columns)
                faults.append(
                    document.fault(
                        "P105",
                        key_path,
                        nearest=near,
                        table=table,
                        key=key,
                        columns=", ".join(columns),
                    )
                )
        faults += _order_faults(document, path, protocol)
        known = _known_values(table, protocol, instruments)
        faults += [
            unknown_name(document, (*path, "where", key), where[key], values)
            for key, values in known.items()
            if key in where and where[key] not in values
        ]
        model = where.get("model")
        if model is not None and model not in models:
            faults.append(
                document.fault(
                    "P106",
                    (*path, "where", "model"),
                    nearest=nearest_name(model, models),
                    model=model,
                    models=", ".join(models),
                )
            )
    return faults


def _known_values(
    table: str, protocol: Protocol, instruments: Mapping[str, Instrument]
) -> dict[str, list[str]]:
    """Column: the values that its rows can have, where the protocol says which."""
    scales = list(scale_items(instruments))
    match table:
        case "group_differences":
            return {"outcome": list(protocol.groups.outcomes), "by": list(protocol.groups.by)}
        case "correlations":
            return {"x": scales, "y": scales}
        case "reliability":
            return {"scale": scales}
        case "regression":
            return {"term": ["intercept", *_terms(protocol)]}
    return {}


def _terms(protocol: Protocol) -> list[str]:
    """The terms of all regressions: numbers by their ids, categories as `variable=level`."""
    entered = [
        name for model in protocol.regressions.values() for step in model.steps for name in step
    ]
    found = []
    for name in dict.fromkeys(entered):
        variable = protocol.background.get(name)
        levels = list(variable.analysed) if variable else []
        found += [f"{name}={level}" for level in levels] or [name]
    return found


def _order_faults(document: Document[Any], path: tuple, protocol: Protocol) -> list[Fault]:
    """Levels said to be higher that the compared variable does not have."""
    evidence = _at(document.model, path)
    if not getattr(evidence, "higher", []):
        return []
    by = protocol.background.get(evidence.where.get("by", ""))
    levels = list(by.analysed) if by and evidence.table == "group_differences" else []
    return [
        unknown_name(document, (*path, "higher", index), level, levels)
        for index, level in enumerate(evidence.higher)
        if level not in levels
    ]


def _at(model: Any, path: tuple) -> Any:
    """What stands at `path` of a model."""
    for part in path:
        model = model[part] if isinstance(model, dict | list) else getattr(model, part)
    return model


def _pointers(model: Protocol | Claims) -> Iterable[tuple[tuple, str, Mapping[str, str], str]]:
    if isinstance(model, Protocol):
        for name, hypothesis in model.hypotheses.items():
            for index, evidence in enumerate(hypothesis.evidence):
                yield ("hypotheses", name, "evidence", index), evidence.table, evidence.where, ""
        for path, evidence in evidence_of_voices(model):
            yield path, evidence.table, evidence.where, ""
        return
    for name, claim in model.claims.items():
        if claim.kind == "sign":
            evidence = claim.evidence
            yield ("claims", name, "evidence"), evidence.table, evidence.where, ""
        else:
            yield ("claims", name), claim.table, claim.where, claim.column


def model_names(protocol: Protocol, instruments: Mapping[str, Instrument]) -> list[str]:
    """The ids that the column `model` of a result table can hold."""
    generated = [f"one_factor:{factor}" for factor in factor_items(instruments)]
    if any(asked.split_half for asked in protocol.exploration.values()):
        generated += [f"{model}@other_half" for model in protocol.measurement]
    return [*protocol.measurement, *protocol.structural, *protocol.regressions, *generated]


def unknown_name(
    document: Document[Any], path: tuple, name: str, candidates: Iterable[str]
) -> Fault:
    """A name that is none of the candidates, with the nearest of them."""
    candidates = list(candidates)
    return document.fault(
        "P102", path, nearest=nearest_name(name, candidates), name=name, known=", ".join(candidates)
    )
