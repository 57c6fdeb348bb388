"""Evidence of hypotheses and claims that points to what does not exist."""

from collections.abc import Iterable, Mapping
from typing import Any

from grassroots.sem.routes import effect_paths
from grassroots.study.claims import Claims
from grassroots.study.documents import Document
from grassroots.study.faults import NOTHING, Fault, nearest_name
from grassroots.study.instrument import Instrument
from grassroots.study.interview_checks import evidence_of_voices
from grassroots.study.protocol import Protocol
from grassroots.study.result_tables import TABLE_COLUMNS, TESTS
from grassroots.study.scales import factor_items, scale_items


def evidence_faults(
    document: Document[Any], protocol: Protocol, instruments: Mapping[str, Instrument]
) -> list[Fault]:
    """Evidence of hypotheses or claims that names a column or a model that does not exist."""
    faults: list[Fault] = []
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
        models = models_of(table, protocol, instruments)
        model = where.get("model")
        if model is not None and "model" in columns and model not in models:
            near, named = nearest_name(model, models), ", ".join(models) or NOTHING
            place = (*path, "where", "model")
            faults.append(document.fault("P106", place, near, model=model, models=named))
            continue
        known = _known_values(table, where, protocol, instruments)
        faults += [
            unknown_name(document, (*path, "where", key), where[key], values)
            for key, values in known.items()
            if key in where and where[key] not in values
        ]
    return faults


def _known_values(
    table: str,
    where: Mapping[str, str],
    protocol: Protocol,
    instruments: Mapping[str, Instrument],
) -> dict[str, list[str]]:
    """Column: the values that its rows can have, where the protocol says which.

    Those of a mediation depend on the model and on the effect that the evidence names beside them.
    """
    scales = list(scale_items(instruments))
    factors = list(dict.fromkeys([*factor_items(instruments), *scales]))
    match table:
        case "group_differences":
            groups = protocol.groups
            return {"outcome": list(groups.outcomes), "by": list(groups.by), "test": TESTS}
        case "correlations":
            return {"x": scales, "y": scales}
        case "reliability":
            return {"scale": scales}
        case "validity":
            return {"factor": factors}
        case "cfa_correlations":
            return {"factor_a": factors, "factor_b": factors}
        case "cfa_loadings":
            items = [item for each in instruments.values() for item in each.items]
            return {"factor": factors, "item": [*items, *scales]}
        case "regression":
            chosen = protocol.regressions.get(where.get("model", ""))
            steps = [str(n + 1) for n in range(len(chosen.steps))] if chosen else []
            terms = {"term": ["intercept", *_terms(protocol)]}
            return terms | ({"step": steps, "outcome": [chosen.outcome]} if chosen else {})
        case "mediation":
            return _mediation_values(where, protocol)
    return {}


def _mediation_values(where: Mapping[str, str], protocol: Protocol) -> dict[str, list[str]]:
    named = where.get("model")
    paths = [
        pair
        for name, model in protocol.structural.items()
        if not model.moderator and named in (None, name)
        for pair in effect_paths(model.predictor, model.mediators, model.outcome, model.form)
    ]
    effects = list(dict.fromkeys(effect for effect, _ in paths))
    effect = where.get("effect")
    if effect in effects:
        paths = [pair for pair in paths if pair[0] == effect]
    return {
        "scores": ["latent", "observed"],
        "method": ["percentile", "bca"],
        "effect": effects,
        "path": list(dict.fromkeys(path for _, path in paths)),
    }


def models_of(table: str, protocol: Protocol, instruments: Mapping[str, Instrument]) -> list[str]:
    """The ids that the column `model` of a result table can hold; none if it has no models."""
    if table.startswith("cfa_") or table in ("validity", "invariance", "latent_means"):
        generated = [f"one_factor:{factor}" for factor in factor_items(instruments)]
        if any(asked.split_half for asked in protocol.exploration.values()):
            generated += [f"{model}@other_half" for model in protocol.measurement]
        return [*protocol.measurement, *generated]
    structural = protocol.structural.items()
    match table:
        case "regression":
            return list(protocol.regressions)
        case "mediation" | "sem_fit" | "sem_parameters":
            return [name for name, model in structural if not model.moderator]
        case "moderation" | "conditional_effects" | "simple_slopes":
            return [name for name, model in structural if model.moderator]
    return []


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


def unknown_name(
    document: Document[Any], path: tuple, name: str, candidates: Iterable[str]
) -> Fault:
    """A name that is none of the candidates, with the nearest of them."""
    candidates = list(candidates)
    return document.fault(
        "P102", path, nearest=nearest_name(name, candidates), name=name, known=", ".join(candidates)
    )
