"""A protocol: a study design. No city's columns in it."""

from typing import Annotated, Literal

from pydantic import Field

from grassroots.study.finding import Evidence
from grassroots.study.model import Identifier, Model, Share, Text
from grassroots.study.protocol_description import Levels, Missing, Variable
from grassroots.study.protocol_interviews import Interviews, Recommendation
from grassroots.study.protocol_measurement import Comparison, Exploration, ItemRule
from grassroots.study.protocol_models import Invariance, MeasurementModel, StructuralModel


class Flags(Model):
    """Signs of careless or repeated answers: none removes anybody, none is looked for unasked."""

    seconds_per_item: float | None = Field(
        default=None, gt=0, description="too_fast: fewer seconds in all than this for each item."
    )
    longstring: Share | None = Field(
        default=None,
        description="longstring: one answer in a row for at least this share of the items of an "
        "instrument that has items worded both ways.",
    )
    lowest_irv: Share | None = Field(
        default=None,
        description="low_irv: among this share with the smallest spread of answers "
        "(intra-individual response variability).",
    )
    mahalanobis_p: float | None = Field(
        default=None,
        gt=0,
        lt=1,
        description="mahalanobis: squared Mahalanobis distance with a smaller p than this.",
    )
    same_answers: bool = Field(
        default=False, description="same_answers: every answer as in an earlier response."
    )
    same_source: bool = Field(
        default=False,
        description="same_source: the address and the background of an earlier response.",
    )
    missing: Share | None = Field(
        default=None, description="many_missing: more than this share of the items unanswered."
    )
    families: int = Field(
        default=2, ge=1, description="From this many families of signs on, somebody is flagged."
    )

    @property
    def asked(self) -> bool:
        """Whether any sign is looked for."""
        return any(value for name, value in self if name != "families")


class Screening(Model):
    """Which respondents are removed before anything is computed, and which are flagged."""

    minimum_answered: Share = Field(
        default=0.5, description="A respondent who answered a smaller share of the items leaves."
    )
    exclude: list[Literal["no_consent", "failed_attention_check"]] = Field(
        default=[], description="What else removes a respondent."
    )
    flags: Flags = Field(
        default=Flags(), description="What flags a respondent, who stays in the analyses."
    )


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
