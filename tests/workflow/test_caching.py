"""What runs again after which edit: exactly what depends on it, and nothing else.

The edits are made in a checkout in which everything is built, and Snakemake is asked what it would
do next.
"""

import os
import shutil

import pytest

DATASETS = ("holzinger1939", "political_democracy", "city_s", "m_county", "jincheng")
PUPILS, COUNTRIES, *_ = ((name,) for name in DATASETS)
MEDIATED = ("political_democracy", "city_s")
TO_SCORES = ("read_responses", "screen_responses", "score_scales")
STATISTICS = (
    "describe_sample",
    "examine_missing",
    "fit_cfa",
    "estimate_reliability",
    "explore_factors",
    "compare_groups",
    "fit_regressions",
    "fit_sem",
    "fit_moderation",
    "test_invariance",
    "check_method_bias",
    "compare_without_flagged",
    "cross_check",
)
MODELS = ("fit_sem", "compare_without_flagged", "judge_findings")
DRAWN = (*MODELS, "fit_moderation")
FIGURES_AND_PAGE = ("draw_figures", "render_report")
INDEX = {("render_index", "")}
CIVIL_SERVANTS = {"city_s", "m_county", "jincheng"}
# What not every protocol asks for.
ASKED_BY = {
    "compare_groups": CIVIL_SERVANTS,
    "fit_regressions": CIVIL_SERVANTS,
    "fit_sem": {"city_s", "political_democracy"},
    "check_method_bias": CIVIL_SERVANTS,
    "examine_missing": CIVIL_SERVANTS,
    "explore_factors": CIVIL_SERVANTS,
    "compare_without_flagged": CIVIL_SERVANTS,
    "fit_moderation": {"city_s"},
    "test_invariance": {"city_s", "holzinger1939"},
}


def jobs(*rules, datasets=DATASETS):
    """The jobs of these rules for the datasets that ask, and the index that always follows.

    What is judged again is collected again among the numbers of its dataset.
    """
    rules += ("collect_numbers",) if "judge_findings" in rules else ()
    return {
        (rule, dataset)
        for rule in rules
        for dataset in datasets
        if dataset in ASKED_BY.get(rule, DATASETS)
    } | INDEX


def test_a_second_run_does_nothing(built):
    assert built.pending() == set()
    assert "Nothing to be done" in built.build()


SCRIPTS = "workflow/scripts"

NOTHING = [
    (f"{SCRIPTS}/fit_cfa.py", "import pandas", "# a comment\nimport pandas"),
    (f"{SCRIPTS}/fit_cfa.py", '"""Fit the', '"""Other words: fit the'),
    (f"{SCRIPTS}/grassroots/measurement/items.py", '"""Item analysis', '"""Analysis of items'),
    (f"{SCRIPTS}/grassroots/sem/fit_indices.py", "import numpy", "# why\nimport numpy"),
    ("config.yaml", "seed:", "# a comment\nseed:"),
    ("data/raw/holzinger1939/codebook.yaml", "title:", "# a comment\ntitle:"),
]


@pytest.mark.parametrize(("file", "old", "new"), NOTHING, ids=[file for file, *_ in NOTHING])
def test_words_re_run_nothing(built, file, old, new):
    with built.edited(file, old, new):
        assert built.pending() == set()


def test_touching_files_re_runs_nothing(built):
    touched = [
        *built.folder.glob("data/raw/*/*"),
        *built.folder.glob("workflow/**/*.py"),
        *built.folder.glob("workflow/**/*.smk"),
        *built.folder.glob("report/**/*.*"),
        built.folder / "config.yaml",
    ]
    before = {path: path.stat() for path in touched}
    for path in touched:
        os.utime(path)
    try:
        assert built.pending() == set()
    finally:
        for path, times in before.items():
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


