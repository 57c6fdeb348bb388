"""The part of a codebook that says where the coded interviews are, and how they were made."""

from typing import Literal

from pydantic import Field

from grassroots.study.model import Identifier, Model, Text


class InterviewFacts(Model):
    """How the interviews were made, as COREQ (Tong et al. 2007) asks; what is given is printed."""

    interviewers: Text | None = Field(default=None, description="Who asked.")
    sampling: Text | None = Field(default=None, description="How the interviewees were found.")
    guide: Text | None = Field(default=None, description="The interview guide.")
    recording: Text | None = Field(default=None, description="How the talks were recorded.")
    duration: Text | None = Field(default=None, description="How long they took.")
    consent: Text | None = Field(default=None, description="What the interviewees agreed to.")
    software: Text | None = Field(default=None, description="With what the passages were coded.")
    disagreements: Text | None = Field(
        default=None, description="How coders settled where they differed."
    )


class InterviewFile(Model):
    """The file of coded interviews: a csv of this project, or an export of a coding program."""

    file: str = Field(min_length=1, description="Name of the file, beside this codebook.")
    encoding: Literal["utf-8", "gb18030"] = Field(
        default="utf-8", description="Encoding of a csv file."
    )
    reviewed: bool = Field(
        description="Whether somebody has read every excerpt for what could point to a person; "
        "without it no excerpt is taken from the file, only counts."
    )
    reviewed_tag: str | None = Field(
        default=None,
        min_length=1,
        description="Exports: the tag by which a passage is marked as reviewed; only passages "
        "that bear it besides their code can be shown.",
    )
    tags: dict[str, Identifier] = Field(
        default={}, description="Exports: tag of the program: code of the protocol."
    )
    leave_out: list[str] = Field(
        default=[], description="Exports: tags that are no codes of the protocol."
    )
    smallest_count: int | None = Field(
        default=None,
        ge=1,
        description="Counts of fewer interviewees are not printed; by default the smallest_cell "
        "of config.yaml.",
    )
    facts: InterviewFacts = Field(
        default=InterviewFacts(), description="How the interviews were made."
    )
