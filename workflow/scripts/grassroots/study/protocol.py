"""A protocol: a study design. No city's columns in it."""

from typing import Annotated

from pydantic import Field

from grassroots.study.finding import Evidence
from grassroots.study.model import Identifier, Model, Share, Text
from grassroots.study.protocol_description import Levels, Missing, Variable
from grassroots.study.protocol_interviews import Interviews, Recommendation
from grassroots.study.protocol_measurement import Comparison, Exploration, ItemRule
from grassroots.study.protocol_models import Invariance, MeasurementModel, StructuralModel
from grassroots.study.protocol_screening import Screening


class Scoring(Model):
    """How items become scores."""

    minimum_answered: Share = Field(
        default=0.5,
        description="A score is the mean of the answered items if at least this share is answered.",
    )


class Groups(Model):
    """Which scores are compared between the levels of which background variables."""

    outcomes: list[Identifier] = Field(default=[], description="The scales that are compared.")
    by: list[Identifier] = Field(
        default=[], description="The background variables, which must have levels."
    )
    minimum_group: int = Field(
        default=5, ge=2, description="A group with fewer members is left out of its comparison."
    )


class Regression(Model):
    """A hierarchical regression: each step adds its terms to those of the steps before."""

    title: Text = Field(description="Name of the regression.")
    outcome: Identifier = Field(description="The scale that is predicted.")
    steps: list[Annotated[list[Identifier], Field(min_length=1)]] = Field(
        min_length=1,
        description="Background variables and scales, step by step. A variable with levels "
        "enters by dummies, its first level being the reference.",
    )


class Hypothesis(Model):
    """What the study set out to examine, and the numbers that decide."""

    statement: Text = Field(description="The hypothesis as a sentence.")
    evidence: list[Evidence] = Field(
        min_length=1, description="The rows of result tables that decide; all must agree."
    )


class Protocol(Model):
    """A study design: instruments, background variables, screening, models, hypotheses."""

    title: Text = Field(description="Name of the study.")
    question: Text = Field(description="The research question, one sentence.")
    instruments: list[Identifier] = Field(
        min_length=1, description="The instruments, by their file names under instruments/."
    )
    background: dict[Identifier, Variable] = Field(
        default={}, description="The background variables."
    )
    screening: Screening = Field(default=Screening(), description="Who is removed.")
    scoring: Scoring = Field(default=Scoring(), description="How scores are formed.")
    measurement: dict[Identifier, MeasurementModel] = Field(
        default={}, description="The measurement models."
    )
    levels: dict[Identifier, Levels] = Field(
        default={}, description="Words for the height of scores, by declared cut-offs."
    )
    missing: Missing | None = Field(
        default=None, description="How missing answers are examined; leave out not to."
    )
    exploration: dict[Identifier, Exploration] = Field(
        default={}, description="The instruments whose factors are explored."
    )
    comparisons: dict[Identifier, Comparison] = Field(
        default={}, description="The measurement models that are compared with simpler ones."
    )
    items: ItemRule = Field(default=ItemRule(), description="When an item counts as weak.")
    invariance: list[Invariance] = Field(
        default=[], description="The tests of measurement invariance between groups."
    )
    groups: Groups = Field(default=Groups(), description="The comparisons of groups.")
    regressions: dict[Identifier, Regression] = Field(default={}, description="The regressions.")
    method_bias: bool = Field(
        default=False,
        description="Whether common method bias is checked over all items of the instruments.",
    )
    structural: dict[Identifier, StructuralModel] = Field(
        default={}, description="The structural models."
    )
    hypotheses: dict[Identifier, Hypothesis] = Field(default={}, description="The hypotheses.")
    interviews: Interviews | None = Field(
        default=None, description="How interviews are coded, if the study has any."
    )
    recommendations: dict[Identifier, Recommendation] = Field(
        default={}, description="What is recommended if the findings call for it."
    )
