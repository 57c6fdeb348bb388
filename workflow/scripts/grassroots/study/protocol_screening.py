"""What a protocol says of screening: who leaves, who is flagged, by which limits of what source."""

from typing import Literal

from pydantic import Field

from grassroots.study.model import Identifier, Model, Share, Text

Limit = Literal[
    "seconds_per_item",
    "share_of_median",
    "longstring",
    "lowest_irv",
    "mahalanobis_p",
    "even_odd",
    "synonyms",
    "antonyms",
    "same_answers",
    "same_source",
    "missing",
]


class Flags(Model):
    """Signs of careless or repeated answers: none is looked for unasked."""

    seconds_per_item: float | None = Field(
        default=None, gt=0, description="too_fast: fewer seconds in all than this for each item."
    )
    share_of_median: Share | None = Field(
        default=None,
        description="faster_than_most: less time than this share of the median respondent's.",
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
    even_odd: float | None = Field(
        default=None,
        ge=-1,
        le=1,
        description="even_odd: inconsistency of a person's even and odd halves over the scales "
        "above this; with the sign of careless 1.2, -1 is consistent: -0.3 is a corrected "
        "correlation of .30.",
    )
    synonyms: float | None = Field(
        default=None,
        ge=-1,
        le=1,
        description="synonyms: a person's correlation over pairs of items that correlate highly is "
        "below this.",
    )
    antonyms: float | None = Field(
        default=None,
        ge=-1,
        le=1,
        description="antonyms: a person's correlation over pairs of items that correlate highly "
        "and negatively is above this.",
    )
    pairs_above: float = Field(
        default=0.6,
        gt=0,
        lt=1,
        description="From which correlation on two items are synonyms, and from minus which "
        "antonyms.",
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
    only_shown: list[Limit] = Field(
        default=[],
        description="The signs that are computed and shown but flag nobody, by the keys of their "
        "limits.",
    )
    sources: dict[Limit, Text] = Field(
        default={}, description="Limit: where it comes from, as it stands on the page."
    )

    @property
    def asked(self) -> bool:
        """Whether any sign is looked for."""
        limits = {name: value for name, value in self if name in Limit.__args__}
        return any(value is not None and value is not False for value in limits.values())


class Eligible(Model):
    """What a background variable must be: one of some levels, or a number between two ends."""

    levels: list[Identifier] = Field(default=[], description="The levels that are eligible.")
    at_least: float | None = Field(
        default=None, description="The lowest eligible number, which belongs to the range."
    )
    at_most: float | None = Field(
        default=None, description="The highest eligible number, which belongs to the range."
    )


class Screening(Model):
    """Which respondents are removed before anything is computed, and which are flagged."""

    eligible: dict[Identifier, Eligible] = Field(
        default={},
        description="Background variable: what it must be. Who does not meet all conditions, or "
        "does not say, leaves.",
    )
    minimum_answered: Share = Field(
        default=0.5, description="A respondent who answered a smaller share of the items leaves."
    )
    exclude: list[Literal["no_consent", "failed_attention_check", "flagged"]] = Field(
        default=[],
        description="What else removes a respondent. Without `flagged`, the flagged stay; results "
        "are given with and without them either way.",
    )
    failed_checks_allowed: int = Field(
        default=0, ge=0, description="How many attention checks may fail before somebody leaves."
    )
    flags: Flags = Field(default=Flags(), description="What flags a respondent.")
