"""The base of every model that a user's file is validated against."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=60)]
Share = Annotated[float, Field(ge=0, le=1)]


class Model(BaseModel):
    """Unknown keys are refused, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Text(Model):
    """A text in both languages of the report."""

    en: str = Field(min_length=1, description="The text in English.")
    zh: str = Field(min_length=1, description="The text in Chinese.")


class Title(Text):
    """The name of a scale or a variable, which also stands in the middle of sentences."""

    within: str = Field(
        default="",
        description="The English name in the middle of a sentence, where it differs: job burnout "
        "for Job burnout. Without it the name stands there as it is.",
    )


class Licence(Model):
    """Under which terms something may be used, and whether its wording may be shown."""

    name: Text = Field(description="Name of the licence, or the terms in a few words.")
    text_allowed: bool = Field(
        description="Whether the wording may stand in this repository and on the page."
    )
    source: str = Field(default="", description="Where the terms are published.")
