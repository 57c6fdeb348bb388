"""What a protocol says of levels, of categories that are joined, and of missing answers."""

from typing import Annotated

from pydantic import Field

from grassroots.study.model import Identifier, Model, Text, Title


class Joined(Model):
    """Categories of a background variable that are analysed as one, because they are small."""

    title: Text = Field(description="What the category that they form is called.")
    levels: list[Identifier] = Field(min_length=2, description="The categories that it joins.")


class Variable(Model):
    """A background variable: categories if it has levels, a number if it has none."""

    title: Title = Field(description="What the variable is.")
    levels: dict[Identifier, Text] = Field(
        default={}, description="Its categories in their order; leave out for a number."
    )
    min: float | None = Field(
        default=None,
        description="Of a number: the lowest that can be; without it, numbers below zero among "
        "others are asked about.",
    )
    max: float | None = Field(default=None, description="Of a number: the highest that can be.")
    merge: dict[Identifier, Joined] = Field(
        default={},
        description="Categories that are too small to stand alone, joined before anything is "
        "computed: everything after intake and screening has the joined category only.",
    )

    @property
    def replaced(self) -> dict[str, str]:
        """Level: the joined one that takes its place, for the levels that are joined."""
        return {level: name for name, joined in self.merge.items() for level in joined.levels}

    @property
    def analysed(self) -> dict[str, Text]:
        """The levels that are analysed: a joined one stands where its first member stood."""
        replaced = self.replaced
        titles = {**self.levels, **{name: joined.title for name, joined in self.merge.items()}}
        return {name: titles[name] for name in (replaced.get(each, each) for each in self.levels)}


class Band(Model):
    """A band of scores. The first one has no lower end, every other one has exactly one of two."""

    title: Text = Field(description="The word for a score in this band.")
    at_least: float | None = Field(default=None, description="Its lower end, which belongs to it.")
    above: float | None = Field(
        default=None, description="Its lower end, which belongs to the band below."
    )

    @property
    def start(self) -> float | None:
        """The cut-off, whichever side it belongs to."""
        return self.above if self.at_least is None else self.at_least


class Levels(Model):
    """Words for the height of scores: a convention with a source, and no diagnosis."""

    scales: list[Identifier] = Field(
        min_length=1, description="The scales to which the cut-offs apply."
    )
    bands: Annotated[dict[Identifier, Band], Field(min_length=2)] = Field(
        description="The bands from the lowest to the highest."
    )
    source: Text = Field(description="Where the cut-offs come from, as it stands on the page.")


class Missing(Model):
    """Which answers are examined for gaps: their patterns and Little's test."""

    scales: list[Identifier] = Field(
        min_length=1,
        description="The scales over whose items patterns are counted and Little's test is made; "
        "the structural models are then estimated a second time from all answers (FIML).",
    )
