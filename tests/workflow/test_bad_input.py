"""What only the page can say of odd answers: one run over several datasets, one of them refused."""

import csv
import html
import re
import shutil

import pytest
from small_study import CODEBOOK, CONFIG, HEADER, RAW, STRAIN, SmallStudy

LABEL = "<script>alert(1)</script>"


def odd(study):
    """An item turned already, a constant one, an age that nobody gives, a group of one, HTML."""
    study.column("s3", lambda value: str(6 - int(value)))
    study.column("d2", "3")
    study.column("age", "")
    study.column("unit", lambda value: "town" if value == "city" else value)
    study.cell(2, "unit", "city")
    study.edit(CODEBOOK, "{en: Small, zh: 小}", f'{{en: "{LABEL}", zh: "{LABEL}"}}')


def two(study):
    """Two respondents."""
    del study.rows[2:]
    study.csv()


def twins(study):
    """Every item of one scale equals one of another: they follow from each other."""
    for row in study.rows:
        for one, other in (("h1", "d1"), ("h2", "d2"), ("h3", "d3")):
            row[HEADER.index(one)] = row[HEADER.index(other)]
    study.csv()


def twelve(study):
    """Twelve respondents, and no mediator among what they answer."""
    del study.rows[12:]
    for item in ("h1", "h2", "h3"):
        study.column(item, "3")


def nobody(study):
    """Answers to two items of ten."""
    for item in HEADER[5:13]:
        study.column(item, "")


def one(study):
    """One respondent: groups of one person, and a claim about a number that cannot be."""
    del study.rows[1:]
    study.csv()


def unanswered(study):
    """An item that nobody answered, and one group instead of two."""
    study.column("h1", "")
    study.column("gender", "1")


def short(study):
    """A scale of two items, one of one, and forty units, one of which nobody works in."""
    units = [f"u{n:02}" for n in range(1, 41)]
    for index, row in enumerate(study.rows):
        row[HEADER.index("unit")] = units[index % 39]
    study.csv()
    for name in ("pair", "single"):
        text = study.path(STRAIN).read_text("utf-8")
        items = {"pair": "{p1: {}, p2: {}}", "single": "{q1: {}}"}[name]
        text = text.replace("{s1: {}, s2: {}, s3: {}, s4: {}}", items).replace("reversed: [s3]", "")
        text = text.replace("Strain", name.capitalize()).replace("紧张", NAMES[name])
        study.path(f"protocols/instruments/{name}.yaml").write_text(text, encoding="utf-8")
    levels = "\n".join(f"      {unit}: {{en: unit {unit}, zh: 单位{unit}}}" for unit in units)
    study.path("protocols/short.yaml").write_text(SHORT.format(levels=levels), encoding="utf-8")
    codes = ", ".join(f"{unit}: {unit}" for unit in units)
    study.edit(CODEBOOK, "town: town, county: county, city: city", codes)
    study.edit(CODEBOOK, "workload:", "pair:")
    study.edit(CODEBOOK, "[d1, d2, d3, h1, h2, h3]", "[d1, d2]\n  single:\n    items: [h1]")


NAMES = {"pair": "两题量表", "single": "单题量表"}
SHORT = """\
title: {{en: A short study, zh: 短研究}}
question: {{en: Does work strain?, zh: 工作是否使人紧张？}}
instruments: [pair, single, strain]
background:
  gender:
    title: {{en: Gender, zh: 性别}}
    levels:
      male: {{en: male, zh: 男}}
      female: {{en: female, zh: 女}}
  age:
    title: {{en: Age, zh: 年龄}}
  unit:
    title: {{en: Unit, zh: 单位}}
    levels:
{levels}
measurement:
  two_and_four:
    title: {{en: Two and four items, zh: 两题与四题}}
    factors: [pair, strain]
groups:
  outcomes: [pair, single, strain]
  by: [gender, unit]
regressions:
  strain_on_work:
    title: {{en: Strain on work, zh: 工作与紧张}}
    outcome: strain
    steps: [[gender, age, unit], [pair, single]]
structural:
  pair_to_strain:
    title: {{en: Pair to strain, zh: 两题与紧张}}
    predictor: pair
    mediators: [single]
    outcome: strain
"""

