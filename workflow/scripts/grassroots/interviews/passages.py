"""Coded passages as every kind of file gives them, before the codebook has been asked."""

from dataclasses import dataclass

from grassroots.intake.reading import UnreadableFile


class UnreadableInterviews(UnreadableFile):
    """The file can be read and is none of the forms of coded interviews; `phrase` as there."""

    def __init__(self, detail: str, phrase: str, **words: str) -> None:
        super().__init__(detail, "D306", phrase=phrase, **words)


@dataclass(frozen=True)
class Passage:
    """One passage under one code by one coder.

    `place` is where it stands in the file, as a person finds it: a row, or a position in a
    document. `segment` tells passages of one interview apart: two coders who coded the same passage
    have the same one. `theme`, `level` and `reviewed` are empty where the file has no such thing.
    """

    place: str
    interview: str
    code: str
    coder: str
    excerpt: str
    segment: str
    theme: str = ""
    level: str = ""
    reviewed: str = ""


@dataclass(frozen=True)
class CodedFile:
    """All passages of a file, and the form that it was recognised as."""

    form: str
    passages: list[Passage]
