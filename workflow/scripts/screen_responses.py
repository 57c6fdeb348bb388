"""Remove the respondents whom the protocol excludes, count them by reason, flag doubtful others.

Fails if nobody is left.
"""

from typing import Any

import pandas as pd

from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_respondents, write_table
from grassroots.screening.exclusion import exclusions, flow, reasons
from grassroots.screening.flags import audit_table, families_shown, flags_table, signs

# What screening alone looks at: it goes no further.
ABOUT_ANSWERING = [
    "duration_seconds",
    "submitted_on",
    "consent",
    "attention_checks_failed",
    "same_source",
]


def main(responses: pd.DataFrame, rules: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """The tables valid (with the column `flagged`), flow, audit and flags."""
    why = exclusions(responses, rules)
    valid = responses[why == ""].reset_index(drop=True)
    if valid.empty:
        raise ValueError("screening leaves nobody; see the protocol's screening section")
    found = signs(valid, rules)
    families, least = families_shown(found, len(valid)), rules["flags"]["families"]
    return {
        "valid": valid.drop(columns=ABOUT_ANSWERING, errors="ignore").assign(
            flagged=families >= least
        ),
        "flow": flow(why, reasons(rules)),
        "audit": audit_table(responses["respondent"], why, found, families, least),
        "flags": flags_table(found, families, least),
    }


if __name__ == "__main__":
    with logged(snakemake):
        tables = main(read_respondents(snakemake.input.responses), snakemake.params.rules)
        write_respondents(tables["valid"], snakemake.output.valid)
        for name in ("flow", "audit", "flags"):
            write_table(tables[name], snakemake.output[name], snakemake.params.marks)