BROKEN = {
    "odd": odd,
    "two": two,
    "twins": twins,
    "twelve": twelve,
    "nobody": nobody,
    "one": one,
    "unanswered": unanswered,
    "short": short,
}
BUILT = [name for name in BROKEN if name != "nobody"]


@pytest.fixture(scope="module")
def run(copy_of_project, tmp_path_factory):
    checkout = copy_of_project(tmp_path_factory.mktemp("odd"))
    for name in ("data", "protocols"):
        shutil.rmtree(checkout.folder / name)
    entries = ""
    for name, broken in BROKEN.items():
        study = SmallStudy(checkout.folder).write()
        broken(study)
        study.path(RAW).parent.rename(study.path(f"data/raw/{name}"))
        entries += f"  {name}:\n    protocol: {'short' if name == 'short' else 'small'}\n"
    study.edit(CONFIG, "  small:\n    protocol: small\n", entries)
    return checkout, checkout.snakemake()


@pytest.fixture
def page(run):
    """The text of a page, tags and scripts left out."""

    def text(name):
        source = (run[0].folder / "results" / name / "report.html").read_text("utf-8")
        source = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", source)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())

    return text


def table(run, dataset, name):
    path = run[0].folder / "results" / dataset / "tables" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_page_is_made_and_the_refused_one_is_named(run):
    checkout, done = run
    assert "Traceback" not in done.stdout
    assert re.findall(r"Error in rule (\w+)|Exiting because", done.stdout) == []
    assert "[D211] data/raw/nobody/codebook.yaml" in done.stdout
    assert done.returncode != 0
    made = sorted(path.parent.name for path in (checkout.folder / "results").glob("*/report.html"))
    assert made == sorted(BUILT)
    assert "D211" in (checkout.folder / "results" / "index.html").read_text("utf-8")


def test_an_item_that_was_turned_already_is_named(run, page):
    (row,) = [r for r in table(run, "odd", "items") if r["item"] == "s3"]
    assert float(row["citc"]) < -0.5
    assert "Were they turned in the raw file already?" in page("odd")
    assert "原始文件中是否已经反向计分" in page("odd")
    assert "Were they turned" not in page("twins")


def test_a_constant_item_and_an_empty_column_have_no_result_and_a_reason(run, page):
    said = page("odd")
    assert "Everybody who answers gives the same answer to d2" in said
    assert "an item has the same answer throughout" in said
    assert "Strain on work, step 1 , could not be computed: there are too few cases" in said
    by_scale = {row["scale"]: row for row in table(run, "odd", "reliability")}
    assert by_scale["demand"]["alpha"] == "" and by_scale["hours"]["alpha"] != ""


def test_a_group_of_one_is_left_out_of_its_comparison(run, page):
    (city,) = [row for row in table(run, "odd", "group_means") if row["level"] == "city"]
    assert (city["n"], city["mean"]) == ("1", "")
    assert "Too few respondents: left out of the test" in page("odd")


def test_what_is_written_like_a_program_is_shown_as_text(run, page):
    checkout, _ = run
    assert LABEL in page("odd")
    for path in (checkout.folder / "results").rglob("*"):
        if path.suffix in (".html", ".svg"):
            assert LABEL not in path.read_text("utf-8"), path


def test_two_respondents_have_no_statistics_and_a_reason(run, page):
    assert "No scale has a reliability" in page("two")
    assert {row["alpha"] for row in table(run, "two", "reliability")} == {""}
    assert {row["est"] for row in table(run, "two", "mediation")} == {""}
    assert "Everybody who answers gives the same answer to d1" not in page("two")


def test_what_follows_from_each_other_is_said_to(run, page):
    assert "items repeat one another" in page("twins")
    assert "step 2 , could not be computed: predictors follow from one another" in page("twins")
    assert "自变量之间完全共线" in page("twins")
    second = [row for row in table(run, "twins", "regression") if row["step"] == "2"]
    assert {row["status"] for row in second} == {"singular"}
    assert {row["b"] for row in second} == {""}


