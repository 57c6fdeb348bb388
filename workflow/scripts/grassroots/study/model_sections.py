"""Sections of the study for the rules of models: structural, moderated, between groups."""

from collections.abc import Iterable
from typing import Any

from grassroots.study.load import Dataset, Study
from grassroots.study.model import Text
from grassroots.study.protocol import Regression
from grassroots.study.protocol_models import MeasurementModel, StructuralModel
from grassroots.study.scales import construct_indicators, estimators


def factor_model(dataset: Dataset, model: MeasurementModel) -> dict[str, Any]:
    """The indicators of each factor, and the pairs of items whose residuals may covary."""
    indicators = construct_indicators(dataset.instruments, model.indicators)
    return {
        "factors": {factor: indicators[factor] for factor in model.factors},
        "residual_covariances": [list(pair) for pair in model.residual_covariances],
    }


def invariance(study: Study, dataset: Dataset) -> dict[str, Any]:
    """The measurement models to compare between groups, and who they are compared between."""
    protocol, tests = dataset.protocol, []
    for each in protocol.invariance:
        model = factor_model(dataset, protocol.measurement[each.model])
        tests.append(
            {
                "model": each.model,
                "by": each.by,
                "levels": list(protocol.background[each.by].analysed),
                "release": each.release.model_dump(mode="json"),
                "estimators": estimators(dataset.instruments, model["factors"]),
                **model,
            }
        )
    return {"tests": tests, "smallest_cell": study.config.smallest_cell}


def moderated_models(study: Study, dataset: Dataset) -> dict[str, Any]:
    """The moderated models; `levels` are the two of a moderator that has categories."""
    return {
        name: {
            "predictor": model.predictor,
            "mediators": list(model.mediators),
            "outcome": model.outcome,
            "moderator": model.moderator,
            "moderated": list(model.moderated),
            "covariates": levels_of(dataset, model.covariates),
            "levels": levels_of(dataset, [model.moderator])[model.moderator],
            "smallest_cell": study.config.smallest_cell,
        }
        for name, model in dataset.protocol.structural.items()
        if model.moderator is not None
    }


def levels_of(dataset: Dataset, variables: Iterable[str]) -> dict[str, list[str]]:
    """Each variable's levels in order; none for a number and for a scale."""
    background = dataset.protocol.background
    return {
        name: list(background[name].analysed) if name in background else [] for name in variables
    }


def model_title(model: MeasurementModel | Regression | StructuralModel) -> Text:
    """The title of a model; an exploratory one is called so wherever it is shown."""
    if not getattr(model, "exploratory", False):
        return model.title
    return Text(en=f"{model.title.en} (exploratory)", zh=f"{model.title.zh}（探索性）")


def structural_models(study: Study, dataset: Dataset) -> dict[str, Any]:
    """The mediation models with the indicators of each construct; moderated ones are apart."""
    return {
        name: {
            "predictor": model.predictor,
            "mediators": list(model.mediators),
            "outcome": model.outcome,
            "form": model.form,
            "covariates": levels_of(dataset, model.covariates),
            "indicators": {
                scale: construct_indicators(dataset.instruments, model.indicators)[scale]
                for scale in (model.predictor, *model.mediators, model.outcome)
            },
            "residual_covariances": [list(pair) for pair in model.residual_covariances],
            "smallest_cell": study.config.smallest_cell,
        }
        for name, model in dataset.protocol.structural.items()
        if model.moderator is None
    }


def planned_models(study: Study, dataset: Dataset) -> dict[str, Any]:
    """The mediation models that are not exploratory: what is repeated of the main results."""
    declared = dataset.protocol.structural
    found = structural_models(study, dataset)
    return {name: model for name, model in found.items() if not declared[name].exploratory}


def structural_estimators(study: Study, dataset: Dataset) -> dict[str, list[str]]:
    """The estimators of each mediation model, the reported one first."""
    return {
        name: estimators(dataset.instruments, model["indicators"])
        for name, model in structural_models(study, dataset).items()
    }
