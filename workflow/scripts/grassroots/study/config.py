"""config.yaml: which datasets are built, by which protocol, and the few global settings."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from grassroots.study.model import Identifier, Model

Language = Literal["en", "zh"]


class DatasetEntry(Model):
    """One dataset: a folder of this name under data/raw/."""

    protocol: Identifier = Field(
        description="The protocol that the dataset follows: a file under protocols/, without .yaml."
    )
    earlier: str | None = Field(
        default=None,
        min_length=1,
        description="numbers.json of an earlier run, kept under another name, from the project's "
        "folder: the page then shows what has moved since.",
    )


def _listed(value: object) -> object:
    """One name as a list of one: `--config package_rows=city_s` gives a text."""
    return [value] if isinstance(value, str) else value


class Config(Model):
    """The whole of config.yaml."""

    datasets: dict[Identifier, DatasetEntry] = Field(
        min_length=1, description="The datasets to build, by the name of their folder."
    )
    seed: int = Field(
        ge=0, description="The one seed; each rule and dataset derives its own from it."
    )
    draws: int = Field(ge=100, le=100_000, description="How many bootstrap samples are drawn.")
    alpha: float = Field(
        gt=0, lt=0.5, description="Level of significance; intervals cover 1 minus it."
    )
    bootstrap_rows: int = Field(
        20_000,
        ge=5_000,
        description=(
            "Up to so many complete rows a bootstrap draws single rows. Of more it draws 5,000 "
            "blocks of rows, made by lot: with so many rows the same, and the page says it."
        ),
    )
    smallest_cell: int = Field(
        ge=1, description="Groups of fewer people are printed without their counts; 1 prints all."
    )
    languages: Annotated[list[Language], Field(min_length=1, max_length=2)] = Field(
        description="Languages of the page; the first is shown first and is used for messages."
    )
    package_rows: Annotated[list[Identifier], BeforeValidator(_listed)] = Field(
        default=[],
        description="Datasets whose answers, a row a respondent, `snakemake package` may pack. "
        "Without a name here no row leaves the folder; raw files never do.",
    )
