"""The page of one dataset: both languages in one self-contained file."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from grassroots.report import answer
from grassroots.report.blocks import Block, Chapter, Figure, Folded, Heading, Paragraph
from grassroots.report.chapters import (
    codebook,
    cross_check,
    description,
    inference,
    intake,
    interviews,
    measurement,
    recommendations,
    scoring,
    screening,
    sem,
    verification,
)
from grassroots.report.checklists import Checked, Checklist, checked
from grassroots.report.claims import claim_blocks
from grassroots.report.methods import methods_paragraphs
from grassroots.report.records import ResultTables
from grassroots.report.references import Work, cited, reference_list
from grassroots.report.tables import Table
from grassroots.report.trace import RECORD, Trace
from grassroots.report.view import View, view

# The stages in their order; what is advised rests on all of them, what has moved is said after it,
# and the codebook is for looking things up.
STAGES = (
    intake,
    screening,
    scoring,
    description,
    measurement,
    inference,
    sem,
    cross_check,
    interviews,
    recommendations,
    verification,
    codebook,
)


_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Edition:
    """The page in one language, ready for the template."""

    view: View
    verdicts: list[answer.Verdict]
    verdict_table: Table | None
    counts: list[answer.Count]
    claims_sentence: Markup | None
    claims: list[Block]
    chapters: list[Chapter]
    methods: list[Markup]
    references: list[Markup]
    other_references: list[Markup]
    checklists: list[Checked]
    labels: dict[str, Markup]
    n: str

    @property
    def by_groups(self) -> bool:
        """Whether a group comparison is among what decides."""
        return answer.by_groups(self.view)

    @property
    def sections(self) -> list[tuple[Markup, list[Block]]]:
        """Title and blocks of every section that has a number and blocks."""
        return sections(self.view, self.claims, self.chapters)

    @property
    def contents(self) -> list[tuple[str, Markup]]:
        """Anchor and title of every section after the first screen."""
        words = self.view.words
        found = [("claims", words("chapter.claims"))] if self.claims else []
        found += [(chapter.name, chapter.title) for chapter in self.chapters]
        ends = ("methods", *(["checklists"] if self.checklists else []), "versions", "cite")
        return found + [(name, words(f"chapter.{name}")) for name in ends]

    @property
    def versions(self) -> dict[str, str]:
        """The versions of what has computed: of R and lavaan only where they computed again."""
        rows = self.view.tables.rows("cross_check_summary")
        unused = () if any(row["program"] == "lavaan" for row in rows) else ("R", "lavaan")
        versions = self.view.study.get("versions") or {}
        return {name: version for name, version in versions.items() if name not in unused}

    def notes(self, block: Table | Figure) -> list[str | Markup]:
        """The notes below a table or figure; simulated numbers say of themselves that they are."""
        notes = block.notes if isinstance(block, Table) else [block.note]
        return [*notes, self.view.words("note.simulated")] if self.view.simulated else notes


def edition(current: View, works: Sequence[Work], checklists: Sequence[Checklist] = ()) -> Edition:
    """All that the page says in one language."""
    chapters = [made for stage in STAGES if (made := stage.chapter(current))]
    claims = claim_blocks(current)
    found = answer.verdicts(current)
    methods = methods_paragraphs(current)
    named = cited(works, " ".join(part.striptags() for part in methods))
    parts = sections(current, claims, chapters)
    lists = checked(current, list(checklists), places(current, claims, chapters))
    texts = [text for _, blocks in parts for text in _texts(blocks)]
    said = " ".join(text.striptags() for text in [*texts, *(each.title for each in lists)])
    others = [work for work in cited(works, said) if work not in named]
    return Edition(
        current,
        found,
        answer.verdict_table(current, found),
        answer.counts(current),
        answer.claims_sentence(current),
        claims,
        chapters,
        methods,
        reference_list(named, current.language),
        reference_list(others, current.language),
        lists,
        labels(current, parts),
        answer.sample_size(current),
    )


def sections(
    current: View, claims: list[Block], chapters: list[Chapter]
) -> list[tuple[Markup, list[Block]]]:
    """The claims, where there are any, and the chapters: what tables are numbered by."""
    first = [(current.words("chapter.claims"), claims)] if claims else []
    return first + [(chapter.title, chapter.blocks) for chapter in chapters]


def places(current: View, claims: list[Block], chapters: list[Chapter]) -> dict[str, str | Markup]:
    """Anchor and title of what an item of a checklist can point to: chapters, sections, tables.

    A fact of the interviews that the codebook states is a place too: it stands in their chapter.
    """
    # What simulated data show beside published findings is no comparison with the work of others.
    compared = ["claims"] if claims and not current.simulated else []
    always = ["answer", "methods", "versions", *compared]
    found: dict[str, str | Markup] = {name: current.words(f"chapter.{name}") for name in always}
    for chapter in chapters:
        found[chapter.name] = chapter.title
        found |= {block.name: block.text for block in chapter.blocks if isinstance(block, Heading)}
        tables = [block for block in flat(chapter.blocks) if isinstance(block, Table)]
        found |= {f"table-{block.name}": block.caption for block in tables}
    facts = (current.study.get("interviews") or {}).get("facts") or {}
    for name in facts if "interviews" in found else ():
        found[f"fact-{name}"] = current.words(f"fact.interviews.{name}")
    return found


def labels(current: View, titled: list[tuple[Markup, list[Block]]]) -> dict[str, Markup]:
    """The number of each table and figure: running in APA style, by section in Chinese theses."""
    found: dict[str, Markup] = {}
    running = {"table": 0, "figure": 0}
    for index, (_, blocks) in enumerate(titled, 1):
        within = {"table": 0, "figure": 0}
        for block in flat(blocks):
            kind = block.block
            running[kind] += 1
            within[kind] += 1
            found[f"{kind}-{block.name}"] = current.words(
                f"label.{kind}", running=running[kind], section=index, within=within[kind]
            )
    return found


def _texts(blocks: Sequence[Block]) -> Iterator[Markup]:
    """What a section says in sentences and notes, and cells with a year: they may name a source."""
    for block in blocks:
        if isinstance(block, Folded):
            yield from _texts(block.blocks)
        elif isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from map(Markup, block.notes)
            cells = (cell for row in block.rows for cell in row if not cell.values)
            yield from (Markup(cell.text) for cell in cells if _YEAR.search(cell.text))
        elif isinstance(block, Figure):
            yield Markup(block.note)


def flat(blocks: list[Block]) -> list[Table | Figure]:
    """Tables and figures in reading order, those inside folded blocks too."""
    found: list[Table | Figure] = []
    for block in blocks:
        if isinstance(block, Folded):
            found += flat(block.blocks)
        elif isinstance(block, Table | Figure):
            found.append(block)
    return found


def environment(templates: Mapping[str, str]) -> Environment:
    """Jinja with everything escaped and nothing undefined let through."""
    return Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def content_hash(text: str) -> str:
    """The source expression by which a content security policy admits an inline text."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def editions_of(
    study: Mapping[str, Any],
    tables: Mapping[str, str],
    figures: Mapping[str, str],
    texts: Mapping[str, Mapping[str, str]],
    works: Sequence[Work] = (),
    checklists: Sequence[Checklist] = (),
) -> list[Edition]:
    """What a dataset's page and the files beside it are made of.

    `tables`: name and CSV text; `figures`: `<figure>.<language>` and SVG; `texts`: language and
    catalogue, the first one shown first; `works`: what can be cited; `checklists`: what journals
    ask to be reported.
    """
    read = ResultTables(tables)
    return [
        edition(view(name, study, read, own, figures), works, checklists)
        for name, own in texts.items()
    ]


