"""What a protocol asks for: a table of an analysis that is not asked for makes no job."""

from grassroots.study.load import Dataset
from grassroots.study.result_tables import TABLE_COLUMNS

# Made for every dataset: who answered, how, and how well the scales measure.
_ALWAYS = [
    "answers",
    "cfa_correlations",
    "cfa_fit",
    "cfa_loadings",
    "claims",
    "correlations",
    "descriptives",
    "factorability",
    "htmt",
    "hypotheses",
    "items",
    "levels",
    "missing",
    "normality",
    "reliability",
    "sample",
    "screening_flags",
    "validity",
]

# What figures show.
_DRAWN = [
    "answers",
    "cfa_loadings",
    "correlations",
    "descriptives",
    "eigenvalues",
    "group_differences",
    "group_means",
    "mediation",
    "missing",
    "missing_patterns",
    "regression",
    "regression_residuals",
    "reliability",
    "saturation",
    "sem_fit",
    "sem_parameters",
    "themes",
    "simple_slopes",
]


def tables(dataset: Dataset) -> list[str]:
    """The result tables of a dataset under tables/, by name, sorted."""
    protocol = dataset.protocol
    interviewed = bool(dataset.interview_file)
    planned = _planned(dataset)
    moderated = any(model.moderator for model in protocol.structural.values())
    mediated = any(not model.moderator for model in protocol.structural.values())
    checked = bool(protocol.measurement or tests(dataset)) or mediated
    optional = {
        "channels": bool(dataset.codebook.meta.channel),
        "themes": interviewed,
        "coder_agreement": interviewed,
        "saturation": interviewed,
        "excerpts": interviewed,
        "joint_display": interviewed,
        "recommendations": bool(protocol.recommendations),
        "group_means": bool(protocol.groups.by),
        "post_hoc": bool(protocol.groups.by),
        "regression_fit": bool(protocol.regressions),
        "regression_diagnostics": bool(protocol.regressions),
        "regression_residuals": bool(protocol.regressions),
        "missing_patterns": bool(protocol.missing),
        "missing_test": bool(protocol.missing),
        "cfa_comparison": bool(protocol.comparisons),
        "exploration": bool(protocol.exploration),
        "efa": bool(protocol.exploration),
        "efa_correlations": bool(protocol.exploration),
        "eigenvalues": bool(protocol.exploration),
        "item_rule": protocol.items.asked,
        "scales_without": protocol.items.asked,
        "fiml_comparison": bool(protocol.missing) and planned,
        "method_bias": protocol.method_bias,
        "invariance": bool(protocol.invariance),
        "latent_means": bool(protocol.invariance),
        "mediation": mediated,
        "sem_fit": mediated,
        "sem_parameters": mediated,
        "moderation": moderated,
        "conditional_effects": moderated,
        "simple_slopes": moderated,
        "cross_check": checked,
        "cross_check_summary": checked,
        "sensitivity": bool(compared(dataset)) and protocol.screening.flags.asked,
    }
    return sorted(
        {*_ALWAYS, *compared(dataset), *(name for name, asked in optional.items() if asked)}
    )


def compared(dataset: Dataset) -> list[str]:
    """The tables whose results are repeated without the flagged respondents."""
    protocol = dataset.protocol
    asked = {
        "group_differences": bool(protocol.groups.by),
        "regression": bool(protocol.regressions),
        "mediation": _planned(dataset),
    }
    return [name for name, wanted in asked.items() if wanted]


def tests(dataset: Dataset) -> list[str]:
    """The tables of tests and regressions, which other programs compute once more."""
    return [name for name in compared(dataset) if name != "mediation"]


def evidence(dataset: Dataset) -> list[str]:
    """The tables that a hypothesis or a claim may point to."""
    return [name for name in tables(dataset) if name in TABLE_COLUMNS]


def drawn(dataset: Dataset) -> list[str]:
    """The tables that figures show."""
    return [name for name in tables(dataset) if name in _DRAWN]


def _planned(dataset: Dataset) -> bool:
    """Whether there is a mediation that is not exploratory."""
    models = dataset.protocol.structural.values()
    return any(not (model.moderator or model.exploratory) for model in models)
