"""Count the themes of coded interviews, how far coders agree, and how soon no code is new.

Fails if the file cannot be read or has codes that the protocol lacks; both are found before the
first job as well, so here they only guard against a file that changed in between.
"""

from pathlib import Path
from typing import Any

from grassroots.intake.personal import masked
from grassroots.interviews.agreement import AGREEMENT_COLUMNS, agreement_table
from grassroots.interviews.coding import codings
from grassroots.interviews.passages import CodedFile
from grassroots.interviews.reading import read_interviews
from grassroots.interviews.saturation import SATURATION_COLUMNS, saturation_table
from grassroots.interviews.themes import (
    EXCERPT_COLUMNS,
    THEME_COLUMNS,
    excerpts_table,
    themes_table,
)
from grassroots.run.log import logged
from grassroots.run.tables import write_rows

COLUMNS = {
    "themes": THEME_COLUMNS,
    "agreement": AGREEMENT_COLUMNS,
    "saturation": SATURATION_COLUMNS,
    "excerpts": EXCERPT_COLUMNS,
}


def main(file: CodedFile, plan: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """The rows of the four tables by their names."""
    coded, troubles = codings(file, plan)
    if troubles:
        raise ValueError(f"{len(troubles)} kinds of rows do not fit: run the check again")
    return {
        "themes": themes_table(coded, plan, plan["smallest"]),
        "agreement": agreement_table(coded, list(plan["codes"]), plan["unit"]),
        "saturation": saturation_table(coded),
        "excerpts": excerpts_table(coded, plan),
    }


if __name__ == "__main__":
    with logged(snakemake, shown=masked):
        plan, marks = snakemake.params.plan, snakemake.params.marks
        file = read_interviews(Path(snakemake.input.interviews), plan["encoding"])
        for name, rows in main(file, plan).items():
            write_rows(rows, COLUMNS[name], snakemake.output[name], marks)
