"""The parts of a protocol beside its statistics: interviews, and what is recommended."""

from typing import Literal

from pydantic import Field

from grassroots.study.finding import Evidence
from grassroots.study.model import Identifier, Model, Text

RecommendationLevel = Literal["individual", "organisation", "society"]


class Theme(Model):
    """What several codes have in common, and the statistics that speak to it."""

    title: Text = Field(description="Name of the theme.")
    level: Identifier = Field(description="The level that it belongs to.")
    codes: dict[Identifier, Text] = Field(
        min_length=1, description="The codes of the theme with their names."
    )
    speaks: list[Evidence] = Field(
        default=[],
        description="The rows of result tables that speak to the theme; `expects` is what the "
        "interviews tell. Leave out if no question was about it.",
    )


class Interviews(Model):
    """How interviews are coded, whatever city they are from."""

    levels: dict[Identifier, Text] = Field(
        min_length=1, description="The levels of the themes in their order, with their names."
    )
    themes: dict[Identifier, Theme] = Field(min_length=1, description="The themes.")
    unit: Literal["excerpt", "interview"] = Field(
        default="excerpt",
        description="On what coders can agree: on each passage that either of them coded, or on "
        "whether a code occurs in an interview at all (where passages were cut differently).",
    )
    excerpts: int = Field(
        default=3, ge=0, description="How many reviewed excerpts of a theme the page shows."
    )


class Recommendation(Model):
    """Advice, tied to the findings that would call for it."""

    level: RecommendationLevel = Field(description="Whom it is for.")
    title: Text = Field(description="The advice in a few words.")
    text: Text = Field(description="The advice in a sentence or two.")
    hypotheses: list[Identifier] = Field(
        default=[], description="Hypotheses that must all be supported."
    )
    evidence: list[Evidence] = Field(
        default=[], description="Rows of result tables that must all be as expected."
    )
