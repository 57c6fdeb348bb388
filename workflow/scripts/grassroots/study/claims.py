"""claims.yaml: what was published about a dataset, in its own words."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from grassroots.study.finding import Evidence, TableName
from grassroots.study.model import Identifier, Model, Text

Printed = Annotated[str, StringConstraints(pattern=r"^-?[0-9]*\.?[0-9]+$")]


class Tolerance(Model):
    """A wider interval than the printed digits allow, with the reason."""

    within: float = Field(gt=0, description="Largest absolute difference that still agrees.")
    reason: str = Field(min_length=1, description="Why the printed digits are not enough.")


class KnownDifference(Model):
    """A difference that the author explains."""

    since: str = Field(min_length=1, description="Since when it is known: a date or a version.")
    why: str = Field(min_length=1, description="The explanation.")


PrintedP = Annotated[str, StringConstraints(pattern=r"^[<>]? ?(0?\.[0-9]+|1(\.0+)?|0)$")]
PrintedR = Annotated[str, StringConstraints(pattern=r"^-?(0?\.[0-9]+|1(\.0+)?|0)$")]


class OneDfTest(Model):
    """A published t or chi-square test."""

    statistic: Literal["t", "chi2"] = Field(description="The statistic; t is two-sided.")
    value: Printed = Field(description="The statistic as printed, in quotes, with all its digits.")
    df: float = Field(gt=0, description="Its degrees of freedom.")
    p: PrintedP = Field(description="The p as printed, in quotes: .032, <.001, >.05.")


class FTest(Model):
    """A published F test."""

    statistic: Literal["F"] = Field(description="The statistic.")
    value: Printed = Field(description="The statistic as printed, in quotes, with all its digits.")
    df: float = Field(gt=0, description="Its first degrees of freedom.")
    df2: float = Field(gt=0, description="Its second degrees of freedom.")
    p: PrintedP = Field(description="The p as printed, in quotes: .032, <.001, >.05.")


class RTest(Model):
    """A published correlation with its two-sided test."""

    statistic: Literal["r"] = Field(description="The statistic.")
    value: PrintedR = Field(description="The correlation as printed, in quotes.")
    df: float = Field(gt=0, description="Its degrees of freedom, n - 2.")
    p: PrintedP = Field(description="The p as printed, in quotes: .032, <.001, >.05.")


class ZTest(Model):
    """A published z test, two-sided."""

    statistic: Literal["z"] = Field(description="The statistic.")
    value: Printed = Field(description="The statistic as printed, in quotes, with all its digits.")
    p: PrintedP = Field(description="The p as printed, in quotes: .032, <.001, >.05.")


PublishedTest = Annotated[OneDfTest | FTest | RTest | ZTest, Field(discriminator="statistic")]


class NumberClaim(Model):
    """A printed number."""

    kind: Literal["number"] = Field(description="A printed number.")
    says: str = Field(min_length=1, description="The finding, quoted.")
    claimed: Printed = Field(description="The number as printed, in quotes, with all its digits.")
    table: TableName = Field(description="The result table, without .csv.")
    where: dict[Identifier, str] = Field(
        min_length=1, description="Column: value; the one row for which all of these hold."
    )
    column: Identifier = Field(description="The column of the number.")
    cut_off: float | None = Field(
        default=None, description="A value whose side is the conclusion, such as alpha for a p."
    )
    tolerance: Tolerance | None = Field(default=None, description="A declared tolerance.")
    known_difference: KnownDifference | None = Field(
        default=None, description="An explained difference."
    )
    test: PublishedTest | None = Field(
        default=None, description="The test behind the finding as published, with its p."
    )


class SignClaim(Model):
    """A published direction: positive, negative, different or not."""

    kind: Literal["sign"] = Field(description="A published direction.")
    says: str = Field(min_length=1, description="The finding, quoted.")
    evidence: Evidence = Field(description="The rows that decide, and the direction.")
    known_difference: KnownDifference | None = Field(
        default=None, description="An explained difference."
    )
    test: PublishedTest | None = Field(
        default=None, description="The test behind the finding as published, with its p."
    )


class WordsClaim(Model):
    """Published words that a result table has a column for, such as a level or what was named."""

    kind: Literal["words"] = Field(description="Words that stand in a result table.")
    says: str = Field(min_length=1, description="The finding, quoted.")
    claimed: list[Identifier] = Field(
        min_length=1, description="The words, by their ids; each must stand in one of the rows."
    )
    table: TableName = Field(description="The result table, without .csv.")
    where: dict[Identifier, str] = Field(
        default={}, description="Column: value; the rows for which all of these hold."
    )
    column: Identifier = Field(description="The column of the words.")
    known_difference: KnownDifference | None = Field(
        default=None, description="An explained difference."
    )
    test: PublishedTest | None = Field(
        default=None, description="The test behind the finding as published, with its p."
    )


Claim = Annotated[NumberClaim | SignClaim | WordsClaim, Field(discriminator="kind")]


class Claims(Model):
    """All that was published about one dataset and is checked in every run."""

    source: Text = Field(description="The publication.")
    raw_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="sha256 of the raw file that the claims are about."
    )
    claims: dict[Identifier, Claim] = Field(description="The claims by their ids.")
