"""Who wrote what: from CITATION.cff, in the forms that the package's papers need."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Author:
    """A person or an organisation; `orcid` without the address before it, empty if unknown."""

    name: str
    person: bool
    orcid: str = ""


@dataclass(frozen=True)
class Cited:
    """The work to be checked: the article if CITATION.cff names one, else the workflow itself."""

    title: str
    authors: list[Author]
    reference: str
    repository: str
    software: str
    abstract: str
    version: str
    licence: str


def cited(citation: Mapping[str, Any]) -> Cited:
    """CITATION.cff; `preferred-citation` is where that format names the article."""
    article = citation.get("preferred-citation")
    work = article or citation
    doi = work.get("doi", "")
    return Cited(
        title=work["title"],
        authors=[_author(each) for each in work["authors"]],
        reference=f"https://doi.org/{doi}" if doi else work.get("url", "") if article else "",
        repository=citation.get("repository-code", ""),
        software=citation["title"],
        abstract=citation.get("abstract", ""),
        version=str(citation["version"]),
        licence=citation["license"],
    )


def _author(entry: Mapping[str, str]) -> Author:
    orcid = entry.get("orcid", "").rsplit("/", 1)[-1]
    if "name" in entry:
        return Author(entry["name"], False, orcid)
    parts = ("given-names", "name-particle", "family-names", "name-suffix")
    return Author(" ".join(entry[part] for part in parts if part in entry), True, orcid)
