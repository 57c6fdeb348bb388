"""What only the page can say of odd answers: one run over several datasets, one of them refused."""

import csv
import html
import re
import shutil

import pytest
from small_study import CODEBOOK, CONFIG, HEADER, RAW, SmallStudy

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


BROKEN = {"odd": odd, "two": two, "twins": twins, "twelve": twelve, "nobody": nobody}
BUILT = [name for name in BROKEN if name != "nobody"]


@pytest.fixture(scope="module")
def run(copy_of_project, tmp_path_factory):
    checkout = copy_of_project(tmp_path_factory.mktemp("odd"))
    for name in ("data", "protocols"):
        shutil.rmtree(checkout.folder / name)
    entries = "".join(f"  {name}:\n    protocol: small\n" for name in BROKEN)
    for name, broken in BROKEN.items():
        study = SmallStudy(checkout.folder).write()
        broken(study)
        study.path(RAW).parent.rename(study.path(f"data/raw/{name}"))
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
    assert re.findall(r"Error in rule (\w+)", done.stdout) == ["left_out"]
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
    second = [row for row in table(run, "twins", "regression") if row["step"] == "2"]
    assert {row["status"] for row in second} == {"singular"}
    assert {row["b"] for row in second} == {""}


def test_a_constant_mediator_carries_nothing_that_could_be_told(run, page):
    rows = table(run, "twelve", "mediation")
    assert {row["est"] for row in rows} == {""}
    assert {row["n"] for row in rows} == {"12"}
    assert "the effects could not be estimated" in page("twelve")


@pytest.mark.parametrize("name", BUILT)
def test_no_number_is_none(run, page, name):
    assert not re.search(r"(?<![\w-])(nan|inf|NaN|None)(?![\w-])", page(name))
