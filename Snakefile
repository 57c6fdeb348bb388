"""Questionnaire studies of grassroots civil servants, from the raw export to the report.

    snakemake --cores 4

builds every dataset of config.yaml: results/index.html links their pages.
"""


include: "workflow/rules/common.smk"
include: "workflow/rules/intake.smk"
include: "workflow/rules/screening.smk"
include: "workflow/rules/scoring.smk"
include: "workflow/rules/description.smk"
include: "workflow/rules/measurement.smk"
include: "workflow/rules/inference.smk"
include: "workflow/rules/sem.smk"
include: "workflow/rules/interviews.smk"
include: "workflow/rules/verdicts.smk"
include: "workflow/rules/verification.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/packaging.smk"


rule all:
    default_target: True
    input:
        "results/index.html",
        expand(list(TABLE_FILES.values()), dataset=study.datasets),
        LEFT_OUT,


# The others' results are packed also where a dataset is left out, and the run says so at its end.
rule package:
    input:
        "results/package.zip",
        LEFT_OUT,


# On a cluster these stay where Snakemake runs: they speak to the user, or take a second at the end.
localrules:
    left_out,
    render_index,
    verify,
    write_package,


# All that is wrong or unsure, in words: workflow/rules/common.smk tells it and ends the run.
rule check:
    message:
        "checking the study's files"


remember_digests(DIGESTS)


onstart:
    if closed := closed_places(Path(".")):
        raise SystemExit(faults_text(closed, study.language))
    run_lock.hold(Path("."))
    gc.freeze()
    gc.enable()
    if workflow.is_main_process and workflow.local_exec:
        shell.prefix(f"set -euo pipefail; {warm.command(Path('.'))} ")


onsuccess:
    stop_timers()


onerror:
    stop_timers()
    if full := full_places(Path(".")):
        print(faults_text(full, study.language), file=sys.stderr)
