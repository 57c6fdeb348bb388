"""Figures.

in:   the result tables
out:  figures/<figure>.<language>.svg
"""


rule draw_figures:
    input:
        flow="results/{dataset}/data/flow.csv",
        tables=tables(asked.drawn),
        catalogues=["report/locale/en.yaml", "report/locale/zh.yaml"],
        font="report/fonts/NotoSansSC-GB2312.otf",
    output:
        sample_flow_en="results/{dataset}/figures/sample_flow.en.svg",
        sample_flow_zh="results/{dataset}/figures/sample_flow.zh.svg",
        missing_map_en="results/{dataset}/figures/missing_map.en.svg",
        missing_map_zh="results/{dataset}/figures/missing_map.zh.svg",
        likert_en="results/{dataset}/figures/likert.en.svg",
        likert_zh="results/{dataset}/figures/likert.zh.svg",
        group_means_en="results/{dataset}/figures/group_means.en.svg",
        group_means_zh="results/{dataset}/figures/group_means.zh.svg",
        correlations_en="results/{dataset}/figures/correlations.en.svg",
        correlations_zh="results/{dataset}/figures/correlations.zh.svg",
        reliability_en="results/{dataset}/figures/reliability.en.svg",
        reliability_zh="results/{dataset}/figures/reliability.zh.svg",
        scree_en="results/{dataset}/figures/scree.en.svg",
        scree_zh="results/{dataset}/figures/scree.zh.svg",
        loadings_en="results/{dataset}/figures/loadings.en.svg",
        loadings_zh="results/{dataset}/figures/loadings.zh.svg",
        coefficients_en="results/{dataset}/figures/coefficients.en.svg",
        coefficients_zh="results/{dataset}/figures/coefficients.zh.svg",
        residuals_en="results/{dataset}/figures/residuals.en.svg",
        residuals_zh="results/{dataset}/figures/residuals.zh.svg",
        path_diagram_en="results/{dataset}/figures/path_diagram.en.svg",
        path_diagram_zh="results/{dataset}/figures/path_diagram.zh.svg",
        indirect_effects_en="results/{dataset}/figures/indirect_effects.en.svg",
        indirect_effects_zh="results/{dataset}/figures/indirect_effects.zh.svg",
        themes_en="results/{dataset}/figures/themes.en.svg",
        themes_zh="results/{dataset}/figures/themes.zh.svg",
        saturation_en="results/{dataset}/figures/saturation.en.svg",
        saturation_zh="results/{dataset}/figures/saturation.zh.svg",
        simple_slopes_en="results/{dataset}/figures/simple_slopes.en.svg",
        simple_slopes_zh="results/{dataset}/figures/simple_slopes.zh.svg",
    log:
        "logs/draw_figures/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        study=section("drawing"),
        code=code_digest("draw_figures"),
    message:
        "{wildcards.dataset}: drawing the figures"
    script:
        "../scripts/draw_figures.py"
