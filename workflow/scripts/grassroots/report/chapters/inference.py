"""What the scores are related to: differences between groups, and regressions."""

from grassroots.report.blocks import Chapter, Heading
from grassroots.report.chapters.groups import group_blocks
from grassroots.report.chapters.regression import regression_blocks
from grassroots.report.chapters.residuals import residual_blocks
from grassroots.report.sentences.groups import group_sentences
from grassroots.report.sentences.phrases import sentence_block
from grassroots.report.sentences.relations import regression_sentences
from grassroots.report.view import View


def chapter(view: View) -> Chapter | None:
    """None if the study compares no groups and has no regression."""
    blocks = []
    sections = (
        ("groups", group_blocks, group_sentences),
        ("regression", regression_blocks, regression_sentences),
        ("residuals", residual_blocks, None),
    )
    for name, section, told in sections:
        inner = section(view)
        if inner:
            blocks += [Heading(name, view.words(f"section.{name}")), *inner]
            blocks += sentence_block(view, told(view)) if told else []
    return Chapter("inference", view.words("chapter.inference"), blocks) if blocks else None
