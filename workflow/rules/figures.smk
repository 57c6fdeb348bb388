"""Figures.

in:   the result tables
out:  figures/<figure>.<language>.svg, figures/print/<figure>.<language>.<png|pdf>
"""


# A folder: one file for Snakemake to look after in place of six for each figure.
rule draw_figures:
    input:
        flow="results/{dataset}/data/flow.csv",
        tables=tables(asked.drawn),
        catalogues=CATALOGUES,
        font="report/fonts/NotoSansSC-GB2312.otf",
    output:
        figures=shown(
            directory("results/{dataset}/figures"),
            patterns=["{figure}.{language}.svg"],
            figure="{figure}",
            language="{language}",
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
