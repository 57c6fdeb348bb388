"""What the scores are related to: differences between groups, and regressions."""

from grassroots.report.blocks import Chapter, Heading
from grassroots.report.chapters.groups import group_blocks
from grassroots.report.chapters.regression import regression_blocks
from grassroots.report.chapters.residuals import residual_blocks
from grassroots.report.view import View


def chapter(view: View) -> Chapter | None:
    """None if the study compares no groups and has no regression."""
    blocks = []
    sections = (
        ("groups", group_blocks),
        ("regression", regression_blocks),
        ("residuals", residual_blocks),
    )
    for name, section in sections:
        inner = section(view)
        if inner:
            blocks += [Heading(name, view.words(f"section.{name}")), *inner]
    return Chapter("inference", view.words("chapter.inference"), blocks) if blocks else None
