"""The parts of a protocol that say how well the scales measure, beside the declared models."""

from typing import Annotated, Literal

from pydantic import Field

from grassroots.study.model import Identifier, Model


class Exploration(Model):
    """An exploratory factor analysis of all items of an instrument."""

    factors: int | None = Field(
        default=None,
        ge=1,
        description="How many factors; leave out for as many as parallel analysis keeps.",
    )
    rotation: Literal["oblimin", "varimax"] = Field(
        default="oblimin", description="Oblimin lets the factors correlate, varimax does not."
    )
    split_half: bool = Field(
        default=False,
        description="Whether to explore one random half of the respondents and fit the measurement "
        "models of the instrument once more to the other half.",
    )


class Comparison(Model):
    """Simpler models that a measurement model is compared with."""

    one_factor: bool = Field(default=False, description="All factors as one.")
    merged: list[Annotated[list[Identifier], Field(min_length=2)]] = Field(
        default=[], description="Sets of factors, each of which is made one in a model of its own."
    )
    second_order: bool = Field(
        default=False, description="A second-order factor behind all factors; three at least."
    )


class ItemRule(Model):
    """When an item counts as weak. The rule names items and leaves none out."""

    drop_below_citc: float | None = Field(
        default=None,
        gt=0,
        lt=1,
        description="Items whose corrected item-total correlation in their dimension is lower are "
        "named, and their scales are shown without them beside the declared ones.",
    )

    @property
    def asked(self) -> bool:
        """Whether the protocol has a rule."""
        return self.drop_below_citc is not None
