"""codecheck.yml: what a codecheck computes again, whose work it is, and blanks for the checker.

By the CODECHECK configuration file specification 2.0 (codecheck.org.uk/spec/config/2.0), whose
MUSTs hold those of 1.0. What only a person can say is FIXME, the mark by which CODECHECK's own
tools know a blank.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.packaging.citation import Author, Cited

SPECIFICATION = "https://codecheck.org.uk/spec/config/2.0/"
BLANK = "FIXME"


def manifest(
    datasets: Mapping[str, Mapping[str, Any]], claims: Mapping[str, Sequence[Mapping[str, str]]]
) -> dict[str, str]:
    """File: what it is, of every file that a check computes again.

    `datasets` by name with title (en) and tables (table: file); `claims`: the rows of each one's
    claims.csv. A dataset has its page, all its numbers, the verdicts, and the tables in which
    published findings stand.
    """
    listed = {}
    for name, about in datasets.items():
        folder, title = f"results/{name}", about["title"]
        listed[f"{folder}/report.html"] = f"{title}: the report, with all figures and tables"
        listed[f"{folder}/numbers.json"] = f"{title}: every number by name"
        listed[f"{folder}/tables/hypotheses.csv"] = f"{title}: the verdicts on the hypotheses"
        listed[f"{folder}/tables/claims.csv"] = f"{title}: published findings, claimed and found"
        for table, file in about["tables"].items():
            if ids := [claim["id"] for claim in claims[name] if claim["table"] == table]:
                listed[file] = f"{title}: published findings: {', '.join(ids)}"
    return listed


def codecheck_yml(cited: Cited, files: Mapping[str, str], source: str) -> str:
    """The text of codecheck.yml; `files` by manifest(), `source`: where code and data are from."""
    authors = [
        line
        for author in cited.authors
        for line in (f"    - name: {_text(author.name)}", *_orcid(author))
    ]
    lines = [
        "%YAML 1.1",
        "---",
        f"version: {SPECIFICATION}",
        "",
        "# Each of these is computed again by `make study`; `snakemake --cores 4 verify` compares.",
        "manifest:",
        *(
            line
            for file, comment in files.items()
            for line in (f"  - file: {file}", f"    comment: {_text(comment)}")
        ),
        "",
        "paper:",
        f"  title: {_text(cited.title)}",
        "  authors:",
        *authors,
        f"  reference: {_text(cited.reference) if cited.reference else BLANK}",
        "",
        f"source: {_text(source)}",
        f"repository: {_text(cited.repository) if cited.repository else BLANK}",
        "",
        "# For the codechecker to fill in.",
        "codechecker:",
        f"  - name: {BLANK}",
        f"    ORCID: {BLANK}",
        f"summary: {BLANK}",
        f"check_time: {BLANK}",
        f"certificate: {BLANK}",
        f"report: {BLANK}",
    ]
    return "\n".join(lines) + "\n"


def _orcid(author: Author) -> list[str]:
    """The line of a person's ORCID; an organisation has none."""
    return [f"      ORCID: {author.orcid or BLANK}"] if author.person else []


def _text(value: str) -> str:
    """A text in quotation marks, which YAML reads as JSON does."""
    return json.dumps(value, ensure_ascii=False)
