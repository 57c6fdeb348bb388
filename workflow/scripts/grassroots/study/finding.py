"""How a finding points to the numbers that bear it: used by hypotheses and by claims."""

from typing import Literal

from pydantic import Field

from grassroots.study.model import Identifier, Model

TableName = Literal[
    "flow",
    "reliability",
    "cfa_fit",
    "cfa_loadings",
    "cfa_correlations",
    "validity",
    "correlations",
    "descriptives",
    "group_differences",
    "regression",
    "sem_fit",
    "sem_parameters",
    "mediation",
    "themes",
]


class Evidence(Model):
    """Rows of a result table, and the direction that they are expected to show."""

    table: TableName = Field(description="The result table, without .csv.")
    where: dict[Identifier, str] = Field(
        min_length=1, description="Column: value; the rows for which all of these hold."
    )
    expects: Literal["positive", "negative", "nonzero", "zero"] = Field(
        description="The sign of the estimate, with an interval that excludes zero; or zero in it."
    )
    higher: list[Identifier] = Field(
        default=[],
        description="Of group_differences: levels whose mean, taken together, must also lie above "
        "that of all others.",
    )
