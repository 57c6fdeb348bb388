"""Reporting checklists: what the page answers, what the author has answered, what is open.

A checklist is a data file in report/checklists/. An item names the places of the page that answer
it; a place is only there if the run made it, so that an item is never called answered by a section
that is missing. What no page can know, such as an ethics committee's approval, the author writes in
her codebook under `reporting`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from markupsafe import Markup

from grassroots.report.records import declared
from grassroots.report.study_words import titled
from grassroots.report.view import View

ORDER = ("always", "models", "online", "interviews")


@dataclass(frozen=True)
class Item:
    """What a checklist asks for; `found` are the places where a page can answer it."""

    number: str
    id: str
    en: str
    zh: str
    found: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checklist:
    """`when`: for which studies it is meant; `source`: how the work that has it is cited."""

    id: str
    title: Mapping[str, str]
    source: str
    when: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Answered:
    """An item that has an answer: links into the page, and what the author says."""

    number: str
    text: str
    links: list[tuple[str, str | Markup]]
    said: str


@dataclass(frozen=True)
class Checked:
    """A checklist held against one page."""

    title: Markup
    answered: list[Answered]
    unanswered: list[Item]


def read_checklists(texts: Mapping[str, str]) -> list[Checklist]:
    """The checklists of YAML texts by their ids; those for every study come first."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = []
    for name, text in sorted(texts.items()):
        loaded = yaml.load(text, Loader=loader)
        items = tuple(
            Item(**{**item, "found": tuple(item.get("found", ()))}) for item in loaded.pop("items")
        )
        found.append(Checklist(name, items=items, **loaded))
    return sorted(found, key=lambda each: (ORDER.index(each.when), each.id))


def concerns(view: View, checklist: Checklist) -> bool:
    """Whether a checklist is meant for a study like this one."""
    match checklist.when:
        case "models":
            return bool(declared(view.tables.rows("cfa_fit")) or view.tables.rows("sem_fit"))
        case "interviews":
            return bool(view.tables.rows("themes"))
        case "online":
            return bool(view.study.get("online"))
    return True


def checked(
    view: View, checklists: list[Checklist], places: Mapping[str, str | Markup]
) -> list[Checked]:
    """The checklists that concern the study; `places`: anchor and title of what the page has."""
    reporting = view.study.get("reporting") or {}
    return [_checked(view, each, places, reporting) for each in checklists if concerns(view, each)]


def _checked(
    view: View,
    checklist: Checklist,
    places: Mapping[str, str | Markup],
    reporting: Mapping[str, Any],
) -> Checked:
    answered, unanswered = [], []
    for item in checklist.items:
        links = [(place, places[place]) for place in item.found if place in places]
        said = titled(reporting.get(item.id), view.language)
        if links or said:
            answered.append(Answered(item.number, getattr(item, view.language), links, said))
        else:
            unanswered.append(item)
    title = view.words(
        "checklists.title",
        title=checklist.title[view.language],
        source=checklist.source,
        n=len(answered),
        all=len(checklist.items),
    )
    return Checked(title, answered, unanswered)
