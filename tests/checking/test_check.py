"""What `check` tells, and that it says nothing where there is nothing to say."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grassroots.checking.guesses import open_guesses
from grassroots.checking.report import check_study

ROOT = Path(__file__).parents[2]
TESTS = "data/raw/holzinger1939"
CONFIG = """\
datasets:
  {dataset}:
    protocol: {protocol}
seed: 1
draws: 100
alpha: 0.05
smallest_cell: 5
languages: [{language}]
"""


class Project:
    """The protocols and one dataset, to be changed."""

    def __init__(self, folder: Path, dataset: str, protocol: str, language: str) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "protocols", folder / "protocols")
        shutil.copytree(ROOT / "data/raw" / dataset, folder / "data/raw" / dataset)
        config = CONFIG.format(dataset=dataset, protocol=protocol, language=language)
        (folder / "config.yaml").write_text(config, encoding="utf-8")

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def answers(self, column: str, change: Callable[[int, str], str]) -> None:
        """Change each answer in a column of the csv file, a new column if there is none."""
        path = self.folder / TESTS / "responses.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows):
            row[column] = change(number, row.get(column, ""))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    def check(self) -> tuple[str, int]:
        return check_study(self.folder)


@pytest.fixture
def pupils(tmp_path) -> Project:
    return Project(tmp_path, "holzinger1939", "mental_abilities", "en")


CODEBOOK = f"{TESTS}/codebook.yaml"
INSTRUMENT = "protocols/instruments/ability_tests.yaml"


def turned(number: int, value: str) -> str:
    return str(round(10 - float(value), 6))


DOUBTS = {
    "W101": lambda p: p.edit(CODEBOOK, "column: sex", "column: sex  # GUESS 60%: by its answers"),
    "W102": lambda p: p.edit(CODEBOOK, "column: sex", "column: sex  # GUESS 97%: by its words"),
    "W201": lambda p: p.edit(CODEBOOK, "background:", "meta: {duration: ageyr}\nbackground:"),
    "W202": lambda p: p.answers("x5", turned),
    "W203": lambda p: p.answers("x5", lambda n, _: "5" if n > 5 else "4"),
    "W204": lambda p: p.answers("x5", lambda n, value: "" if n % 3 else value),
    "W205": lambda p: p.answers("feeling", lambda n, _: str(n % 5 + 1)),
    "W206": lambda p: p.answers("sex", lambda n, _: "1" if n > 3 else "2"),
    "W207": lambda p: p.edit(CODEBOOK, "2: girl", "2: boy"),
    "W208": lambda p: _keep(p, 40),
    "W210": lambda p: p.edit(INSTRUMENT, "dimensions:", "reversed: [x5]\ndimensions:"),
}


def _keep(project, rows):
    path = project.folder / TESTS / "responses.csv"
    path.write_text("\n".join(path.read_text("utf-8").splitlines()[: rows + 1]), "utf-8")


def test_the_data_as_they_are_raise_no_doubt(pupils):
    said, status = pupils.check()
    assert status == 0
    assert said.splitlines() == [
        "holzinger1939: nothing is wrong, nothing is unsure (301 respondents, 9 items).",
        "",
        "Nothing to mend. Next: snakemake --cores 4",
    ]


@pytest.mark.parametrize(("code", "change"), DOUBTS.items(), ids=DOUBTS)
def test_each_doubt_is_told_and_stops_nothing(code, change, pupils):
    change(pupils)
    said, status = pupils.check()
    assert f"[{code}]" in said, said
    assert status == 0
    assert "Next: snakemake --cores 4" in said


def test_a_reversed_item_is_named_with_its_correlation_and_the_file_to_edit(pupils):
    pupils.answers("x5", turned)
    said, _ = pupils.check()
    place = "[W202] data/raw/holzinger1939/codebook.yaml:33  scales.ability_tests.items[4]"
    assert place in said, said
    assert "x5 goes against the other items of textual: r = -0." in said
    assert f"reversed in {INSTRUMENT}" in said
    assert said.count("[W2") == 1


def test_too_many_removed(tmp_path):
    city = Project(tmp_path, "city_s", "psm_burnout", "zh")
    city.edit("data/raw/city_s/codebook.yaml", "expected: [4]", "expected: [1, 2, 3, 5]")
    said, status = city.check()
    assert status == 0, said
    assert "[W209]" in said
    assert "344 份答卷中有" in said


def test_errors_come_first_and_all_of_them_at_once(pupils):
    pupils.edit(CODEBOOK, "column: sex", "column: TODO  # the column of sex")
    pupils.edit(CODEBOOK, "x8, x9]", "x8, x10]")
    said, status = pupils.check()
    assert status == 1
    assert "holzinger1939: 2 to mend" in said
    assert "still to be filled in: the column of sex" in said
    assert "[S104]" in said
    # What follows from the placeholder alone is not told as well.
    assert '"TODO"' not in said
    assert "again: snakemake --cores 1 check" in said


def test_a_placeholder_in_a_protocol_stops_and_is_told(pupils):
    pupils.edit(INSTRUMENT, "source: ", "source: TODO  # who and where\n#")
    said, status = pupils.check()
    assert status == 1
    assert f"[F111] {INSTRUMENT}:5  source" in said
    assert "still to be filled in: who and where" in said


def test_a_config_that_cannot_be_read_is_told(pupils):
    pupils.edit("config.yaml", "datasets:", "datasets")
    said, status = pupils.check()
    assert status == 1
    assert "[F102] config.yaml" in said


def test_guesses_in_either_language_until_their_mark_is_deleted():
    text = """\
a: 1  # GUESS 60%: by its place
b: 2  # 推测 95%：文字相同
c: 3  # a comment
- d  # GUESS 100%: sure
e: 5  # GUESSED at 5%
"""
    found = [
        (guess.line, guess.written, guess.percent, guess.reason) for guess in open_guesses(text)
    ]
    assert found == [
        (1, "a: 1", 60, "by its place"), (2, "b: 2", 95, "文字相同"), (4, "d", 100, "sure"),
    ]  # fmt: skip
