"""The scales of a protocol: which scores its instruments give, and from which items."""

from collections.abc import Mapping

from grassroots.study.instrument import Instrument
from grassroots.study.model import Text


def scale_items(instruments: Mapping[str, Instrument]) -> dict[str, list[str]]:
    """Scale id: its item ids. Dimensions first, then the instrument's total if it has one.

    An instrument without dimensions is one scale, whether or not it asks for a total.
    """
    scales: dict[str, list[str]] = {}
    for name, instrument in instruments.items():
        for dimension, declared in instrument.dimensions.items():
            scales[dimension] = list(declared.items)
        if instrument.total or not instrument.dimensions:
            scales[name] = list(instrument.items)
    return scales


def factor_items(instruments: Mapping[str, Instrument]) -> dict[str, list[str]]:
    """The scales that can be a factor with items as indicators: dimensions and undivided scales."""
    return {
        scale: items
        for scale, items in scale_items(instruments).items()
        if scale not in instruments or not instruments[scale].dimensions
    }


def construct_indicators(instruments: Mapping[str, Instrument], by: str) -> dict[str, list[str]]:
    """The scales that can be a latent variable, and what measures each.

    `by` items: dimensions and undivided scales, by their items. `by` dimensions: instruments with
    a total, by their dimensions' scores, and undivided scales by their items.
    """
    if by == "items":
        return factor_items(instruments)
    return {
        name: list(instrument.dimensions or instrument.items)
        for name, instrument in instruments.items()
        if instrument.total or not instrument.dimensions
    }


def estimators(
    instruments: Mapping[str, Instrument], indicators: Mapping[str, list[str]]
) -> list[str]:
    """How a model with these indicators of each factor is estimated; the first is reported.

    Whole-number answers (Likert items, and the means of a few of them) are not normal: MLR, whose
    standard errors and chi-square do not need normality, and ML beside it. Else ML alone.
    """
    used = {name for names in indicators.values() for name in names}
    whole = any(
        instrument.response.whole and used & {*instrument.items, *instrument.dimensions}
        for instrument in instruments.values()
    )
    return ["MLR", "ML"] if whole else ["ML"]


def second_order_factors(instruments: Mapping[str, Instrument]) -> dict[str, list[str]]:
    """Instruments with a total over at least three dimensions: id and dimensions.

    With two dimensions a second-order factor is not identified.
    """
    return {
        name: list(instrument.dimensions)
        for name, instrument in instruments.items()
        if instrument.total and len(instrument.dimensions) >= 3
    }


def reversed_items(instruments: Mapping[str, Instrument]) -> list[str]:
    """All items that are turned before scoring."""
    return [item for instrument in instruments.values() for item in instrument.reversed]


def item_titles(instruments: Mapping[str, Instrument]) -> dict[str, Text]:
    """The wording of each item whose wording may be shown."""
    return {
        name: item.text
        for instrument in instruments.values()
        for name, item in instrument.items.items()
        if item.text is not None and instrument.licence.text_allowed
    }


def scale_titles(instruments: Mapping[str, Instrument]) -> dict[str, Text]:
    """The title of each scale."""
    titles: dict[str, Text] = {}
    for name, instrument in instruments.items():
        titles |= {d: dimension.title for d, dimension in instrument.dimensions.items()}
        titles[name] = instrument.title
    return titles
