"""Structural models.

in:   data/scores.parquet
out:  tables/sem_fit.csv, sem_parameters.csv, mediation.csv (latent and observed-score effects)
"""


rule fit_sem:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        fit="results/{dataset}/tables/sem_fit.csv",
        parameters="results/{dataset}/tables/sem_parameters.csv",
        mediation="results/{dataset}/tables/mediation.csv",
    log:
        "logs/fit_sem/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        models=section("structural_models"),
        draws=study.config.draws,
        alpha=study.config.alpha,
        seed=seed_for("fit_sem"),
        code=code_digest("fit_sem"),
    message:
        "{wildcards.dataset}: fitting the structural models"
    script:
        "../scripts/fit_sem.py"