def page_of(
    study: Mapping[str, Any],
    editions: list[Edition],
    templates: Mapping[str, str],
    style: str,
    script: str,
    numbers: Mapping[str, Any] | None = None,
) -> str:
    """The HTML of a dataset's page.

    `templates`: file name and source; `numbers`: the content of numbers.json, without which no
    number tells where it comes from.
    """
    template = environment(templates).get_template("page.html.j2")
    html = template.render(
        study=study,
        editions=editions,
        style=Markup(style),
        script=Markup(script),
        style_hash=content_hash(style),
        script_hash=content_hash(script),
    )
    trace = Trace(numbers or {})
    return trace.keyed(html).replace(RECORD, trace.packed(), 1)


def render_page(
    study: Mapping[str, Any],
    tables: Mapping[str, str],
    figures: Mapping[str, str],
    texts: Mapping[str, Mapping[str, str]],
    templates: Mapping[str, str],
    style: str,
    script: str,
    numbers: Mapping[str, Any] | None = None,
    works: Sequence[Work] = (),
    checklists: Sequence[Checklist] = (),
) -> str:
    """The page alone, from what `editions_of` and `page_of` are given."""
    editions = editions_of(study, tables, figures, texts, works, checklists)
    return page_of(study, editions, templates, style, script, numbers)
