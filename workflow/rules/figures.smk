"""Figures.

in:   the result tables
out:  figures/<figure>.<language>.svg, figures/print/<figure>.<language>.<png|pdf>
"""


rule draw_figures:
    input:
        flow="results/{dataset}/data/flow.csv",
        tables=tables(asked.drawn),
        catalogues=["report/locale/en.yaml", "report/locale/zh.yaml"],
        font="report/fonts/NotoSansSC-GB2312.otf",
    output:
        print=directory(PRINTS),
        sample_flow_en=shown(
            "results/{dataset}/figures/sample_flow.en.svg", figure="sample flow", language="en"
        ),
        sample_flow_zh=shown(
            "results/{dataset}/figures/sample_flow.zh.svg", figure="sample flow", language="zh"
        ),
        missing_map_en=shown(
            "results/{dataset}/figures/missing_map.en.svg", figure="missing map", language="en"
        ),
        missing_map_zh=shown(
            "results/{dataset}/figures/missing_map.zh.svg", figure="missing map", language="zh"
        ),
        likert_en=shown("results/{dataset}/figures/likert.en.svg", figure="likert", language="en"),
        likert_zh=shown("results/{dataset}/figures/likert.zh.svg", figure="likert", language="zh"),
        group_means_en=shown(
            "results/{dataset}/figures/group_means.en.svg", figure="group means", language="en"
        ),
        group_means_zh=shown(
            "results/{dataset}/figures/group_means.zh.svg", figure="group means", language="zh"
        ),
        correlations_en=shown(
            "results/{dataset}/figures/correlations.en.svg", figure="correlations", language="en"
        ),
        correlations_zh=shown(
            "results/{dataset}/figures/correlations.zh.svg", figure="correlations", language="zh"
        ),
        reliability_en=shown(
            "results/{dataset}/figures/reliability.en.svg", figure="reliability", language="en"
        ),
        reliability_zh=shown(
            "results/{dataset}/figures/reliability.zh.svg", figure="reliability", language="zh"
        ),
        scree_en=shown("results/{dataset}/figures/scree.en.svg", figure="scree", language="en"),
        scree_zh=shown("results/{dataset}/figures/scree.zh.svg", figure="scree", language="zh"),
        loadings_en=shown(
            "results/{dataset}/figures/loadings.en.svg", figure="loadings", language="en"
        ),
        loadings_zh=shown(
            "results/{dataset}/figures/loadings.zh.svg", figure="loadings", language="zh"
        ),
        coefficients_en=shown(
            "results/{dataset}/figures/coefficients.en.svg", figure="coefficients", language="en"
        ),
        coefficients_zh=shown(
            "results/{dataset}/figures/coefficients.zh.svg", figure="coefficients", language="zh"
        ),
        residuals_en=shown(
            "results/{dataset}/figures/residuals.en.svg", figure="residuals", language="en"
        ),
        residuals_zh=shown(
            "results/{dataset}/figures/residuals.zh.svg", figure="residuals", language="zh"
        ),
        path_diagram_en=shown(
            "results/{dataset}/figures/path_diagram.en.svg", figure="path diagram", language="en"
        ),
        path_diagram_zh=shown(
            "results/{dataset}/figures/path_diagram.zh.svg", figure="path diagram", language="zh"
        ),
        full_path_diagram_en=shown(
            "results/{dataset}/figures/full_path_diagram.en.svg",
            figure="path diagram with indicators",
            language="en",
        ),
        full_path_diagram_zh=shown(
            "results/{dataset}/figures/full_path_diagram.zh.svg",
            figure="path diagram with indicators",
            language="zh",
        ),
        indirect_effects_en=shown(
            "results/{dataset}/figures/indirect_effects.en.svg",
            figure="indirect effects",
            language="en",
        ),
        indirect_effects_zh=shown(
            "results/{dataset}/figures/indirect_effects.zh.svg",
            figure="indirect effects",
            language="zh",
        ),
        themes_en=shown("results/{dataset}/figures/themes.en.svg", figure="themes", language="en"),
        themes_zh=shown("results/{dataset}/figures/themes.zh.svg", figure="themes", language="zh"),
        saturation_en=shown(
            "results/{dataset}/figures/saturation.en.svg", figure="saturation", language="en"
        ),
        saturation_zh=shown(
            "results/{dataset}/figures/saturation.zh.svg", figure="saturation", language="zh"
        ),
        simple_slopes_en=shown(
            "results/{dataset}/figures/simple_slopes.en.svg", figure="simple slopes", language="en"
        ),
        simple_slopes_zh=shown(
            "results/{dataset}/figures/simple_slopes.zh.svg", figure="simple slopes", language="zh"
        ),
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
