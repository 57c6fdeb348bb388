"""What names a row of each result table, so that every number has a name of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence

# Between the parts of a row's name; no id, level or path has a bar with blanks around it.
BETWEEN = " | "

# Text that is authored or measured on this machine alone is no number of the study.
NOT_NUMBERS = {"cross_check", "excerpts"}

_MODEL = ["model"]
_ESTIMATED = ["model", "estimator"]

ROW_KEYS: dict[str, list[str]] = {
    "answers": ["scale", "item", "answer"],
    "cfa_comparison": [*_MODEL, "alternative", "estimator"],
    "cfa_correlations": [*_ESTIMATED, "group", "factor_a", "factor_b"],
    "cfa_fit": _ESTIMATED,
    "cfa_loadings": [*_ESTIMATED, "group", "factor", "item"],
    "channels": ["channel"],
    "claims": ["id"],
    "coder_agreement": ["code", "unit"],
    "conditional_effects": [*_MODEL, "path", "at", "effect", "method"],
    "correlations": ["x", "y"],
    "cross_check_summary": [*_MODEL, "program"],
    "descriptives": ["variable"],
    "efa": ["scale", "factor", "item"],
    "efa_correlations": ["scale", "factor_a", "factor_b"],
    "eigenvalues": ["scale", "component"],
    "exploration": ["scale"],
    "factorability": ["scale"],
    "fiml_comparison": [*_MODEL, "effect", "path"],
    "flow": ["step", "reason"],
    "group_differences": ["outcome", "by", "test"],
    "group_means": ["outcome", "by", "level"],
    "htmt": [*_MODEL, "factor_a", "factor_b"],
    "hypotheses": ["id"],
    "invariance": [*_ESTIMATED, "by", "step"],
    "item_rule": ["scale", "item"],
    "items": ["scale", "item"],
    "joint_display": ["theme", "table", "row"],
    "latent_means": [*_MODEL, "by", "factor", "level"],
    "levels": ["scale", "level"],
    "mediation": [*_MODEL, "scores", "effect", "path", "method"],
    "method_bias": ["check"],
    "missing": ["variable"],
    "missing_patterns": ["pattern"],
    "missing_test": [],
    "moderation": [*_MODEL, "path", "term", "method"],
    "normality": ["scale"],
    "post_hoc": ["outcome", "by", "method", "level_a", "level_b"],
    "recommendations": ["id", "finding"],
    "regression": [*_MODEL, "step", "term"],
    "regression_diagnostics": [*_MODEL, "step", "check", "term"],
    "regression_fit": [*_MODEL, "step"],
    "regression_residuals": [*_MODEL, "kind"],
    "reliability": ["scale"],
    "sample": ["variable", "level"],
    "saturation": ["interview"],
    "scales_without": ["scale"],
    "screening_flags": ["flag"],
    "sem_fit": _ESTIMATED,
    "sem_parameters": [*_ESTIMATED, "group", "lhs", "op", "rhs"],
    "sensitivity": ["quantity", "kind"],
    "simple_slopes": [*_MODEL, "path", "at"],
    "themes": ["level", "theme", "code"],
    "validity": [*_MODEL, "factor"],
}

# What names the rows too where it differs between them: of two coders all rows are theirs.
_IF_SEVERAL = {"coder_agreement": ["coders"]}

# Points of a curve: where they lie are numbers, whose last digit differs between machines, so that
# the first, second ... point is called by its count.
_COUNTED = {"regression_residuals"}


def row_keys(table: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The names of all rows in their order; parts that are empty in a row are left out.

    KeyError if the table is not known: whoever adds a table says what names its rows. ValueError if
    two rows have one name.
    """
    several = [
        column for column in _IF_SEVERAL.get(table, []) if len({row[column] for row in rows}) > 1
    ]
    columns = [*ROW_KEYS[table], *several]
    keys = [BETWEEN.join(row[column] for column in columns if row.get(column)) for row in rows]
    if table in _COUNTED:
        seen: Counter[str] = Counter()
        for at, key in enumerate(keys):
            seen[key] += 1
            keys[at] = f"{key}{BETWEEN}{seen[key]}"
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"{table}: two rows are called {twice!r}")
    return keys
