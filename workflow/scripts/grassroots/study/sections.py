"""The section of the study that each rule needs: plain JSON types in a fixed order.

What a rule does not get here it cannot depend on: editing a hypothesis leaves the models alone.
"""

from collections.abc import Mapping
from typing import Any

from grassroots.intake.plan import mapping_plan
from grassroots.run.seeds import derived_seed
from grassroots.study.description_sections import (
    described,
    description,
    missing_answers,
    replaced_levels,
)
from grassroots.study.interview_sections import interviews, voice_findings, voice_page, voice_titles
from grassroots.study.load import Dataset, Study
from grassroots.study.measurement_sections import (
    comparisons,
    explorations,
    measurement_estimators,
    measurement_models,
    method_bias,
    omega_models,
    other_halves,
    scales,
)
from grassroots.study.model import Text
from grassroots.study.model_sections import (
    invariance,
    model_title,
    moderated_models,
    planned_models,
    structural_estimators,
    structural_models,
)
from grassroots.study.scales import (
    factor_items,
    item_titles,
    scale_items,
    scale_titles,
)

# The sections of stages that have a module of their own.
__all__ = [
    "comparisons",
    "description",
    "explorations",
    "interviews",
    "invariance",
    "measurement_estimators",
    "measurement_models",
    "method_bias",
    "missing_answers",
    "moderated_models",
    "omega_models",
    "other_halves",
    "scales",
    "structural_estimators",
    "structural_models",
]

Section = dict[str, Any]


def marks(study: Study, dataset: Dataset) -> dict[str, str]:
    """What every table says of the data behind it: nothing, unless they are simulated."""
    return {"data": "simulated"} if dataset.codebook.simulated else {}


def named(study: Study, dataset: Dataset) -> Section:
    """What a collection of numbers says of the dataset that they belong to."""
    return {"dataset": dataset.name, "simulated": dataset.codebook.simulated}


def intake(study: Study, dataset: Dataset) -> Section:
    """How the raw file is read and mapped."""
    codebook = dataset.codebook
    plan = mapping_plan(codebook, dataset.instruments)
    return {
        "format": codebook.format,
        "encoding": codebook.encoding,
        "joined_on": codebook.joined_on,
        "keep_unfinished": codebook.unfinished == "keep",
        **plan,
    }


def screening(study: Study, dataset: Dataset) -> Section:
    """Who is removed and who is flagged: the rules, and the items that they look at.

    `mixed` are the instruments with items worded both ways, where one answer in a row contradicts
    itself; `scales` those that have halves.
    """
    instruments = dataset.instruments.values()
    return {
        "items": [item for instrument in instruments for item in instrument.items],
        "mixed": [
            list(instrument.items)
            for instrument in instruments
            if 0 < len(instrument.reversed) < len(instrument.items)
        ],
        "turned": _turned(dataset),
        "scales": [items for items in factor_items(dataset.instruments).values() if len(items) > 1],
        "smallest_cell": study.config.smallest_cell,
        **dataset.protocol.screening.model_dump(mode="json"),
    }


def scoring(study: Study, dataset: Dataset) -> Section:
    """Which items are turned and about what, which scores are formed from which items."""
    return {
        "reversed": _turned(dataset),
        "merged": replaced_levels(dataset),
        "scales": scale_items(dataset.instruments),
        **dataset.protocol.scoring.model_dump(mode="json"),
    }


def group_comparisons(study: Study, dataset: Dataset) -> Section:
    """Which scores are compared between which levels, in the protocol's order."""
    groups, background = dataset.protocol.groups, dataset.protocol.background
    return {
        "outcomes": list(groups.outcomes),
        "background": {name: list(background[name].analysed) for name in groups.by},
        "alpha": study.config.alpha,
        "minimum_group": groups.minimum_group,
        "smallest_cell": study.config.smallest_cell,
    }


def regressions(study: Study, dataset: Dataset) -> Section:
    """The regressions, and the levels of the background variables that enter by dummies."""
    background = dataset.protocol.background
    return {
        "models": {
            name: {"outcome": model.outcome, "steps": [list(terms) for terms in model.steps]}
            for name, model in dataset.protocol.regressions.items()
        },
        "levels": {name: list(each.analysed) for name, each in background.items() if each.levels},
        "alpha": study.config.alpha,
        "smallest_cell": study.config.smallest_cell,
    }


def sensitivity(study: Study, dataset: Dataset) -> Section:
    """What is computed once more without the flagged respondents."""
    models = planned_models(study, dataset)
    return {
        "groups": group_comparisons(study, dataset),
        "regressions": regressions(study, dataset),
        "structural": models,
        "scoring": scoring(study, dataset),
        "alpha": study.config.alpha,
        # Without a mediation nothing is drawn, and another seed need not run this again.
        "draws": study.config.draws if models else 0,
        "largest": study.config.bootstrap_rows if models else 0,
        # The seed of the main analysis: what differs is the respondents, not the luck.
        "seed": derived_seed(study.config.seed, "fit_sem", dataset.name) if models else 0,
    }