EDITS = {
    "a function that one rule uses": (
        f"{SCRIPTS}/grassroots/measurement/items.py", "share: float = 0.27", "share: float = 0.3",
        jobs("estimate_reliability", "judge_findings", *FIGURES_AND_PAGE),
    ),
    "a module that a module imports": (
        f"{SCRIPTS}/grassroots/sem/fit_indices.py",
        "import numpy as np", "import numpy as np\nX = 1",
        jobs(
            "fit_cfa", "estimate_reliability", "check_method_bias", "cross_check",
            "examine_missing", "test_invariance", *MODELS,
            *FIGURES_AND_PAGE,
        ),
    ),
    "a script": (
        f"{SCRIPTS}/score_scales.py", "if __name__", "X = 1\nif __name__",
        jobs("score_scales", *STATISTICS, "judge_findings", *FIGURES_AND_PAGE),
    ),
    "a model of one protocol": (
        "protocols/industry_and_democracy.yaml",
        "outcome: dem65\n    residual_covariances: [[y1, y5], ",
        "outcome: dem65\n    residual_covariances: [",
        jobs("cross_check", *MODELS, *FIGURES_AND_PAGE, datasets=COUNTRIES),
    ),
    "the wording of a hypothesis": (
        "protocols/industry_and_democracy.yaml", "Part of that relation", "A part of that relation",
        jobs("judge_findings", "render_report", datasets=COUNTRIES),
    ),
    "the mapping of one codebook": (
        "data/raw/holzinger1939/codebook.yaml", "column: ageyr", "column: grade",
        jobs(*TO_SCORES, *STATISTICS, "judge_findings", *FIGURES_AND_PAGE, datasets=PUPILS),
    ),
    "the title of one dataset": (
        "data/raw/holzinger1939/codebook.yaml", "en: Holzinger & Swineford 1939", "en: Two schools",
        jobs("render_report", datasets=PUPILS),
    ),
    "one raw value": (
        "data/raw/political_democracy/responses.csv", "\n1,2.5,", "\n1,2.6,",
        jobs(*TO_SCORES, *STATISTICS, "judge_findings", *FIGURES_AND_PAGE, datasets=COUNTRIES),
    ),
    "one claim": (
        "data/raw/holzinger1939/claims.yaml", 'claimed: "85.306"', 'claimed: "85.307"',
        jobs("judge_findings", "render_report", datasets=PUPILS),
    ),
    "the number of draws": (
        "config.yaml", "draws: 5000", "draws: 4000",
        jobs(*DRAWN, "draw_figures", datasets=MEDIATED) | jobs("render_report"),
    ),
    "the seed": (
        # The halves are drawn anew too, and with them the factor model of the other half.
        "config.yaml", "seed: 20261122", "seed: 20261123",
        jobs(*DRAWN, "draw_figures", datasets=MEDIATED) | jobs("render_report")
        | jobs(
            "explore_factors", "fit_cfa", "estimate_reliability", "judge_findings", "draw_figures",
            datasets=CIVIL_SERVANTS,
        ),
    ),
    "the wording of a recommendation": (
        "protocols/psm_burnout.yaml", "en: Grow into the calling", "en: Find a calling",
        jobs("render_report", datasets=("city_s",)),
    ),
    "what a recommendation rests on": (
        "protocols/psm_burnout.yaml", "hypotheses: [H1, H4]", "hypotheses: [H4]",
        jobs("judge_findings", "render_report", datasets=("city_s",)),
    ),
    "the wording of a theme": (
        "protocols/burnout_correlates.yaml", "en: Work and family,", "en: Job and family,",
        jobs(*FIGURES_AND_PAGE, datasets=("m_county",)),
    ),
    "one coded passage": (
        "data/raw/m_county/interviews.csv", "P01,care_load,work_and_family",
        "P01,role_expectations,work_and_family",
        jobs("count_themes", "judge_findings", *FIGURES_AND_PAGE, datasets=("m_county",)),
    ),
    "a template": (
        "report/templates/page.html.j2", "\n", "\n\n", jobs("render_report"),
    ),
    "the stylesheet": (
        "report/style.css", "\n", "\n\n", jobs("render_report"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_re_runs_what_depends_on_it(built, edit):
    file, old, new, expected = EDITS[edit]
    with built.edited(file, old, new):
        assert built.pending() == expected


def filled_cache(tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    return {"SNAKEMAKE_OUTPUT_CACHE": str(folder)}


def test_a_second_checkout_takes_the_statistics_from_the_cache(new_checkout, tmp_path):
    cache = filled_cache(tmp_path)
    first, second = new_checkout("first"), new_checkout("second")
    for checkout in (first, second):
        config = checkout.folder / "config.yaml"
        config.write_text(config.read_text().replace("draws: 5000", "draws: 200"))
    # A dataset with the bytes of another: what differs is its name and its words.
    for checkout in (first, second):
        raw = checkout.folder / "data/raw"
        shutil.copytree(raw / "political_democracy", raw / "twin")
        codebook = raw / "twin/codebook.yaml"
        codebook.write_text(codebook.read_text().replace("en: Political democracy", "en: The twin"))
        config = checkout.folder / "config.yaml"
        config.write_text(
            config.read_text().replace(
                "  political_democracy:\n    protocol: industry_and_democracy\n",
                "  political_democracy:\n    protocol: industry_and_democracy\n"
                "  twin:\n    protocol: industry_and_democracy\n",
            )
        )
    stored = first.build("--cache", **cache)
    taken = second.build("--cache", **cache)
    assert first.contents() == second.contents()
    # What a job has made is moved to the cache; what is taken from it is a link.
    assert "results/twin/tables/mediation.csv to cache" in stored
    assert "to cache" not in taken
    for table in (second.folder / "results").glob("*/tables/*.csv"):
        row_level = table.name in ("screening_flags.csv", "channels.csv")
        assert table.is_symlink() != row_level, table
    pages = second.contents()
    assert b"The twin" in pages["twin/report.html"]
    assert b"The twin" not in pages["political_democracy/report.html"]
    assert pages["twin/tables/mediation.csv"] != pages["political_democracy/tables/mediation.csv"]
    for name, content in pages.items():
        if name.startswith("twin/figures/") and name.endswith("en.svg"):
            other = name.replace(".en.svg", ".zh.svg")
            assert content != pages[other]

    # Nothing stale after a module changed.
    third = new_checkout("third")
    for file in ("config.yaml", "data"):
        source = second.folder / file
        copy = shutil.copytree if source.is_dir() else shutil.copy
        target = third.folder / file
        shutil.rmtree(target) if target.is_dir() else target.unlink()
        copy(source, target)
    module = third.folder / SCRIPTS / "grassroots/measurement/items.py"
    module.write_text(module.read_text().replace("share: float = 0.27", "share: float = 0.4"))
    third.build("--cache", **cache)
    items = "holzinger1939/tables/items.csv"
    assert third.contents()[items] != second.contents()[items]
    unchanged = "holzinger1939/tables/cfa_fit.csv"
    assert third.contents()[unchanged] == second.contents()[unchanged]


def test_a_cache_that_others_can_open_is_refused(new_checkout, tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o755)
    run = new_checkout("one").snakemake(SNAKEMAKE_OUTPUT_CACHE=str(folder))
    assert run.returncode != 0
    assert "chmod 700" in run.stdout
    assert "Traceback" not in run.stdout
    assert not list(folder.iterdir())
