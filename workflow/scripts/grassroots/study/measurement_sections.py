"""Sections of the study for the rules of measurement: explorations, halves, comparisons, items."""

from typing import Any

from grassroots.run.seeds import derived_seed
from grassroots.study.load import Dataset, Study
from grassroots.study.scales import factor_items, reversed_items, scale_items

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
