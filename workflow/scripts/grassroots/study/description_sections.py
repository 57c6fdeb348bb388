"""The sections for the description of the sample, and for what is missing in it."""

from typing import Any

from grassroots.intake.plan import answer_numbers
from grassroots.study.load import Dataset, Study
from grassroots.study.protocol_description import Band
from grassroots.study.scales import scale_items

Section = dict[str, Any]


def description(study: Study, dataset: Dataset) -> Section:
    """Background variables with their levels in order, scales with their items and bands."""
    return {
        "background": {
            name: list(variable.analysed) for name, variable in dataset.protocol.background.items()
        },
        "scales": scale_items(dataset.instruments),
        "answers": {
            name: {
                "items": list(instrument.items),
                "lowest": int(instrument.response.min),
                "highest": int(instrument.response.max),
            }
            for name, instrument in dataset.instruments.items()
            if instrument.response.whole
        },
        "bands": {
            scale: [_band(name, band) for name, band in levels.bands.items()]
            for levels in dataset.protocol.levels.values()
            for scale in levels.scales
        },
        "alpha": study.config.alpha,
        "smallest_cell": study.config.smallest_cell,
    }


def missing_answers(study: Study, dataset: Dataset) -> Section:
    """The items whose gaps are examined; none if the protocol does not ask."""
    asked = dataset.protocol.missing
    scales = scale_items(dataset.instruments)
    items = [item for scale in (asked.scales if asked else []) for item in scales[scale]]
    return {"items": list(dict.fromkeys(items)), "smallest_cell": study.config.smallest_cell}


def replaced_levels(dataset: Dataset) -> Section:
    """Variable: level: the joined level that takes its place, where the protocol joins any."""
    background = dataset.protocol.background
    return {name: variable.replaced for name, variable in background.items() if variable.merge}


def described(dataset: Dataset) -> Section:
    """What the page says of levels, of joined categories and of the coding of items."""
    return {
        "levels": _level_words(dataset),
        "merged": _merged_levels(dataset),
        "codebook": {name: _coding(dataset, name) for name in dataset.instruments},
    }


def _coding(dataset: Dataset, name: str) -> Section:
    """The items of an instrument, and what its answers are called in this dataset's raw file."""
    instrument = dataset.instruments[name]
    part = dataset.codebook.scales.get(name)
    labels: dict[str, str] = {}
    for words, answer in answer_numbers(part, instrument.response).items() if part else ():
        labels.setdefault(f"{answer:g}", words)
    return {
        "items": list(instrument.items),
        "dimensions": {each: list(part.items) for each, part in instrument.dimensions.items()},
        "labels": dict(sorted(labels.items(), key=lambda each: float(each[0]))),
    }


def _level_words(dataset: Dataset) -> list[Section]:
    """The bands of scores with their words and their source, for the page."""
    return [
        {
            "scales": list(levels.scales),
            "bands": [
                {**_band(name, band), "title": {"en": band.title.en, "zh": band.title.zh}}
                for name, band in levels.bands.items()
            ],
            "source": {"en": levels.source.en, "zh": levels.source.zh},
        }
        for levels in dataset.protocol.levels.values()
    ]


def _merged_levels(dataset: Dataset) -> list[Section]:
    """The levels that are analysed as one: variable, the joined level, its members' titles."""
    return [
        {
            "variable": name,
            "level": joined_name,
            "members": [
                {"en": variable.levels[level].en, "zh": variable.levels[level].zh}
                for level in joined.levels
            ],
        }
        for name, variable in dataset.protocol.background.items()
        for joined_name, joined in variable.merge.items()
    ]


def _band(name: str, band: Band) -> Section:
    """`closed`: whether the lower end belongs to the band."""
    return {"level": name, "start": band.start, "closed": band.above is None}
