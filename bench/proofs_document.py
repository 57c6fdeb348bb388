"""What docs/proofs.md says, from the tables in docs/proofs/ and the population."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import simulated_truth as truth

Tables = Mapping[str, pd.DataFrame]

# What must be true of the effects: coverage of their 95% intervals, and mean standard error over
# the standard deviation of the estimates; and in which share of samples the chi-square may reject
# the true model at 5%.
COVERAGE, SE_RATIO, REJECTED = (0.93, 0.97), (0.95, 1.05), (0.03, 0.07)
COVERAGES = ("coverage_percentile", "coverage_bca", "coverage_delta")
RATIOS = ("se_bootstrap_ratio", "se_delta_ratio")
LIMITS = dict.fromkeys(COVERAGES, COVERAGE) | dict.fromkeys(RATIOS, SE_RATIO)
SAME = tuple(f"{name}_same" for name in RATIOS)
WORDS = {
    "truth": "truth",
    "mean": "mean estimate",
    "sd": "SD of estimates",
    "se_bootstrap_ratio": "bootstrap SE / SD",
    "se_delta_ratio": "delta-method SE / SD",
    "se_bootstrap_ratio_same": "bootstrap SE / SD",
    "se_delta_ratio_same": "delta-method SE / SD",
    "coverage_percentile": "percentile",
    "coverage_bca": "BCa",
    "coverage_delta": "delta method",
}

TEXT = """\
# Simulated truth

Written by `make proofs`; the tables are in [proofs/](proofs/).

{samples} samples of {n} people were drawn from a known population. Each was fitted by maximum
likelihood and bootstrapped with {draws} draws (seed {seed}). The population is the structural model
of City S. Its standardised paths are

{paths}

The residuals of the two mediators correlate {correlation:.2f}; the loadings of items and dimensions
lie between {weakest:.2f} and {strongest:.2f}. Indicators are continuous and jointly normal, and the
fitted model is true. Answers in a few categories, missing values and wrong models are another
matter: nothing here speaks of them.

The same people are measured twice:

- **13 indicators**: self-efficacy by three parcels of its ten items, the usual size of such a
  model.
- **20 indicators**: self-efficacy by its ten items, as City S's page fits it.

Both models are true, and the same limits hold for both.

Digest of the code that fits and bootstraps: `{engine}`; with numpy {numpy}, scipy {scipy}.

## Outside the limits

{outside}

Limits: each effect's 95% interval covers the truth in 93 to 97% of the bootstrapped samples; its
mean standard error there lies within 5% of the standard deviation of its estimates; the chi-square
rejects the true model in 3 to 7% of the samples of {n} people, both of the bootstrapped ones and of
all. By chance alone, 19 of 20 such simulations see a coverage of 95% as 95 ± {chance:.1f}%.

## Effects

{legend}

Share of the 95% intervals that hold the truth:

{coverage}

Standard errors. The standard deviation that they are to match is that of the estimates in all
samples fitted: {fitted}, the {samples} bootstrapped ones and others that were fitted only. After
the ± stand 1.96 Monte Carlo standard errors of each ratio:

{errors}

The same mean standard errors over the standard deviation in the {samples} bootstrapped samples
alone. That one is itself uncertain (by chance a ratio of 1 is seen as 1 ± {chance_ratio:.3f}), so
that these ratios are shown and not judged:

{errors_same}

Of these, further than 5% from 1: {beyond}.

Over all loadings, paths and variances, on both scales ([parameters.csv](proofs/parameters.csv)):

{ranges}

## Chi-square of the true model

{chi_square}

{why}

## What went wrong

{wrong}
"""

WHY = """\
With 20 indicators and {n} people the chi-square rejects the true model at 5% in {rejected:.1%} of
all {fitted} samples: {where} the limits of 3 to 7%. That is no error of this program, and every
program that estimates by maximum likelihood does the same: the chi-square of a sample is one
number, and lavaan finds the same one (tests/sem/test_proofs.py compares them on some of these
samples, to a millionth; programs that multiply by n - 1 in place of n, as AMOS does, print
{less:.1%} less).

