"""The joint display: each theme of the interviews beside the statistics that speak to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.verdicts.evidence import (
    ESTIMATE,
    Row,
    Tables,
    as_expected,
    matching_rows,
    shown,
)

JOINT_COLUMNS = (
    "theme table row statistic direction expects state est ci_low ci_high p higher".split()
)


def joint_display_table(
    themes: Mapping[str, Sequence[Mapping[str, Any]]], tables: Tables, alpha: float
) -> list[dict[str, str]]:
    """A row a theme and row of a result table; one without a table if none speaks to the theme.

    `themes`: theme and its evidence; `tables["themes"]` counts who speaks of it. `state` is
    `converges` if the statistic shows what the interviews tell, `diverges` if it shows something
    else, `silent` if one of the two says nothing: no row, no number, an estimate that cannot be
    told from zero where a difference was expected, or a theme in no interview (O'Cathain, Murphy &
    Nicholl 2010 call the three agreement, dissonance and silence). The rules of evidence are those
    of the hypotheses. Empty without interviews.
    """
    if not tables.get("themes"):
        return []
    rows = []
    for theme, pieces in themes.items():
        spoken = any(
            row["theme"] == theme and row["code"] == "" and row["n_interviews"] != "0"
            for row in tables["themes"]
        )
        if not pieces:
            rows.append(_row(theme))
        for evidence in pieces:
            found = matching_rows(tables, evidence["table"], evidence["where"])
            for match in found or [{}]:
                rows.append(_judged(theme, evidence, match, spoken, tables, alpha))
    return rows


def state(direction: str, agreed: bool | None, spoken: bool) -> str:
    """converges, diverges or silent."""
    if agreed is None or not spoken:
        return "silent"
    if agreed:
        return "converges"
    return "silent" if direction == "zero" else "diverges"


def _judged(
    theme: str,
    evidence: Mapping[str, Any],
    row: Row,
    spoken: bool,
    tables: Tables,
    alpha: float,
) -> dict[str, str]:
    table, expects = evidence["table"], evidence["expects"]
    found = shown(row, table, alpha)
    return _row(
        theme,
        table=table,
        row=", ".join(f"{key}={value}" for key, value in evidence["where"].items()),
        statistic=row.get("test") or ESTIMATE.get(table, ("est",))[0],
        direction=found.direction,
        expects=expects,
        state=state(found.direction, as_expected(found, evidence, tables), spoken),
        est=found.est,
        ci_low=found.ci_low,
        ci_high=found.ci_high,
        p=found.p,
        higher=" ".join(evidence.get("higher", [])),
    )


def _row(theme: str, **values: str) -> dict[str, str]:
    return {**dict.fromkeys(JOINT_COLUMNS, ""), "state": "silent", **values, "theme": theme}