def test_a_constant_mediator_carries_nothing_that_could_be_told(run, page):
    rows = table(run, "twelve", "mediation")
    assert {row["est"] for row in rows} == {""}
    assert {row["n"] for row in rows} == {"12"}
    assert "the effects could not be estimated" in page("twelve")


def test_one_respondent_has_no_statistics_and_no_claim_is_judged(run, page):
    said = page("one")
    (claim,) = table(run, "one", "claims")
    assert (claim["found"], claim["state"], claim["note"]) == ("", "not_computed", "too_few_cases")
    assert "Of the 1 published findings none could be checked" in said
    assert "1 项已发表结果均无法核对" in said
    assert "not as simulated" not in said
    assert "– not computed there are too few cases" in said
    assert "– 未计算 样本量过小" in said
    assert "No scale has a reliability" in said and "各量表均无信度结果" in said
    assert "Three factors (MLR) has no solution: there are too few cases." in said
    for name in ("reliability", "regression", "mediation", "correlations", "group_differences"):
        rows = table(run, "one", name)
        estimates = {"alpha", "b", "est", "r", "statistic"} & set(rows[0])
        assert {row[key] for row in rows for key in estimates} == {""}, name


def test_groups_of_one_person_are_not_compared(run, page):
    groups = [row for row in table(run, "one", "group_means") if row["n"] == "1"]
    assert {(row["mean"], row["status"]) for row in groups} == {("", "small_group")}
    assert "fewer than two groups are large enough" in page("one")
    assert "符合人数要求的组不足两个" in page("one")


def test_only_an_item_that_nobody_answers_is_said_to_be_one(run, page):
    said = page("unanswered")
    assert (
        "Nobody answers h1. Analyses that need all items of a scale have no respondents there."
        in said
    )
    assert "无人作答的题项：h1。" in said
    assert "has no solution: nobody answered everything that it needs" in said
    assert "没有解：没有人完整作答所需的全部题项" in said
    by_scale = {row["scale"]: row for row in table(run, "unanswered", "reliability")}
    assert (by_scale["hours"]["alpha"], by_scale["hours"]["n"]) == ("", "0")
    (hours,) = [r for r in table(run, "unanswered", "descriptives") if r["variable"] == "hours"]
    assert hours["n"] == "120"


def test_one_group_instead_of_two_is_no_test(run, page):
    tests = table(run, "unanswered", "group_differences")
    assert {row["status"] for row in tests if row["by"] == "gender"} == {"too_few_groups"}
    assert "differs by 1 of 1 variables" in page("unanswered")
    assert "over the 1 tests" not in page("unanswered")


def test_two_items_have_alpha_and_one_has_none(run, page):
    by_scale = {row["scale"]: row for row in table(run, "short", "reliability")}
    assert by_scale["pair"]["alpha"] != "" and by_scale["pair"]["omega"] == ""
    assert (by_scale["single"]["alpha"], by_scale["single"]["status"]) == ("", "too_few_items")
    items = {row["item"]: row for row in table(run, "short", "items")}
    assert items["p1"]["alpha_if_deleted"] == items["q1"]["citc"] == ""
    assert items["p1"]["citc"] == items["p2"]["citc"] != ""
    assert "Reliability of 2 scales runs from" in page("short")
    assert "2 个量表的信度" in page("short")


def test_forty_levels_are_counted_and_the_empty_one_is_shown_empty(run, page):
    levels = [row for row in table(run, "short", "sample") if row["variable"] == "unit"]
    assert len(levels) == 40
    assert [row["n"] for row in levels if row["level"] == "u40"] == ["0"]
    tests = table(run, "short", "group_differences")
    assert {row["status"] for row in tests if row["by"] == "unit"} == {"too_few_groups"}
    assert "Pair differs significantly by none of 1 variables" in page("short")
    (empty,) = {
        (row["b"], row["status"])
        for row in table(run, "short", "regression")
        if row["term"].endswith("u40")
    }
    assert empty == ("", "no_cases")


@pytest.mark.parametrize("name", BUILT)
def test_no_number_is_none(run, page, name):
    assert not re.search(r"(?<![\w-])(nan|inf|NaN|None)(?![\w-])", page(name))
