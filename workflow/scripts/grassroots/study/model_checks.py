"""What models must satisfy beyond their form: invariance, covariates, moderators."""

from collections.abc import Iterable, Mapping

from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name
from grassroots.study.instrument import Instrument
from grassroots.study.protocol import Protocol
from grassroots.study.protocol_models import Invariance, StructuralModel
from grassroots.study.scales import construct_indicators, scale_items


def model_faults(
    document: Document[Protocol], instruments: Mapping[str, Instrument]
) -> list[Fault]:
    """Names that do not exist, scales in two roles, moderators that cannot be one."""
    faults = [
        fault
        for name, model in document.model.structural.items()
        for fault in [
            *_covariate_faults(document, name, model, instruments),
            *_moderator_faults(document, name, model, instruments),
        ]
    ]
    seen: dict[tuple[str, str], str] = {}
    for index, test in enumerate(document.model.invariance):
        path = ("invariance", index)
        pair, place = (test.model, test.by), f"invariance[{index}]"
        if pair in seen:
            named = f"{test.model} / {test.by}"
            faults.append(document.fault("P103", path, name=named, other=seen[pair]))
        seen.setdefault(pair, place)
        faults += _invariance_faults(document, path, test, instruments)
    return faults


def _invariance_faults(
    document: Document[Protocol],
    path: tuple,
    test: Invariance,
    instruments: Mapping[str, Instrument],
) -> list[Fault]:
    protocol, faults = document.model, []
    levelled = [name for name, variable in protocol.background.items() if variable.levels]
    if test.by not in levelled:
        faults.append(_unknown(document, (*path, "by"), test.by, levelled))
    if test.model not in protocol.measurement:
        models = list(protocol.measurement)
        near = nearest_name(test.model, models)
        words = {"model": test.model, "models": ", ".join(models)}
        return [*faults, document.fault("P106", (*path, "model"), nearest=near, **words)]
    model = protocol.measurement[test.model]
    known = construct_indicators(instruments, model.indicators)
    factors = [known[factor] for factor in model.factors if factor in known]
    items = [item for names in factors for item in names]
    markers = {names[0] for names in factors}
    for kind in ("loadings", "intercepts", "residuals"):
        for index, item in enumerate(getattr(test.release, kind)):
            place = (*path, "release", kind, index)
            if item not in items:
                faults.append(_unknown(document, place, item, items))
            elif kind == "loadings" and item in markers:
                faults.append(document.fault("P153", place, item=item))
    return faults


def _covariate_faults(
    document: Document[Protocol],
    name: str,
    model: StructuralModel,
    instruments: Mapping[str, Instrument],
) -> list[Fault]:
    known = [*document.model.background, *scale_items(instruments)]
    taken = _roles(model)
    faults: list[Fault] = []
    for index, covariate in enumerate(model.covariates):
        path = ("structural", name, "covariates", index)
        if covariate not in known:
            faults.append(_unknown(document, path, covariate, known))
        elif covariate in taken:
            words = {"scale": covariate, "role": "covariates", "other": taken[covariate]}
            faults.append(document.fault("P104", path, **words))
        taken.setdefault(covariate, f"covariates[{index}]")
    return faults


def _moderator_faults(
    document: Document[Protocol],
    name: str,
    model: StructuralModel,
    instruments: Mapping[str, Instrument],
) -> list[Fault]:
    path, moderator = ("structural", name), model.moderator
    alone = set(model.moderated) == {"direct"}
    if (moderator is None) != (not model.moderated):
        return [document.fault("P150", path)]
    if not model.mediators and not alone:
        return [document.fault("P152", (*path, "mediators"))]
    if moderator is None:
        return []
    if model.form == "serial":
        return [document.fault("P151", (*path, "form"))]
    background, place = document.model.background, (*path, "moderator")
    known = [*background, *scale_items(instruments)]
    if moderator not in known:
        return [_unknown(document, place, moderator, known)]
    taken = _roles(model, moderated=False)
    if moderator in taken:
        words = {"scale": moderator, "role": "moderator", "other": taken[moderator]}
        return [document.fault("P104", place, **words)]
    levels = len(background[moderator].analysed) if moderator in background else 0
    if levels not in (0, 2):
        return [document.fault("P154", place, name=moderator, levels=levels)]
    return []


def _roles(model: StructuralModel, moderated: bool = True) -> dict[str, str]:
    roles = {model.predictor: "predictor"} | dict.fromkeys(model.mediators, "mediators")
    roles[model.outcome] = "outcome"
    return roles | ({model.moderator: "moderator"} if model.moderator and moderated else {})


def _unknown(
    document: Document[Protocol], path: tuple, name: str, candidates: Iterable[str]
) -> Fault:
    candidates = list(candidates)
    return document.fault(
        "P102", path, nearest=nearest_name(name, candidates), name=name, known=", ".join(candidates)
    )
