"""A second city, and a twin, of one protocol: the index sets their verdicts side by side."""

import re

import pytest

CONFIG = """\
datasets:
  holzinger1939:
    protocol: mental_abilities
  grant_white:
    protocol: mental_abilities
  holzinger1939_twin:
    protocol: mental_abilities
  nowhere:
    protocol: mental_abilities
seed: 1
draws: 100
alpha: 0.05
smallest_cell: 5
languages: [en, zh]
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory, copy_of_project):
    """The pupils of both schools, those of one school as a city of its own, and a twin."""
    checkout = copy_of_project(tmp_path_factory.mktemp("across") / "study")
    raw = checkout.folder / "data" / "raw"
    source, city = raw / "holzinger1939", raw / "grant_white"
    city.mkdir()
    header, *rows = (source / "responses.csv").read_text("utf-8").splitlines(keepends=True)
    own = [row for row in rows if "Grant-White" in row]
    assert 100 < len(own) < len(rows)
    (city / "responses.csv").write_text("".join([header, *own]), encoding="utf-8")
    codebook = (source / "codebook.yaml").read_text("utf-8")
    told = re.sub(r"(?m)^title:\n  en: .*\n  zh: .*\n",
                  "title:\n  en: Grant-White\n  zh: 某校\n", codebook)  # fmt: skip
    assert told != codebook
    (city / "codebook.yaml").write_text(told, encoding="utf-8")
    checkout.write_twin("holzinger1939")
    (checkout.folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    # The status is not 0, for a dataset is left out.
    assert "nowhere is left out" in checkout.snakemake().stdout
    return checkout


@pytest.fixture(scope="module")
def index(checkout):
    """The section of the index, in English."""
    page = (checkout.folder / "results/index.html").read_text("utf-8")
    return page.partition('<section aria-labelledby="en-across">')[2].partition("</section>")[0]


def test_the_second_city_stands_beside_the_first_and_the_twin_apart(index):
    titles = re.findall(r'<th scope="row"><span class="in">(.*?)</span>', index)
    assert titles[:2] == ["Holzinger &amp; Swineford 1939", "Grant-White"]
    simulated = index.index('<tbody class="simulated">')
    assert index.index("Grant-White") < simulated < index.index("Synthetic twin:")
    assert "Grant-White" not in index[simulated:].partition("</tbody>")[0]


def test_the_dataset_that_could_not_be_built_is_named(index):
    note = index.partition('class="note"')[2]
    assert "nowhere" in note


def test_numbers_are_those_of_the_verdicts(checkout, index):
    row = re.search(r"Grant-White</span></th>.*?</tr>", index, re.S)[0]
    flow = (checkout.folder / "results/grant_white/data/flow.csv").read_text("utf-8")
    n = re.search(r'<td class="number">(\d+)</td>\n<td class="words"><a', row)[1]
    assert flow.splitlines()[-1].split(",")[4] == n
