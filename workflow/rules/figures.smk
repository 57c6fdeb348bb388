"""Figures.

in:   the result tables
out:  figures/<figure>.<language>.svg
"""


rule draw_figures:
    input:
        flow="results/{dataset}/data/flow.csv",
        reliability="results/{dataset}/tables/reliability.csv",
        loadings="results/{dataset}/tables/cfa_loadings.csv",
        fit="results/{dataset}/tables/sem_fit.csv",
        parameters="results/{dataset}/tables/sem_parameters.csv",
        mediation="results/{dataset}/tables/mediation.csv",
        catalogue="report/locale/{language}.yaml",
        font="report/fonts/NotoSansSC-GB2312.otf",
    output:
        sample_flow="results/{dataset}/figures/sample_flow.{language}.svg",
        reliability="results/{dataset}/figures/reliability.{language}.svg",
        loadings="results/{dataset}/figures/loadings.{language}.svg",
        path_diagram="results/{dataset}/figures/path_diagram.{language}.svg",
        indirect_effects="results/{dataset}/figures/indirect_effects.{language}.svg",
    log:
        "logs/draw_figures/{dataset}.{language}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        language="{language}",
        study=section("drawing"),
        code=code_digest("draw_figures"),
    message:
        "{wildcards.dataset}: drawing the figures ({wildcards.language})"
    script:
        "../scripts/draw_figures.py"
