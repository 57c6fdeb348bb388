"""Structural models.

in:   data/scores.parquet
out:  tables/sem_fit.csv, sem_parameters.csv, mediation.csv (latent and observed-score effects),
      cross_check.csv (all declared models by other programs); lavaan/ (the models as R scripts)
"""


rule fit_sem:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        fit="results/{dataset}/tables/sem_fit.csv",
        parameters="results/{dataset}/tables/sem_parameters.csv",
        mediation=shown("results/{dataset}/tables/mediation.csv", table="mediation"),
    log:
        "logs/fit_sem/{dataset}.log",
    cache: between_checkouts
    priority: 1
    conda:
        "../../envs/environment.yaml"
    resources:
        alone=alone,
    params:
        dataset="{dataset}",
        models=section("structural_models"),
        estimators=section("structural_estimators"),
        draws=study.config.draws,
        largest=study.config.bootstrap_rows,
        alpha=study.config.alpha,
        seed=seed_for("fit_sem"),
        marks=section("marks"),
        code=code_digest("fit_sem"),
    message:
        "{wildcards.dataset}: fitting the structural models"
    script:
        "../scripts/fit_sem.py"


rule cross_check:
    input:
        scores="results/{dataset}/data/scores.parquet",
        printed=tables(asked.tests),
    output:
        cross_check="results/{dataset}/tables/cross_check.csv",
        summary="results/{dataset}/tables/cross_check_summary.csv",
        lavaan=directory("results/{dataset}/lavaan"),
    log:
        "logs/cross_check/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        measurement=section("measurement_models"),
        structural=section("structural_models"),
        groups=section("group_comparisons"),
        regressions=section("regressions"),
        r=lavaan_here(),
        marks=section("marks"),
        code=code_digest("cross_check"),
    message:
        "{wildcards.dataset}: computing the models once more with other programs"
    script:
        "../scripts/cross_check.py"


rule fit_moderation:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        moderation="results/{dataset}/tables/moderation.csv",
        conditional_effects="results/{dataset}/tables/conditional_effects.csv",
        simple_slopes="results/{dataset}/tables/simple_slopes.csv",
    log:
        "logs/fit_moderation/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        models=section("moderated_models"),
        draws=study.config.draws,
        largest=study.config.bootstrap_rows,
        alpha=study.config.alpha,
        seed=seed_for("fit_moderation"),
        marks=section("marks"),
        code=code_digest("fit_moderation"),
    message:
        "{wildcards.dataset}: fitting the moderated models"
    script:
        "../scripts/fit_moderation.py"
