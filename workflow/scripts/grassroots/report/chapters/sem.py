"""The structural models: their fit, their paths, the mediated and the moderated effects."""

from collections.abc import Mapping
from typing import Any

from grassroots.report.blocks import Block, Chapter, Folded, Heading, Paragraph
from grassroots.report.chapters.mediation import mediation_blocks
from grassroots.report.chapters.missing import fiml_blocks
from grassroots.report.chapters.moderation import moderation_blocks
from grassroots.report.fit import fit_blocks
from grassroots.report.records import reported
from grassroots.report.sentences.effects import mediation_sentences, moderation_sentences
from grassroots.report.sentences.models import fit_sentences
from grassroots.report.sentences.phrases import sentence_block
from grassroots.report.tables import Table
from grassroots.report.view import View


def chapter(view: View) -> Chapter | None:
    """None if the study has no structural model."""
    models = view.study.get("structural") or []
    if not models and not view.tables.rows("mediation"):
        return None
    blocks: list[Block] = fit_blocks(view, "sem_fit")
    if any(model.get("exploratory") for model in models):
        blocks.append(Paragraph(view.words("sem.exploratory")))
    if view.tables.rows("sem_parameters"):
        note = view.words("note.figure.path", level=view.level(), alpha=view.n("r", view.alpha))
        caption = view.words("figure.path_diagram")
        blocks += view.figure("path_diagram", caption, note, "tables/sem_parameters.csv")
        blocks += _full_form(view)
    blocks += [table for model in models if (table := _paths(view, model))]
    blocks += sentence_block(view, fit_sentences(view, "sem_fit"))
    effects = [*mediation_blocks(view), *fiml_blocks(view)]
    if effects:
        blocks += [Heading("mediation", view.words("section.mediation")), *effects]
        blocks += sentence_block(view, mediation_sentences(view))
    moderated = moderation_blocks(view)
    if moderated:
        blocks += [Heading("moderation", view.words("section.moderation")), *moderated]
        blocks += sentence_block(view, moderation_sentences(view))
    if not blocks:
        blocks = [Paragraph(view.words("absent.sem"))]
    return Chapter("sem", view.words("chapter.sem"), blocks)


def _full_form(view: View) -> list[Folded]:
    """The path diagram with the indicators; nothing where the models have none."""
    note = view.words("note.figure.full_path", alpha=view.n("r", view.alpha))
    caption = view.words("figure.full_path_diagram")
    drawn = view.figure("full_path_diagram", caption, note, "tables/sem_parameters.csv")
    return [Folded(view.words("fold.full_path"), drawn)] if drawn else []


def _paths(view: View, model: Mapping[str, Any]) -> Table | None:
    """The paths among the scales of one model."""
    cell, words = view.cell, view.words
    scales = {model["predictor"], *model["mediators"], model["outcome"]}
    rows = [
        row
        for row in reported(view.tables.rows("sem_parameters", model=model["id"], op="~"))
        if {row["lhs"], row["rhs"]} <= scales
    ]
    if not rows:
        return None
    columns = [view.column("path", numeric=False)]
    columns += [view.column(key) for key in ("b", "se", "z", "p", "beta")]
    with_interval = all(row.get("std_low") for row in rows)
    columns += [view.column("interval")] if with_interval else []
    body = []
    for row in rows:
        cells = [
            cell.words(view.titles.path(f"{row['rhs']} -> {row['lhs']}")),
            cell.number("b", row["est"]),
            cell.number("b", row["se"]),
            cell.number("statistic", row["z"]),
            cell.number("p", row["p"]),
            cell.starred("beta", row["std"], row["p"]),
        ]
        if with_interval:
            cells.append(cell.interval("beta", row["std_low"], row["std_high"]))
        body.append(cells)
    caption = words("table.paths", model=view.titles.name(model["id"]))
    notes = [words("note.paths"), *view.stars_note()]
    if model.get("covariates"):
        names = [view.titles.within(name) for name in model["covariates"]]
        notes.insert(1, words("note.covariates", list=words.sequence(names)))
    return Table(f"paths-{model['id']}", caption, columns, body, notes, "tables/sem_parameters.csv")