def findings(study: Study, dataset: Dataset) -> Section:
    """Hypotheses and claims, and what decides them."""
    claims = dataset.claims
    return {
        "hypotheses": {
            name: hypothesis.model_dump(mode="json")
            for name, hypothesis in dataset.protocol.hypotheses.items()
        },
        "claims": claims.model_dump(mode="json")["claims"] if claims else {},
        **voice_findings(dataset.protocol),
        "raw_sha256": claims.raw_sha256 if claims else None,
        "simulated": dataset.codebook.simulated,
        "alpha": study.config.alpha,
    }


def published_tests(dataset: Dataset) -> dict[str, Section]:
    """Claim: the test behind it as published, for the claims that give one."""
    claims = dataset.claims.claims if dataset.claims else {}
    return {
        name: claim.test.model_dump(mode="json") for name, claim in claims.items() if claim.test
    }


def packaged(dataset: Dataset) -> Section:
    """What the papers of the package say of a dataset, and its published tests."""
    codebook = dataset.codebook
    return {
        "title": codebook.title.en,
        "titles": _text(codebook.title),
        "origin": codebook.origin.en,
        "licence": codebook.licence.name.en,
        "licences": _text(codebook.licence.name),
        "simulated": codebook.simulated,
        "tests": published_tests(dataset),
    }


def names(study: Study, dataset: Dataset) -> Section:
    """The display names of all scales, items, variables, levels and models, in both languages."""
    protocol = dataset.protocol
    titles: dict[str, Text] = scale_titles(dataset.instruments) | item_titles(dataset.instruments)
    for name, variable in protocol.background.items():
        titles[name] = variable.title
        titles |= {f"{name}={level}": title for level, title in variable.analysed.items()}
    models: Mapping[str, Any] = protocol.measurement | protocol.regressions | protocol.structural
    titles |= {name: model_title(model) for name, model in models.items()}
    titles |= voice_titles(protocol)
    return {name: _text(title) for name, title in titles.items()}


def drawing(study: Study, dataset: Dataset) -> Section:
    """What figures say besides their numbers."""
    return {
        "names": names(study, dataset),
        "structural": _structure(dataset),
        "alpha": study.config.alpha,
        "simulated": dataset.codebook.simulated,
    }


def page(study: Study, dataset: Dataset) -> Section:
    """What the page says of the study besides its tables."""
    codebook, protocol = dataset.codebook, dataset.protocol
    return {
        "dataset": dataset.name,
        "title": _text(protocol.title),
        "dataset_title": _text(codebook.title),
        "question": _text(protocol.question),
        "place": _text(codebook.place),
        "origin": _text(codebook.origin),
        "collected": _text(codebook.collected),
        "simulated": codebook.simulated,
        "licence": _text(codebook.licence.name),
        "online": bool(codebook.meta.duration or codebook.meta.submitted or codebook.meta.address),
        "reporting": {name: _text(text) for name, text in codebook.reporting.items()},
        "claims_source": _text(dataset.claims.source) if dataset.claims else None,
        "instruments": {
            name: {
                "title": _text(instrument.title),
                "source": instrument.source,
                "items": len(instrument.items),
                "response": {"min": instrument.response.min, "max": instrument.response.max},
                "text_allowed": instrument.licence.text_allowed,
                "licence": _text(instrument.licence.name),
            }
            for name, instrument in dataset.instruments.items()
        },
        "hypotheses": list(protocol.hypotheses),
        "structural": _structure(dataset),
        "names": names(study, dataset)
        | {name: _text(each.statement) for name, each in protocol.hypotheses.items()},
        **voice_page(protocol, codebook.interviews),
        **described(dataset),
        "screening": protocol.screening.model_dump(mode="json"),
        "eligible": [
            {
                "variable": name,
                "levels": [_text(protocol.background[name].levels[each]) for each in ok.levels],
                "at_least": ok.at_least,
                "at_most": ok.at_most,
            }
            for name, ok in protocol.screening.eligible.items()
        ],
        "scoring": protocol.scoring.model_dump(mode="json"),
        "alpha": study.config.alpha,
        "draws": study.config.draws,
        "seed": study.config.seed,
        "smallest_cell": study.config.smallest_cell,
    }


def _turned(dataset: Dataset) -> dict[str, float]:
    """Reverse-keyed item: its lowest plus its highest answer, from which an answer is taken."""
    return {
        item: instrument.response.min + instrument.response.max
        for instrument in dataset.instruments.values()
        for item in instrument.reversed
    }


def _structure(dataset: Dataset) -> list[Section]:
    return [
        {
            "id": name,
            "predictor": model.predictor,
            "mediators": list(model.mediators),
            "outcome": model.outcome,
            "form": model.form,
            "covariates": list(model.covariates),
            "moderator": model.moderator,
            "moderated": list(model.moderated),
            "exploratory": model.exploratory,
        }
        for name, model in dataset.protocol.structural.items()
    ]


def _text(text: Text) -> dict[str, str]:
    return {key: said for key, said in text.model_dump().items() if said}
