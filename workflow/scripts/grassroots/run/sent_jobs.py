"""What a Snakemake that was started on another machine is to do there.

A job that is sent away (to Slurm, say) is a Snakemake of its own, which reads the Snakefile again:
with three hundred cities, each of its six thousand jobs would read three hundred codebooks.
"""

from collections.abc import Sequence


def sent_datasets(arguments: Sequence[str]) -> set[str] | None:
    """The datasets of the jobs that these arguments of Snakemake name.

    None if they name no job, as on the command line of a user, or one of no dataset, such as the
    index: then the whole study is needed.
    """
    if "--target-jobs" not in arguments:
        return None
    datasets = set()
    for job in arguments[arguments.index("--target-jobs") + 1 :]:
        if job.startswith("-"):
            break
        _, _, wildcards = job.partition(":")
        values = dict(pair.split("=", 1) for pair in wildcards.split(",") if "=" in pair)
        if "dataset" not in values:
            return None
        datasets.add(values["dataset"])
    return datasets or None
