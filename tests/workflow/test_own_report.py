"""Snakemake's own report of a run: what it shows, and what it leaves out."""

import re

DATASETS = ("holzinger1939", "political_democracy", "city_s", "m_county", "jincheng")


def test_snakemake_report_has_captions_and_no_row_of_a_respondent(built, tmp_path):
    target = tmp_path / "report.html"
    built.build("--report", str(target))
    page = target.read_text(encoding="utf-8")
    shown = set(re.findall(r'"results/([^"]{1,80})": \{"name"', page))
    for name in DATASETS:
        assert {f"{name}/report.html", f"{name}/tables/hypotheses.csv"} <= shown
        assert f"{name}/figures/reliability.zh.svg" in shown
    assert not {file for file in shown if file.endswith(".parquet") or "/data/" in file}
    assert "Result table of the dataset" in page and "Figure of the dataset" in page
