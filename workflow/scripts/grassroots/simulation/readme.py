"""The README beside a simulated file: what came back, and how often seeds show the findings."""

import textwrap
from collections.abc import Mapping

import pandas as pd

from grassroots.simulation.mess import Kinds

RETURNED = """\
Of {kinds.returned} returned questionnaires {kinds.refused} lack consent, {failed} fail an attention
check, and {kinds.valid} are valid. Among the valid ones {kinds.random_but_passing} people tick at
random in a hurry, {kinds.straight_but_passing} tick one column, {kinds.gaps} leave many gaps and
{kinds.repeated} are second copies; of the others one in eight overlooks items here and there."""

SEEDS = """\
The seed is {seed}: the first of 1, 2, 3 ... with which all findings hold. Over the seeds {first} to
{last} each finding, called as in `claims.yaml`, holds this often:

| finding | seeds that agree | share |
|---|---|---|
{table}"""

MADE = """\
How the people, their answers and the mess are drawn stands in
`workflow/scripts/grassroots/simulation/`; `make simulate` writes the file and this page anew, the
same to the byte."""


def readme(
    template: str, kinds: Kinds, seed: int, agreement: Mapping[int, Mapping[str, bool]]
) -> str:
    """The page; `agreement` says for every seed which findings its sample shows."""
    failed = kinds.slipped + kinds.random + kinds.straight
    table = _agreement_rows(agreement)
    text = template.format(
        returned=RETURNED.format(kinds=kinds, failed=failed),
        seeds=SEEDS.format(seed=seed, first=min(agreement), last=max(agreement), table=table),
        made=MADE,
    )
    return "\n\n".join(map(_filled, text.split("\n\n")))


def _agreement_rows(agreement: Mapping[int, Mapping[str, bool]]) -> str:
    """How many seeds show each finding, and all of them."""
    table = pd.DataFrame.from_dict(agreement, orient="index")
    counts = table.assign(**{"all of them": table.all(axis=1)}).sum().astype(int)
    return "\n".join(f"| {name} | {n} | {n / len(table):.1%} |" for name, n in counts.items())


def _filled(paragraph: str) -> str:
    """A paragraph in lines of at most 100 characters; headings and tables stay as they are."""
    if paragraph.startswith(("#", "|")):
        return paragraph
    end = "\n" if paragraph.endswith("\n") else ""
    return textwrap.fill(paragraph, 100, break_long_words=False, break_on_hyphens=False) + end
