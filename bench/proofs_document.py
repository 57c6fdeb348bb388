"""What docs/proofs.md says, from the tables in docs/proofs/ and the population."""

from collections.abc import Mapping

import pandas as pd
import simulated_truth as truth

Tables = Mapping[str, pd.DataFrame]

# What must be true of the effects: coverage of their 95% intervals, and mean standard error over
# the standard deviation of the estimates; and in which share of samples the chi-square may reject
# the true model at 5%.
COVERAGE, SE_RATIO, REJECTED = (0.93, 0.97), (0.95, 1.05), (0.03, 0.07)
LIMITS = {
    "coverage_percentile": COVERAGE,
    "coverage_bca": COVERAGE,
    "coverage_delta": COVERAGE,
    "se_bootstrap_ratio": SE_RATIO,
    "se_delta_ratio": SE_RATIO,
}
WORDS = {
    "truth": "truth",
    "mean": "mean estimate",
    "sd": "SD of estimates",
    "se_bootstrap_ratio": "bootstrap SE / SD",
    "se_delta_ratio": "delta-method SE / SD",
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

The residuals of the two mediators correlate {correlation:.2f}; loadings lie between {weakest:.2f}
and {strongest:.2f}. Indicators are continuous and jointly normal, and the fitted model is true.
Answers in a few categories, missing values and wrong models are another matter: nothing here speaks
of them.

Digest of the code that fits and bootstraps: `{engine}`; with numpy {numpy}, scipy {scipy}.

## Outside the limits

{outside}

Limits: each effect's 95% interval covers the truth in 93 to 97% of the samples; its mean standard
error lies within 5% of the standard deviation of its estimates; the chi-square rejects the true
model in 3 to 7%. By chance alone, 19 of 20 such simulations see a coverage of 95% as
95 ± {chance:.1f}% and a ratio of 1 as 1 ± {chance_ratio:.3f}.

## Effects

{legend}

Share of the 95% intervals that hold the truth:

{coverage}

Standard errors:

{errors}

The standard deviation over so few samples is itself uncertain, and with it each ratio above. Here
are the same mean standard errors over the standard deviation in {further} further samples, which
were fitted without a bootstrap (a ratio of 1 is seen as 1 ± {chance_further:.3f}):

{errors_further}

Over all {parameters} loadings, paths and variances, on both scales
([parameters.csv](proofs/parameters.csv)):

{ranges}

## Chi-square of the true model

{chi_square}

{why}

## What went wrong

{wrong}
"""

WHY = """\
The likelihood-ratio statistic follows its chi-square distribution only as samples grow; the more
variables, the longer it takes. In samples of a few hundred its mean is above the degrees of freedom
and it rejects true models too often (Herzog & Boomsma 2009, Structural Equation Modeling 16, 1-27).
Swain's (1975) factor corrects for it; more people, or fewer indicators (13: the ten items of
self-efficacy in three parcels), lessen it."""


def text(tables: Tables) -> str:
    """The whole document."""
    run = _run(tables)
    samples, effects = int(run["samples"]), tables["effects"]
    found = outside(tables)
    return TEXT.format(
        **{name: run[name] for name in ("samples", "n", "draws", "seed", "engine")},
        **{name: run[name] for name in ("numpy", "scipy")},
        paths="\n".join(f"- {a} -> {b}: {path}" for (a, b), path in truth.PATHS.items()),
        correlation=truth.RESIDUAL_CORRELATION,
        weakest=min(truth.LOADINGS.values()),
        strongest=max(truth.LOADINGS.values()),
        outside="\n".join(f"- {words}" for words in found) or "Nothing: every figure is within.",
        chance=196 * (0.95 * 0.05 / samples) ** 0.5,
        chance_ratio=1.96 / (2 * samples) ** 0.5,
        chance_further=1.96 / (2 * int(tables["further"]["samples"].iloc[0])) ** 0.5,
        legend="\n".join(
            f"- `{row['name']}`: {row['path']}"
            for row in effects.drop_duplicates("name").to_dict("records")
        ),
        coverage=_table(effects, [c for c in LIMITS if c.startswith("coverage")], percent=True),
        errors=_table(
            effects, ["truth", "mean", "sd", *(c for c in LIMITS if c.startswith("se_"))]
        ),
        further=tables["further"]["samples"].iloc[0],
        errors_further=_table(against_further(tables), [c for c in LIMITS if c.startswith("se_")]),
        parameters=len(tables["parameters"][["lhs", "op", "rhs"]].drop_duplicates()),
        ranges=_ranges(tables["parameters"]),
        chi_square=_chi_square(tables["chi_square"]),
        why=WHY,
        wrong=_wrong(run),
    )


def outside(tables: Tables) -> list[str]:
    """Every figure that must lie within limits and does not, in words.

    Of the chi-squares, the one of the bootstrapped samples is judged: the first row.
    """
    found = []
    for row in tables["effects"].to_dict("records"):
        for column, (low, high) in LIMITS.items():
            if not low <= row[column] <= high:
                shown = f"{row[column]:.1%}" if low < 0.94 else f"{row[column]:.3f}"
                kind = "coverage, " if column.startswith("coverage") else ""
                found.append(f"{row['name']} ({row['scale']}): {kind}{WORDS[column]} {shown}")
    first = tables["chi_square"].iloc[0]
    if not REJECTED[0] <= first["rejected"] <= REJECTED[1]:
        found.append(
            f"chi-square, {first['model']}, n = {first['n']}: rejects in {first['rejected']:.1%}"
        )
    return found


def against_further(tables: Tables) -> pd.DataFrame:
    """The effects with their standard errors over the SD of the further samples."""
    merged = tables["effects"].merge(
        tables["further"], on=["name", "scale"], suffixes=("", "_further")
    )
    scale = merged["sd"] / merged["sd_further"]
    columns = [c for c in LIMITS if c.startswith("se_")]
    return merged.assign(**{c: merged[c] * scale for c in columns})


def _run(tables: Tables) -> dict[str, str]:
    return dict(zip(tables["run"]["name"], tables["run"]["value"].astype(str), strict=True))


def _table(effects: pd.DataFrame, columns: list[str], percent: bool = False) -> str:
    def shown(value: float) -> str:
        return f"{value:.1%}" if percent else f"{value:.3f}"

    rows = [
        [f"`{row['name']}`", row["scale"], *(shown(row[column]) for column in columns)]
        for row in effects.to_dict("records")
    ]
    return _markdown(["effect", "scale", *(WORDS[c] for c in columns)], rows, left=2)


def _ranges(parameters: pd.DataFrame) -> str:
    rows = []
    for column in LIMITS:
        form = "{:.1%}" if column.startswith("coverage") else "{:.3f}"
        values = parameters[column]
        kind = "coverage, " if column.startswith("coverage") else ""
        rows.append(
            [f"{kind}{WORDS[column]}"]
            + [form.format(v) for v in (values.min(), values.median(), values.max())]
        )
    return _markdown(["", "lowest", "median", "highest"], rows, left=1)


def _chi_square(table: pd.DataFrame) -> str:
    form = (
        "{model}|{n}|{df}|{fitted}|{mean:.1f}|{rejected:.1%}|{mean_swain:.1f}|{rejected_swain:.1%}"
    )
    rows = [form.format(**row).split("|") for row in table.to_dict("records")]
    titles = ["model", "people", "df", "samples fitted", "mean", "rejected"]
    return _markdown([*titles, "mean (Swain)", "rejected (Swain)"], rows, left=1)


def _wrong(run: dict[str, str]) -> str:
    statuses = {
        name.removeprefix("samples_"): count
        for name, count in run.items()
        if name.startswith("samples_") and not name.startswith("samples_with")
    }
    total = int(run["samples"]) * int(run["draws"])
    listed = ", ".join(f"{status} {count}" for status, count in statuses.items())
    return (
        f"- Samples by the status of their fit: {listed}.\n"
        f"- Of {total} draws {run['draws_failed']} could not be estimated "
        f"(in {run['samples_with_failed_draws']} samples).\n"
        f"- {run['draws_inadmissible']} draws have a negative variance "
        f"(in {run['samples_with_inadmissible_draws']} samples); they are kept."
    )


def _markdown(titles: list[str], rows: list[list[str]], left: int) -> str:
    rule = ["---"] * left + ["--:"] * (len(titles) - left)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [titles, rule, *rows])
