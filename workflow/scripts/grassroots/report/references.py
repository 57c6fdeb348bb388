"""References: which works a text cites, and how they are written by APA 7 and GB/T 7714—2015.

A work is cited where the surname of its first author is followed by its year with no other number
between: `Hu & Bentler, 1999`, `Satorra and Bentler (2001)`, `温忠麟等，2018`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from markupsafe import Markup, escape

ELLIPSIS = "..."
# GB/T 7714—2015, 8.1.2: three authors are named, and that there are more.
NAMED_IN_GB = 3
# The marks of the kinds of documents (GB/T 7714—2015, appendix B).
KINDS = {"article": "J", "book": "M", "proceedings": "C", "report": "R"}


@dataclass(frozen=True)
class Work:
    """A work; `zh` holds the authors, title and journal of one that is written in Chinese."""

    key: str
    kind: str
    authors: tuple[str, ...]
    year: int
    title: str
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    place: str = ""
    edition: int = 0
    doi: str = ""
    zh: Mapping[str, Any] | None = None

    @property
    def surnames(self) -> list[str]:
        """The first author's, in the scripts in which a text can name them."""
        found = [self.authors[0].partition(",")[0]]
        # A Chinese name has its surname first: of one character here, as all in the list.
        return found + ([self.zh["authors"][0]] if self.zh else [])

    def is_cited(self, text: str) -> bool:
        """Whether a text cites this work."""
        return any(
            re.search(rf"(?<!\w){re.escape(name)}[^0-9;；。]{{0,45}}?{self.year}", text)
            for name in self.surnames
        )


def read_references(text: str) -> list[Work]:
    """The works of a YAML mapping of keys to their facts, sorted by key."""
    loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return [
        Work(key, **{**facts, "authors": tuple(facts["authors"])})
        for key, facts in sorted(loaded.items())
    ]


def cited(works: Iterable[Work], text: str) -> list[Work]:
    """The works that a text cites. Curly and straight apostrophes are the same."""
    plain = text.replace("\u2019", "'")
    return [work for work in works if _straight(work).is_cited(plain)]


def _straight(work: Work) -> Work:
    names = tuple(name.replace("\u2019", "'") for name in work.authors)
    return Work(**{**work.__dict__, "authors": names})


def reference_list(works: Iterable[Work], language: str) -> list[Markup]:
    """The list as it stands in a manuscript: APA 7 in English, GB/T 7714—2015 in Chinese.

    GB/T in the form of author and year, which is how the texts cite: works in Chinese come first.
    """
    if language == "zh":
        ordered = sorted(works, key=lambda work: (work.zh is None, work.key))
        return [gb_t(work) for work in ordered]
    return [apa(work) for work in sorted(works, key=lambda work: work.authors[0].casefold())]


def apa(work: Work) -> Markup:
    """Publication Manual of the APA, 7th ed., chapters 9 and 10."""
    names = _apa_authors(work.authors).removesuffix(".")  # a group has no initials, but a point
    head = Markup("{}. ({}). ").format(names, work.year)
    italic = Markup("<i>{}</i>")
    if work.kind in ("book", "report"):
        edition = f" ({_ordinal(work.edition)} ed.)" if work.edition else ""
        return head + italic.format(work.title) + Markup("{}. {}.").format(edition, work.publisher)
    doi = f" https://doi.org/{work.doi}" if work.doi else ""
    if work.kind == "proceedings":
        where = Markup("In {} (pp. {}).").format(italic.format(work.container), work.pages)
    else:
        issue = f"({work.issue})" if work.issue else ""
        volume = italic.format(work.volume) + issue
        # One number in place of pages is that of the article.
        pages = work.pages if "–" in work.pages else f"Article {work.pages}"
        where = Markup("{}, {}, {}.").format(italic.format(work.container), volume, pages)
    title = work.title + ("" if work.title[-1] in "?!" else ".")
    return head + escape(f"{title} ") + where + escape(doi)


def _apa_authors(authors: tuple[str, ...]) -> str:
    """All up to twenty names; of more the first nineteen and the last."""
    if ELLIPSIS in authors:
        return ", ".join(authors[:-2]) + f", . . . {authors[-1]}"
    if len(authors) == 1:
        return authors[0]
    return ", ".join(authors[:-1]) + f", & {authors[-1]}"


def _ordinal(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"


def gb_t(work: Work) -> Markup:
    """GB/T 7714—2015, in the form of author and year (section 10.2)."""
    facts = {**work.__dict__, **(work.zh or {})}
    authors, title = facts["authors"], facts["title"]
    head = f"{_gb_authors(authors, work.zh is not None)}, {work.year}. {title}[{KINDS[work.kind]}]"
    pages = work.pages.replace("–", "-")
    if work.kind in ("book", "report"):
        edition = f" {_ordinal(work.edition)} ed." if work.edition else ""
        return escape(f"{head}.{edition} {work.place}: {work.publisher}.")
    doi = f" DOI: {work.doi}." if work.doi else ""
    if work.kind == "proceedings":
        return escape(f"{head}//{facts['container']}: {pages}.{doi}")
    issue = f"({work.issue.replace('–', '/')})" if work.issue else ""
    return escape(f"{head}. {facts['container']}, {work.volume}{issue}: {pages}.{doi}")


def _gb_authors(authors: tuple[str, ...] | list[str], chinese: bool) -> str:
    named = [name for name in authors[:NAMED_IN_GB] if name != ELLIPSIS]
    more = len(authors) > NAMED_IN_GB
    if chinese:
        return ", ".join(named) + (", 等" if more else "")
    return ", ".join(map(_gb_name, named)) + (", et al" if more else "")


def _gb_name(name: str) -> str:
    """`HU L`, `PODSAKOFF P M`: the surname in capitals, initials without points."""
    surname, _, given = name.partition(", ")
    initials = given.replace(".", "").replace("-", " ")
    return f"{surname.upper()} {initials}".strip()
