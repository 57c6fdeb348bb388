"""The index: the datasets of a run side by side, real and simulated apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from grassroots.report import answer
from grassroots.report.across import Comparison, comparisons
from grassroots.report.page import content_hash, environment
from grassroots.report.records import ResultTables
from grassroots.report.trace import Trace
from grassroots.report.view import View, view


@dataclass(frozen=True)
class Entry:
    """One dataset in one language."""

    dataset: str
    view: View
    n: str
    verdicts: list[answer.Verdict]
    counts: list[answer.Count]
    claims_sentence: Markup | None
    simulated: bool


@dataclass(frozen=True)
class IndexEdition:
    """The index in one language."""

    view: View
    real: list[Entry]
    simulated: list[Entry]
    compared: list[Comparison]
    left_out: Mapping[str, Sequence[str]]
    protocols: Mapping[str, str]

    @property
    def simulated_names(self) -> list[str]:
        """The titles of the simulated datasets."""
        return [one.view.titles.text("dataset_title") or one.dataset for one in self.simulated]


def entry(dataset: str, current: View) -> Entry:
    """What the index says of a dataset."""
    return Entry(
        dataset,
        current,
        answer.sample_size(current),
        answer.verdicts(current),
        answer.counts(current),
        answer.claims_sentence(current),
        bool(current.study.get("simulated")),
    )


def render_index(
    studies: Mapping[str, Mapping[str, Any]],
    tables: Mapping[str, Mapping[str, str]],
    left_out: Mapping[str, Mapping[str, list[str]]],
    protocols: Mapping[str, str],
    texts: Mapping[str, Mapping[str, str]],
    templates: Mapping[str, str],
    style: str,
    script: str,
) -> str:
    """The HTML of the index; `studies` and `tables` by dataset.

    `left_out`: dataset: language: its faults; `protocols`: every dataset of the configuration and
    the protocol that it follows.
    """
    editions = []
    for language, own in texts.items():
        views = {
            dataset: view(language, study, ResultTables(tables.get(dataset, {})), own, {})
            for dataset, study in studies.items()
        }
        entries = [entry(dataset, current) for dataset, current in views.items()]
        editions.append(
            IndexEdition(
                view(language, {}, ResultTables({}), own, {}),
                [one for one in entries if not one.simulated],
                [one for one in entries if one.simulated],
                comparisons(views, protocols, list(left_out)),
                {dataset: said[language] for dataset, said in left_out.items()},
                protocols,
            )
        )
    html = (
        environment(templates)
        .get_template("index.html.j2")
        .render(
            editions=editions,
            style=Markup(style),
            script=Markup(script),
            style_hash=content_hash(style),
            script_hash=content_hash(script),
        )
    )
    return Trace({}).keyed(html)
