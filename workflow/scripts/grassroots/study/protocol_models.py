"""The models of a protocol: measurement, its invariance between groups, mediation, moderation."""

from typing import Literal

from pydantic import Field

from grassroots.study.model import Identifier, Model, Text

Indicators = Literal["items", "dimensions"]
INDICATORS = (
    "What measures a factor: its items, or the scores of its dimensions; an instrument without "
    "dimensions is always measured by its items."
)


class MeasurementModel(Model):
    """A confirmatory factor model: each factor is a scale with its items or dimensions."""

    title: Text = Field(description="Name of the model.")
    factors: list[Identifier] = Field(
        min_length=1, description="The factors: dimensions, or instruments without dimensions."
    )
    indicators: Indicators = Field(default="items", description=INDICATORS)
    residual_covariances: list[tuple[Identifier, Identifier]] = Field(
        default=[], description="Pairs of items whose residuals may covary."
    )


class Release(Model):
    """Items whose parameters stay free in each group where a step holds the others equal."""

    loadings: list[Identifier] = Field(
        default=[], description="From the metric step on; not the first item of a factor."
    )
    intercepts: list[Identifier] = Field(default=[], description="From the scalar step on.")
    residuals: list[Identifier] = Field(default=[], description="In the strict step.")


class Invariance(Model):
    """A test whether a measurement model measures the same in all groups of a variable."""

    model: Identifier = Field(description="The measurement model.")
    by: Identifier = Field(
        description="The background variable with levels; the first is the reference of the "
        "latent means."
    )
    release: Release = Field(
        default=Release(),
        description="What is released by declaration: the partial forms of the steps follow the "
        "full ones.",
    )


class StructuralModel(Model):
    """A mediation model among scales, estimated latent and with observed scores.

    With a moderator it is estimated with observed scores alone.
    """

    title: Text = Field(description="Name of the model.")
    predictor: Identifier = Field(description="The scale where the effect starts.")
    mediators: list[Identifier] = Field(
        default=[],
        description="The scales in between; none only where a direct path alone is moderated.",
    )
    outcome: Identifier = Field(description="The scale where the effect ends.")
    form: Literal["parallel", "serial"] = Field(
        default="parallel", description="Mediators side by side, or each leading to the next."
    )
    covariates: list[Identifier] = Field(
        default=[],
        description="Background variables and scales that every mediator and the outcome are "
        "regressed on. A variable with levels enters by dummies, its first level being the "
        "reference.",
    )
    moderator: Identifier | None = Field(
        default=None,
        description="A scale, a background variable that is a number, or one with two levels, of "
        "which the first counts 0 and the second 1.",
    )
    moderated: list[Literal["first", "second", "direct"]] = Field(
        default=[],
        description="The paths that the moderator bears on: predictor to mediators, mediators to "
        "outcome, predictor to outcome.",
    )
    exploratory: bool = Field(
        default=False,
        description="Whether the model was not planned, or is no part of the published study: the "
        "page says so wherever it shows it.",
    )
    indicators: Indicators = Field(default="items", description=INDICATORS)
    residual_covariances: list[tuple[Identifier, Identifier]] = Field(
        default=[], description="Pairs of items whose residuals may covary."
    )
