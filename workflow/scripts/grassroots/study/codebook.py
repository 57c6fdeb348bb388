"""codebook.yaml: how one raw file maps onto a protocol. No analysis in it."""

from typing import Literal

from pydantic import Field

from grassroots.study.codebook_interviews import InterviewFile
from grassroots.study.model import Identifier, Licence, Model, Text

Code = int | float | str


class VariableColumn(Model):
    """A background variable and the column that holds it."""

    column: str = Field(min_length=1, description="Header of the column in the raw file.")
    levels: dict[str | int, Identifier] = Field(
        default={},
        description="Raw value, or its value label: level of the protocol; leave out for a number.",
    )
    missing_codes: list[Code] = Field(default=[], description="Raw values that mean no answer.")


class ScaleColumns(Model):
    """An instrument and the columns that hold its items."""

    items: list[str] = Field(
        min_length=1, description="Headers of the columns, in the order of the instrument's items."
    )
    answers: dict[str, float] | list[str] = Field(
        default={},
        description="Answers in words: a list from the lowest to the highest, or each with its "
        "number; leave out if numbers are stored.",
    )
    missing_codes: list[Code] = Field(default=[], description="Raw values that mean no answer.")


class Check(Model):
    """A question with a right answer: consent, or an instruction to tick a certain answer."""

    column: str = Field(min_length=1, description="Header of the column in the raw file.")
    expected: list[Code] = Field(min_length=1, description="The raw values that pass.")


class MetaColumns(Model):
    """Columns about the answering itself, which only screening looks at."""

    duration: str | None = Field(
        default=None, min_length=1, description="Column of the time taken; kept in seconds."
    )
    submitted: str | None = Field(
        default=None, min_length=1, description="Column of the time of sending; the date is kept."
    )
    address: str | None = Field(
        default=None,
        min_length=1,
        description="Column of the IP address: compared within the reader, never kept.",
    )
    channel: str | None = Field(
        default=None,
        min_length=1,
        description="Column of the channel through which a questionnaire came back, such as a link "
        "or a paid panel: only counted, and never a rare one named.",
    )
    consent: Check | None = Field(default=None, description="The question for consent.")
    attention_checks: list[Check] = Field(
        default=[], description="Questions that say which answer to tick."
    )


class Codebook(Model):
    """How one raw file maps onto a protocol, and where the data come from."""

    title: Text = Field(description="Name of the dataset on the page.")
    place: Text = Field(description="Where the answers come from.")
    collected: Text = Field(description="When the answers were collected.")
    origin: Text = Field(description="Where the data come from, one or two sentences.")
    licence: Licence = Field(description="The terms under which the data may be used.")
    simulated: bool = Field(
        description="Whether the answers are simulated; then every page says so."
    )
    file: str = Field(min_length=1, description="Name of the raw file, beside this codebook.")
    format: Literal["csv", "xlsx", "sav"] | None = Field(
        default=None,
        description="What the raw file is; found from its first bytes, which must agree.",
    )
    encoding: Literal["utf-8", "utf-16", "gb18030"] | None = Field(
        default=None,
        description="Encoding of a csv file; found from its bytes, which must agree.",
    )
    second_file: str | None = Field(
        default=None,
        min_length=1,
        description="The other export of the same Wenjuanxing survey, where one is by text and one "
        "by number.",
    )
    joined_on: str = Field(
        default="序号", min_length=1, description="Column by whose values the two files are joined."
    )
    unfinished: Literal["leave_out", "keep"] = Field(
        default="leave_out",
        description="What becomes of answers that were never sent, where the export marks them.",
    )
    meta: MetaColumns = Field(
        default=MetaColumns(), description="Columns about the answering itself."
    )
    background: dict[Identifier, VariableColumn] = Field(
        default={}, description="The background variables and their columns."
    )
    scales: dict[Identifier, ScaleColumns] = Field(
        min_length=1, description="The instruments and the columns of their items."
    )
    reporting: dict[Identifier, Text] = Field(
        default={},
        description="What only the author knows, by the id of an item in report/checklists/: the "
        "ethics committee's approval, how people were found, who paid.",
    )
    interviews: InterviewFile | None = Field(
        default=None, description="The coded interviews, if there are any."
    )
