"""An instrument: a questionnaire scale. No city in it."""

from pydantic import Field

from grassroots.study.model import Identifier, Licence, Model, Text, Title


class Response(Model):
    """The answers that an item allows."""

    min: float = Field(description="The lowest answer.")
    max: float = Field(description="The highest answer.")
    whole: bool = Field(default=True, description="Whether only whole numbers are answers.")


class Dimension(Model):
    """A part of an instrument with a score of its own."""

    title: Title = Field(description="What the dimension measures.")
    items: list[Identifier] = Field(min_length=1, description="Its items, by their ids.")


class Item(Model):
    """One question; its wording only where the licence allows it."""

    text: Text | None = Field(default=None, description="The wording, if the licence allows it.")


class Instrument(Model):
    """A questionnaire scale: items, dimensions, answers, keys, licence."""

    title: Title = Field(description="Name of the instrument.")
    source: str = Field(min_length=1, description="Who published it, and where.")
    licence: Licence = Field(description="The terms of use.")
    response: Response = Field(description="The answers that its items allow.")
    items: dict[Identifier, Item] = Field(
        min_length=1, description="Its items in the order in which they are asked."
    )
    reversed: list[Identifier] = Field(
        default=[], description="The items whose answers are turned before scoring."
    )
    dimensions: dict[Identifier, Dimension] = Field(
        default={}, description="Its dimensions; none if the instrument measures one thing."
    )
    total: bool = Field(
        default=True, description="Whether the mean of all its items is a score of its own."
    )
