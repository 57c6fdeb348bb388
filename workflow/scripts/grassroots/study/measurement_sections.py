"""Sections of the study for the rules of measurement: items, factor models, explorations."""

from typing import Any

from grassroots.run.seeds import derived_seed
from grassroots.study.load import Dataset, Study
from grassroots.study.model_sections import factor_model
from grassroots.study.scales import (
    estimators,
    factor_items,
    reversed_items,
    scale_items,
    second_order_factors,
)

Section = dict[str, Any]


def scales(study: Study, dataset: Dataset) -> Section:
    """Scales with their items, reversed items, level of significance: for reliability.

    `ends` are the lowest and highest answers of items with whole-number answers; `rule` is the
    declared rule for weak items, judged in the scales of `judged`.
    """
    return {
        "scales": scale_items(dataset.instruments),
        "reversed": reversed_items(dataset.instruments),
        "ends": {
            item: [instrument.response.min, instrument.response.max]
            for instrument in dataset.instruments.values()
            if instrument.response.whole
            for item in instrument.items
        },
        "judged": list(factor_items(dataset.instruments)),
        "rule": dataset.protocol.items.model_dump(mode="json"),
        "minimum_answered": dataset.protocol.scoring.minimum_answered,
        "alpha": study.config.alpha,
    }


def explorations(study: Study, dataset: Dataset) -> dict[str, Section]:
    """The instruments whose factors are explored: how, and their declared dimensions.

    `factors` is None for as many as parallel analysis keeps.
    """
    found = {}
    for name, asked in dataset.protocol.exploration.items():
        instrument = dataset.instruments[name]
        dimensions = {key: list(each.items) for key, each in instrument.dimensions.items()}
        inside = {item for items in dimensions.values() for item in items}
        rest = [item for item in instrument.items if item not in inside]
        found[name] = {
            "dimensions": dimensions | ({name: rest} if rest else {}),
            "factors": asked.factors,
            "rotation": asked.rotation,
            "split_half": asked.split_half,
        }
    return found


def other_halves(study: Study, dataset: Dataset) -> Section:
    """The factor models that are fitted once more to the half that no exploration saw.

    Those whose indicators are all items of one instrument that is explored on a half. The seed is
    the one of the exploration, so that the halves are the same; without such a model there is none.
    """
    split = [
        set(dataset.instruments[name].items)
        for name, asked in dataset.protocol.exploration.items()
        if asked.split_half
    ]
    items = factor_items(dataset.instruments)
    models = [
        name
        for name, model in dataset.protocol.measurement.items()
        if model.indicators == "items"
        and any({i for f in model.factors for i in items[f]} <= own for own in split)
    ]
    if not models:
        return {}
    seed = derived_seed(study.config.seed, "explore_factors", dataset.name)
    return {"models": models, "seed": seed}


def comparisons(study: Study, dataset: Dataset) -> dict[str, Section]:
    """The factor models that are compared with simpler ones, and with which."""
    return {
        name: asked.model_dump(mode="json") for name, asked in dataset.protocol.comparisons.items()
    }


def measurement_models(study: Study, dataset: Dataset) -> Section:
    """The factor models that the protocol declares, and those that omega needs.

    Omega of a scale comes from a model with one factor, omega of a total over dimensions from a
    second-order one.
    """
    factors = factor_items(dataset.instruments)
    declared = {
        name: factor_model(dataset, model) for name, model in dataset.protocol.measurement.items()
    }
    single = {
        f"one_factor:{factor}": {"factors": {factor: items}, "residual_covariances": []}
        for factor, items in factors.items()
        if len(items) >= 3
    }
    second = {
        f"second_order:{total}": {
            "factors": {dimension: factors[dimension] for dimension in dimensions},
            "residual_covariances": [],
            "second_order": {total: dimensions},
        }
        for total, dimensions in second_order_factors(dataset.instruments).items()
    }
    return {"declared": declared, "for_omega": single | second}


def omega_models(study: Study, dataset: Dataset) -> Section:
    """Those of the factor models that omega needs."""
    return measurement_models(study, dataset)["for_omega"]


def measurement_estimators(study: Study, dataset: Dataset) -> dict[str, list[str]]:
    """The estimators of each factor model, the reported one first.

    Loadings do not depend on the estimator: for omega one will do.
    """
    models = measurement_models(study, dataset)
    found = {
        name: estimators(dataset.instruments, model["factors"])
        for of in models.values()
        for name, model in of.items()
    }
    return {name: of[:1] if name in models["for_omega"] else of for name, of in found.items()}


def method_bias(study: Study, dataset: Dataset) -> dict[str, list[str]]:
    """The factors whose items are held against a single one; none if the protocol does not ask."""
    factors = factor_items(dataset.instruments)
    return factors if dataset.protocol.method_bias and len(factors) > 1 else {}
