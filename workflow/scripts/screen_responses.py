"""Remove the respondents whom the protocol excludes, count them by reason, flag doubtful others.

Fails if nobody is left.
"""

from typing import Any

import pandas as pd

from grassroots.run.log import logged
from grassroots.run.tables import (
    read_respondents,
    write_respondents,
    write_respondents_table,
    write_table,
)
from grassroots.screening.channels import channels_table
from grassroots.screening.exclusion import FLAGGED, exclusions, flow, reasons
from grassroots.screening.flags import audit_table, families_shown, flags_table
from grassroots.screening.signs import signs

# What screening alone looks at: it goes no further.
ABOUT_ANSWERING = [
    "duration_seconds",
    "submitted_on",
    "channel",
    "consent",
    "attention_checks_failed",
    "same_source",
]


def main(responses: pd.DataFrame, rules: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """The tables valid (with the column `flagged`), removed, flow, audit, flags and channels.

    `removed` has those who left because they are flagged, if the protocol says so: analyses are
    repeated with them.
    """
    why, least = exclusions(responses, rules), rules["flags"]["families"]
    stays = (why == "").to_numpy()
    screened = responses[stays].reset_index(drop=True)
    found = signs(screened, rules) if len(screened) else []
    families = families_shown(found, len(screened))
    screened = screened.drop(columns=ABOUT_ANSWERING, errors="ignore")
    screened = screened.assign(flagged=families >= least)
    leaves = screened["flagged"] & (FLAGGED in rules["exclude"])
    why[stays] = leaves.map({True: FLAGGED, False: ""}).to_numpy()
    # A copy of a million rows takes its time.
    valid = screened[~leaves].reset_index(drop=True) if leaves.any() else screened
    if valid.empty:
        raise ValueError("screening leaves nobody; see the protocol's screening section")
    return {
        "valid": valid,
        "removed": screened[leaves].reset_index(drop=True),
        "flow": flow(why, reasons(rules)),
        "audit": audit_table(responses["respondent"], why, found, families, least),
        "flags": flags_table(found, families, least),
        "channels": channels_table(responses, rules["smallest_cell"]),
    }


if __name__ == "__main__":
    with logged(snakemake):
        tables = main(read_respondents(snakemake.input.responses), snakemake.params.rules)
        for name in ("valid", "removed"):
            write_respondents(tables[name], snakemake.output[name])
        marks = snakemake.params.marks
        write_respondents_table(tables["audit"], snakemake.output.audit, marks)
        for name in ("flow", "flags", "channels"):
            write_table(tables[name], snakemake.output[name], marks)
