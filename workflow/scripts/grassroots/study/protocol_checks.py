"""What a protocol must satisfy beyond its form: every name that it uses exists, once."""

from collections.abc import Iterable, Mapping
from typing import Any

from grassroots.study.claims import Claims
from grassroots.study.description_checks import description_faults
from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name
from grassroots.study.instrument import Instrument
from grassroots.study.interview_checks import evidence_of_voices, voices_faults
from grassroots.study.model_checks import model_faults
from grassroots.study.protocol import Protocol, StructuralModel
from grassroots.study.result_tables import TABLE_COLUMNS
from grassroots.study.scales import construct_indicators, factor_items, scale_items

# Columns of the respondents' tables that are neither answers nor scores.
RESERVED = {
    "respondent",
    "row",
    "flagged",
    "duration_seconds",
    "submitted_on",
    "consent",
    "attention_checks_failed",
    "same_source",
}


def protocol_faults(
    document: Document[Protocol], instruments: Mapping[str, Document[Instrument]]
) -> list[Fault]:
    """Names used twice or unknown, a scale in two roles, evidence that points nowhere."""
    models = {name: instrument.model for name, instrument in instruments.items()}
    return [
        *_name_clashes(document, models),
        *description_faults(document, models),
        *_measurement_faults(document, models),
        *_structural_faults(document, models),
        *model_faults(document, models),
        *_group_faults(document, models),
        *_regression_faults(document, models),
        *voices_faults(document),
        *evidence_faults(document, document.model, models),
    ]


def evidence_faults(
    document: Document[Any], protocol: Protocol, instruments: Mapping[str, Instrument]
) -> list[Fault]:
    """Evidence of hypotheses or claims that names a column or a model that does not exist."""
    faults: list[Fault] = []
    models = _model_names(protocol, instruments)
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
            _unknown(document, (*path, "where", key), where[key], values)
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
    return {}


def _order_faults(document: Document[Any], path: tuple, protocol: Protocol) -> list[Fault]:
    """Levels said to be higher that the compared variable does not have."""
    evidence = _at(document.model, path)
    if not getattr(evidence, "higher", []):
        return []
    by = protocol.background.get(evidence.where.get("by", ""))
    levels = list(by.analysed) if by and evidence.table == "group_differences" else []
    return [
        _unknown(document, (*path, "higher", index), level, levels)
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


def _model_names(protocol: Protocol, instruments: Mapping[str, Instrument]) -> list[str]:
    generated = [f"one_factor:{factor}" for factor in factor_items(instruments)]
    if any(asked.split_half for asked in protocol.exploration.values()):
        generated += [f"{model}@other_half" for model in protocol.measurement]
    return [*protocol.measurement, *protocol.structural, *protocol.regressions, *generated]


def _name_clashes(document: Document[Protocol], models: Mapping[str, Instrument]) -> list[Fault]:
    faults: list[Fault] = []
    owner = dict.fromkeys(RESERVED, "grassroots")
    for name, instrument in models.items():
        index = document.model.instruments.index(name)
        for own in {name, *instrument.dimensions, *instrument.items}:
            if own in owner:
                faults.append(
                    document.fault("P103", ("instruments", index), name=own, other=owner[own])
                )
            owner[own] = name
    for name in document.model.background:
        if name in owner:
            faults.append(
                document.fault("P103", ("background", name), name=name, other=owner[name])
            )
    named: dict[str, str] = {}
    for kind in ("measurement", "regressions", "structural"):
        for name in getattr(document.model, kind):
            if name in named:
                faults.append(document.fault("P103", (kind, name), name=name, other=named[name]))
            named[name] = kind
    return faults


def _measurement_faults(
    document: Document[Protocol], models: Mapping[str, Instrument]
) -> list[Fault]:
    faults: list[Fault] = []
    for name, model in document.model.measurement.items():
        factors = construct_indicators(models, model.indicators)
        path = ("measurement", name)
        for index, factor in enumerate(model.factors):
            if factor not in factors:
                faults.append(_unknown(document, (*path, "factors", index), factor, factors))
        used = [item for factor in model.factors for item in factors.get(factor, [])]
        faults += _pair_faults(document, path, model.residual_covariances, used)
    return faults


def _structural_faults(
    document: Document[Protocol], models: Mapping[str, Instrument]
) -> list[Fault]:
    faults: list[Fault] = []
    for name, model in document.model.structural.items():
        factors = construct_indicators(models, model.indicators)
        if model.moderator is not None:  # observed scores alone
            factors = scale_items(models)
        path = ("structural", name)
        found = _role_faults(document, path, model, factors)
        if not found:
            scales = (model.predictor, *model.mediators, model.outcome)
            used = [item for scale in scales for item in factors[scale]]
            found = _pair_faults(document, path, model.residual_covariances, used)
        faults += found
    return faults


def _role_faults(
    document: Document[Protocol],
    path: tuple,
    model: StructuralModel,
    factors: Mapping[str, list[str]],
) -> list[Fault]:
    """Scales that do not exist, and scales with two roles."""
    roles = [((*path, "predictor"), model.predictor)]
    roles += [((*path, "mediators", i), m) for i, m in enumerate(model.mediators)]
    roles += [((*path, "outcome"), model.outcome)]
    faults: list[Fault] = []
    taken: dict[str, str] = {}
    for role_path, scale in roles:
        role = str(role_path[2])
        if scale not in factors:
            faults.append(_unknown(document, role_path, scale, factors))
        elif scale in taken:
            faults.append(
                document.fault("P104", role_path, scale=scale, role=role, other=taken[scale])
            )
        taken.setdefault(scale, role)
    return faults


def _group_faults(document: Document[Protocol], models: Mapping[str, Instrument]) -> list[Fault]:
    groups = document.model.groups
    levelled = [name for name, variable in document.model.background.items() if variable.levels]
    known = {"outcomes": list(scale_items(models)), "by": levelled}
    return [
        _unknown(document, ("groups", key, index), name, names)
        for key, names in known.items()
        for index, name in enumerate(getattr(groups, key))
        if name not in names
    ]


def _regression_faults(
    document: Document[Protocol], models: Mapping[str, Instrument]
) -> list[Fault]:
    """Outcomes and terms that do not exist, and terms that stand twice."""
    scales = list(scale_items(models))
    known = [*document.model.background, *scales]
    faults: list[Fault] = []
    for name, regression in document.model.regressions.items():
        path = ("regressions", name)
        if regression.outcome not in scales:
            faults.append(_unknown(document, (*path, "outcome"), regression.outcome, scales))
        taken = {regression.outcome: "outcome"}
        for step, terms in enumerate(regression.steps):
            for index, term in enumerate(terms):
                term_path = (*path, "steps", step, index)
                role = f"steps[{step}]"
                if term not in known:
                    faults.append(_unknown(document, term_path, term, known))
                elif term in taken:
                    faults.append(
                        document.fault("P104", term_path, scale=term, role=role, other=taken[term])
                    )
                taken.setdefault(term, role)
    return faults


def _pair_faults(
    document: Document[Protocol], path: tuple, pairs: Iterable[tuple[str, str]], used: list[str]
) -> list[Fault]:
    return [
        _unknown(document, (*path, "residual_covariances", index), item, used)
        for index, pair in enumerate(pairs)
        for item in pair
        if item not in used
    ]


def _unknown(
    document: Document[Protocol], path: tuple, name: str, candidates: Iterable[str]
) -> Fault:
    candidates = list(candidates)
    return document.fault(
        "P102", path, nearest=nearest_name(name, candidates), name=name, known=", ".join(candidates)
    )
