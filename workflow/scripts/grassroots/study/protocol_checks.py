"""What a protocol must satisfy beyond its form: every name that it uses exists, once."""

from collections.abc import Iterable, Mapping

from grassroots.study.description_checks import description_faults
from grassroots.study.documents import Document
from grassroots.study.evidence_checks import evidence_faults, unknown_name
from grassroots.study.faults import Fault
from grassroots.study.instrument import Instrument
from grassroots.study.interview_checks import voices_faults
from grassroots.study.model_checks import model_faults
from grassroots.study.protocol import Protocol, StructuralModel
from grassroots.study.scales import construct_indicators, scale_items
from grassroots.study.screening_checks import screening_faults

# Columns of the respondents' tables that are neither answers nor scores.
RESERVED = {
    "respondent",
    "row",
    "flagged",
    "duration_seconds",
    "submitted_on",
    "channel",
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
        *screening_faults(document),
        *_measurement_faults(document, models),
        *_structural_faults(document, models),
        *model_faults(document, models),
        *_group_faults(document, models),
        *_regression_faults(document, models),
        *voices_faults(document),
        *evidence_faults(document, document.model, models),
    ]


def _name_clashes(document: Document[Protocol], models: Mapping[str, Instrument]) -> list[Fault]:
    listed = document.model.instruments
    faults = [
        document.fault(
            "P103", ("instruments", n), name=name, other=f"instruments[{listed.index(name)}]"
        )
        for n, name in enumerate(listed)
        if name in listed[:n]
    ]
    owner = dict.fromkeys(RESERVED, "grassroots")
    for name, instrument in models.items():
        index = listed.index(name)
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
            place = (*path, "factors", index)
            if factor not in factors:
                faults.append(unknown_name(document, place, factor, factors))
            elif factor in model.factors[:index]:
                other = f"factors[{model.factors.index(factor)}]"
                words = {"scale": factor, "role": f"factors[{index}]", "other": other}
                faults.append(document.fault("P104", place, **words))
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
            faults.append(unknown_name(document, role_path, scale, factors))
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
    faults: list[Fault] = []
    for key, names in known.items():
        listed = getattr(groups, key)
        for index, name in enumerate(listed):
            place = ("groups", key, index)
            if name not in names:
                faults.append(unknown_name(document, place, name, names))
            elif name in listed[:index]:
                words = {"scale": name, "role": f"{key}[{index}]"}
                words["other"] = f"{key}[{listed.index(name)}]"
                faults.append(document.fault("P104", place, **words))
    return faults


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
            faults.append(unknown_name(document, (*path, "outcome"), regression.outcome, scales))
        taken = {regression.outcome: "outcome"}
        for step, terms in enumerate(regression.steps):
            for index, term in enumerate(terms):
                term_path = (*path, "steps", step, index)
                role = f"steps[{step}]"
                if term not in known:
                    faults.append(unknown_name(document, term_path, term, known))
                elif term in taken:
                    faults.append(
                        document.fault("P104", term_path, scale=term, role=role, other=taken[term])
                    )
                taken.setdefault(term, role)
    return faults


def _pair_faults(
    document: Document[Protocol], path: tuple, pairs: Iterable[tuple[str, str]], used: list[str]
) -> list[Fault]:
    """Items that the model does not have, an item paired with itself, a pair that stands twice."""
    faults: list[Fault] = []
    seen: set[frozenset[str]] = set()
    for index, pair in enumerate(pairs):
        place = (*path, "residual_covariances", index)
        strangers = [item for item in pair if item not in used]
        faults += [unknown_name(document, place, item, used) for item in strangers]
        if pair[0] == pair[1] or frozenset(pair) in seen:
            faults.append(document.fault("P113", place, pair=", ".join(pair)))
        seen.add(frozenset(pair))
    return faults
