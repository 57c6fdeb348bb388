"""Which datasets a Snakemake that was sent away has to read."""

import pytest

from grassroots.run.sent_jobs import sent_datasets


@pytest.mark.parametrize(
    ("arguments", "datasets"),
    [
        (["--target-jobs", "fit_cfa:dataset=harbin", "--cores", "all"], {"harbin"}),
        (["--cores", "1", "--target-jobs", "fit_cfa:dataset=a", "fit_sem:dataset=b"], {"a", "b"}),
        (["--target-jobs", "fit_cfa:dataset=a", "render_index:", "--force"], None),
        (["--cores", "4", "results/harbin/report.html"], None),
        ([], None),
    ],
)
def test_sent_jobs_name_their_datasets(arguments, datasets):
    assert sent_datasets(arguments) == datasets
