"""A protocol: a study design. No city's columns in it."""

from typing import Literal

from pydantic import Field

from grassroots.study.finding import Evidence
from grassroots.study.model import Identifier, Model, Share, Text


class Variable(Model):
    """A background variable: categories if it has levels, a number if it has none."""

    title: Text = Field(description="What the variable is.")
    levels: dict[Identifier, Text] = Field(
        default={}, description="Its categories in their order; leave out for a number."
    )


class Screening(Model):
    """Which respondents are removed before anything is computed."""

    minimum_answered: Share = Field(
        default=0.5, description="A respondent who answered a smaller share of the items leaves."
    )


class Scoring(Model):
    """How items become scores."""

    minimum_answered: Share = Field(
        default=0.5,
        description="A score is the mean of the answered items if at least this share is answered.",
    )


class MeasurementModel(Model):
    """A confirmatory factor model: each factor is a scale with its items as indicators."""

    title: Text = Field(description="Name of the model.")
    factors: list[Identifier] = Field(
        min_length=1, description="The factors: dimensions, or instruments without dimensions."
    )
    residual_covariances: list[tuple[Identifier, Identifier]] = Field(
        default=[], description="Pairs of items whose residuals may covary."
    )


class StructuralModel(Model):
    """A mediation model among scales, estimated latent and with observed scores."""

    title: Text = Field(description="Name of the model.")
    predictor: Identifier = Field(description="The scale where the effect starts.")
    mediators: list[Identifier] = Field(min_length=1, description="The scales in between.")
    outcome: Identifier = Field(description="The scale where the effect ends.")
    form: Literal["parallel", "serial"] = Field(
        default="parallel", description="Mediators side by side, or each leading to the next."
    )
    residual_covariances: list[tuple[Identifier, Identifier]] = Field(
        default=[], description="Pairs of items whose residuals may covary."
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
    structural: dict[Identifier, StructuralModel] = Field(
        default={}, description="The structural models."
    )
    hypotheses: dict[Identifier, Hypothesis] = Field(default={}, description="The hypotheses.")
