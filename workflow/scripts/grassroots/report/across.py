"""The same hypotheses across the datasets of one protocol: what the index sets side by side.

Only what was judged is read; nothing is pooled and no verdict is formed of several.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grassroots.report.answer import Verdict, by_groups, sample_size, verdicts
from grassroots.report.tables import Cell
from grassroots.report.view import View

# A protocol with fewer datasets has nothing to set side by side.
FEWEST = 2


@dataclass(frozen=True)
class Finding:
    """What one dataset says of one hypothesis."""

    dataset: str
    title: str
    n: Cell
    verdict: Verdict


@dataclass(frozen=True)
class Hypothesis:
    """One hypothesis, and what each dataset says of it."""

    id: str
    statement: str
    findings: list[Finding]


@dataclass(frozen=True)
class Comparison:
    """One protocol: its hypotheses in real data and, apart from these, in simulated ones.

    `level`: of confidence, as text; `left_out`: the datasets that follow the protocol and could not
    be built; `by_groups`: whether a group comparison is among what decides.
    """

    protocol: str
    title: str
    level: str
    kinds: dict[str, list[Hypothesis]]
    left_out: list[str]
    by_groups: bool


def comparisons(
    views: Mapping[str, View], protocols: Mapping[str, str], left_out: Sequence[str]
) -> list[Comparison]:
    """The protocols that two or more datasets follow, in the order in which they first appear.

    `views`: the datasets that were built; `protocols`: dataset: its protocol, those left out too.
    """
    followers: dict[str, list[str]] = {}
    for dataset in views:
        followers.setdefault(protocols.get(dataset, dataset), []).append(dataset)
    return [
        _comparison(
            protocol,
            {name: views[name] for name in names},
            [name for name in left_out if protocols.get(name) == protocol],
        )
        for protocol, names in followers.items()
        if len(names) >= FEWEST and any(verdicts(views[name]) for name in names)
    ]


def _comparison(protocol: str, views: Mapping[str, View], left_out: list[str]) -> Comparison:
    first = next(iter(views.values()))
    kinds = {
        kind: _hypotheses({name: one for name, one in views.items() if one.simulated == simulated})
        for kind, simulated in (("real", False), ("simulated", True))
    }
    title = first.titles.text("title") or protocol
    shown = {kind: found for kind, found in kinds.items() if found}
    return Comparison(protocol, title, first.level(), shown, left_out, by_groups(first))


def _hypotheses(views: Mapping[str, View]) -> list[Hypothesis]:
    found: dict[str, Hypothesis] = {}
    for dataset, view in views.items():
        title = view.titles.text("dataset_title") or dataset
        n = view.cell.number("count", sample_size(view))
        for each in verdicts(view):
            own = found.setdefault(each.id, Hypothesis(each.id, each.statement, []))
            own.findings.append(Finding(dataset, title, n, each))
    return list(found.values())
