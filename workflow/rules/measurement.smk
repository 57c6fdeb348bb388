"""Measurement.

in:   data/scores.parquet
out:  tables/cfa_fit.csv, cfa_loadings.csv, cfa_correlations.csv, validity.csv, htmt.csv,
      cfa_comparison.csv, reliability.csv, items.csv, item_rule.csv, scales_without.csv,
      factorability.csv; where the protocol asks: exploration.csv, efa.csv, efa_correlations.csv,
      eigenvalues.csv, method_bias.csv
"""


rule fit_cfa:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        fit=shown("results/{dataset}/tables/cfa_fit.csv", table="fit of the measurement models"),
        loadings="results/{dataset}/tables/cfa_loadings.csv",
        correlations="results/{dataset}/tables/cfa_correlations.csv",
        validity="results/{dataset}/tables/validity.csv",
        htmt="results/{dataset}/tables/htmt.csv",
        comparison="results/{dataset}/tables/cfa_comparison.csv",
    log:
        "logs/fit_cfa/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    resources:
        alone=alone,
    params:
        dataset="{dataset}",
        models=section("measurement_models"),
        estimators=section("measurement_estimators"),
        comparisons=section("comparisons"),
        halves=section("other_halves"),
        marks=section("marks"),
        code=code_digest("fit_cfa"),
    message:
        "{wildcards.dataset}: fitting the measurement models"
    script:
        "../scripts/fit_cfa.py"


rule estimate_reliability:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        reliability=shown("results/{dataset}/tables/reliability.csv", table="reliability"),
        item_analysis="results/{dataset}/tables/items.csv",
        factorability="results/{dataset}/tables/factorability.csv",
        rule="results/{dataset}/tables/item_rule.csv",
        without="results/{dataset}/tables/scales_without.csv",
    log:
        "logs/estimate_reliability/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        plan=section("scales"),
        models=section("omega_models"),
        marks=section("marks"),
        code=code_digest("estimate_reliability"),
    message:
        "{wildcards.dataset}: estimating the reliability of the scales"
    script:
        "../scripts/estimate_reliability.py"


rule explore_factors:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        summary="results/{dataset}/tables/exploration.csv",
        loadings="results/{dataset}/tables/efa.csv",
        correlations="results/{dataset}/tables/efa_correlations.csv",
        eigenvalues="results/{dataset}/tables/eigenvalues.csv",
    log:
        "logs/explore_factors/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        plan=section("explorations"),
        seed=seed_for("explore_factors"),
        marks=section("marks"),
        code=code_digest("explore_factors"),
    message:
        "{wildcards.dataset}: exploring the factors of the instruments"
    script:
        "../scripts/explore_factors.py"


rule check_method_bias:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        method_bias="results/{dataset}/tables/method_bias.csv",
    log:
        "logs/check_method_bias/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        factors=section("method_bias"),
        marks=section("marks"),
        code=code_digest("check_method_bias"),
    message:
        "{wildcards.dataset}: checking for common method bias"
    script:
        "../scripts/check_method_bias.py"


rule test_invariance:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        invariance="results/{dataset}/tables/invariance.csv",
        latent_means="results/{dataset}/tables/latent_means.csv",
    log:
        "logs/test_invariance/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        plan=section("invariance"),
        marks=section("marks"),
        code=code_digest("test_invariance"),
    message:
        "{wildcards.dataset}: testing the measurement models for invariance between groups"
    script:
        "../scripts/test_invariance.py"