The statistic follows its chi-square distribution only as samples grow, and the more variables, the
longer that takes (Moshagen 2012). In samples of a few hundred its mean is above the degrees of
freedom, and it rejects true models too often (Swain 1975; Herzog & Boomsma 2009). Swain's factor
corrects for it: {swain:.1%}. So do more people (n = {larger_n}: {larger:.1%}) and fewer indicators
(13: {smaller:.1%}).

What a reader of City S's page should take from it: that page fits these 20 indicators to about as
many people. If its model is true and its answers are normal, the chi-square's p falls below 0.05 in
about {rejected:.1%} of such studies, not in 5%. A p a little below 0.05 says less against the model
than it seems to; read it together with the fit indices (CFI, TLI, RMSEA, SRMR), never alone.

- Herzog, W., & Boomsma, A. (2009). Small-sample robust estimators of noncentrality-based and
  incremental model fit. Structural Equation Modeling, 16, 1-27.
- Moshagen, M. (2012). The model size effect in SEM: Inflated goodness-of-fit statistics are due to
  the size of the covariance matrix. Structural Equation Modeling, 19, 86-98.
- Swain, A. J. (1975). Analysis of parametric structures for variance matrices. Doctoral
  dissertation, University of Adelaide."""


def text(tables: Tables) -> str:
    """The whole document."""
    run, effects = _run(tables["run"], "both"), tables["effects"]
    samples = int(run["samples"])
    return TEXT.format(
        **{name: run[name] for name in ("samples", "n", "draws", "seed", "engine")},
        **{name: run[name] for name in ("numpy", "scipy")},
        paths="\n".join(f"- {a} -> {b}: {path}" for (a, b), path in truth.PATHS.items()),
        correlation=truth.RESIDUAL_CORRELATION,
        weakest=min(truth.LOADINGS.values()),
        strongest=max(truth.LOADINGS.values()),
        outside="\n".join(f"- {words}" for words in _outside(tables)),
        chance=196 * (0.95 * 0.05 / samples) ** 0.5,
        chance_ratio=1.96 / (2 * samples) ** 0.5,
        legend="\n".join(
            f"- `{row['name']}`: {row['path']}"
            for row in effects.drop_duplicates("name").to_dict("records")
        ),
        coverage=_table(effects, COVERAGES),
        fitted=" and ".join(
            f"{rows['fitted'].min()} with {model}" for model, rows in effects.groupby("model")
        ),
        errors=_table(effects, ("truth", "mean", "sd", *RATIOS)),
        beyond="; ".join(_beyond(effects, SAME, SE_RATIO)) or "none",
        errors_same=_table(effects, SAME),
        ranges=_ranges(tables["parameters"]),
        chi_square=_chi_square(tables["chi_square"]),
        why=_why(tables["chi_square"]),
        wrong="\n\n".join(_wrong(tables["run"], model) for model in truth.FORMS),
    )


def outside(tables: Tables, model: str) -> list[str]:
    """Every figure of a model that must lie within limits and does not, in words.

    The chi-square is judged in samples of truth.N people: the bootstrapped ones, and all.
    """
    effects, chi_square = tables["effects"], tables["chi_square"]
    effects = effects[effects["model"] == model]
    found = _beyond(effects, COVERAGES, COVERAGE) + _beyond(effects, RATIOS, SE_RATIO)
    own = (chi_square["model"] == model) & (chi_square["n"] == truth.N)
    for row in chi_square[own].to_dict("records"):
        if not REJECTED[0] <= row["rejected"] <= REJECTED[1]:
            share = f"{row['rejected']:.1%} of {row['fitted']} samples"
            found.append(f"{model}, chi-square: rejects in {share}")
    return found


def _beyond(effects: pd.DataFrame, columns: tuple[str, ...], limits: tuple) -> list[str]:
    return [
        f"{row['model']}, {row['name']} ({row['scale']}): {_kind(column)}{WORDS[column]} "
        f"{_shown(row, column)}"
        for row in effects.to_dict("records")
        for column in columns
        if not limits[0] <= row[column] <= limits[1]
    ]


def _outside(tables: Tables) -> Iterator[str]:
    for model in truth.FORMS:
        yield from outside(tables, model) or [f"{model}: nothing, every figure is within."]


def _run(table: pd.DataFrame, model: str) -> dict[str, str]:
    own = table[table["model"] == model]
    return dict(zip(own["name"], own["value"].astype(str), strict=True))


def _kind(column: str) -> str:
    return "coverage, " if column.startswith("coverage") else ""


def _shown(row: Mapping[Any, Any], column: str) -> str:
    value = row[column]
    if column.startswith("coverage"):
        return f"{value:.1%}"
    if column in RATIOS:
        return f"{value:.3f} ± {1.96 * row[column.replace('ratio', 'error')]:.3f}"
    return f"{value:.3f}"


def _table(effects: pd.DataFrame, columns: tuple[str, ...]) -> str:
    rows = [
        [row["model"], f"`{row['name']}`", row["scale"], *(_shown(row, c) for c in columns)]
        for row in effects.to_dict("records")
    ]
    return _markdown(["model", "effect", "scale", *(WORDS[c] for c in columns)], rows, left=3)


def _ranges(parameters: pd.DataFrame) -> str:
    rows = []
    for model, own in parameters.groupby("model"):
        count = len(own[["lhs", "op", "rhs"]].drop_duplicates())
        for column in LIMITS:
            form = "{:.1%}" if column in COVERAGES else "{:.3f}"
            values = own[column]
            shown = [form.format(v) for v in (values.min(), values.median(), values.max())]
            rows.append([str(model), str(count), f"{_kind(column)}{WORDS[column]}", *shown])
    return _markdown(["model", "parameters", "", "lowest", "median", "highest"], rows, left=3)


def _chi_square(table: pd.DataFrame) -> str:
    rows = [
        [
            *(str(row[name]) for name in ("model", "n", "df", "fitted")),
            f"{row['mean']:.1f}",
            f"{row['rejected']:.1%} ± {1.96 * row['rejected_error']:.1%}",
            f"{row['mean_swain']:.1f}",
            f"{row['rejected_swain']:.1%}",
        ]
        for row in table.to_dict("records")
    ]
    titles = ["model", "people", "df", "samples fitted", "mean", "rejected (± 1.96 SE)"]
    return _markdown([*titles, "mean (Swain)", "rejected (Swain)"], rows, left=1)


def _why(table: pd.DataFrame) -> str:
    """Each figure from the row with most samples; of n = LARGER_N there is only one."""
    by_size = table.sort_values("fitted").groupby(["model", "n"]).last()
    here, larger_n = by_size.loc[(truth.LARGER, truth.N)], int(table["n"].max())
    within = REJECTED[0] <= here["rejected"] <= REJECTED[1]
    return WHY.format(
        n=truth.N,
        rejected=here["rejected"],
        fitted=int(here["fitted"]),
        where="within" if within else "outside",
        less=1 / truth.N,
        swain=here["rejected_swain"],
        larger_n=larger_n,
        larger=by_size.loc[(truth.LARGER, larger_n), "rejected"],
        smaller=by_size.loc[(truth.SMALLER, truth.N), "rejected"],
    )


def _wrong(table: pd.DataFrame, model: str) -> str:
    run, settings = _run(table, model), _run(table, "both")
    statuses = {
        name.removeprefix("samples_"): count
        for name, count in run.items()
        if name.startswith("samples_") and not name.startswith("samples_with")
    }
    total = int(settings["samples"]) * int(settings["draws"])
    listed = ", ".join(f"{status} {count}" for status, count in statuses.items())
    return (
        f"{model}:\n\n"
        f"- Samples by the status of their fit: {listed}.\n"
        f"- Of {total} draws {run['draws_failed']} could not be estimated "
        f"(in {run['samples_with_failed_draws']} samples).\n"
        f"- {run['draws_inadmissible']} draws have a negative variance "
        f"(in {run['samples_with_inadmissible_draws']} samples); they are kept."
    )


def _markdown(titles: list[str], rows: list[list[str]], left: int) -> str:
    rule = ["---"] * left + ["--:"] * (len(titles) - left)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [titles, rule, *rows])
