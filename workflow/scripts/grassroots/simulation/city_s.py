"""Write data/raw/city_s/responses.xlsx and its README: `python -m grassroots.simulation.city_s`.

The seed is the first of 1, 2, 3 ... whose sample shows every finding of the study's abstract. How
often seeds do, finding by finding, is counted over 200 of them and written into the README.
"""

import datetime
import sys
import textwrap
from pathlib import Path

import numpy as np
import pandas as pd

from grassroots.scoring.scores import score
from grassroots.simulation import wenjuanxing
from grassroots.simulation.agreement import findings
from grassroots.simulation.answers import Block, answers
from grassroots.simulation.mess import Kinds, Returned, returned
from grassroots.simulation.population import population
from grassroots.simulation.wenjuanxing import EMPTY, SKIPPED, Cell, Matrix
from grassroots.study.codebook import Codebook
from grassroots.study.documents import read_document
from grassroots.study.instrument import Instrument
from grassroots.study.scales import scale_items

ROOT = Path(__file__).parents[4]
FOLDER = "data/raw/city_s"
SEEDS = range(1, 201)

KINDS = Kinds(
    attentive=305,
    random_but_passing=5,
    straight_but_passing=4,
    gaps=3,
    repeated=3,
    slipped=3,
    random=8,
    straight=6,
    refused=7,
)

# Short scales have the higher loadings, so that their alpha is not far below the others'.
SHORT = (0.87, 0.78)

# Mean and standard deviation of the responses behind the answers, turned.
BLOCKS = [
    Block("attraction_to_policy_making", 3, 1, 5, 3.4, 0.95, reversed=True, loadings=SHORT),
    Block("commitment_to_public_interest", 5, 1, 5, 3.9, 0.85),
    Block("compassion", 8, 1, 5, 4.0, 0.85),
    Block("self_sacrifice", 8, 1, 5, 3.7, 0.85),
    Block("emotional_exhaustion", 5, 1, 5, 2.9, 1.0),
    Block("cynicism", 4, 1, 5, 2.5, 1.0, loadings=SHORT),
    Block("reduced_accomplishment", 6, 1, 5, 2.6, 0.95, reversed=True),
    Block("general_self_efficacy", 10, 1, 4, 2.6, 0.72),
    Block("altruism", 4, 1, 5, 3.6, 0.9, loadings=SHORT),
    Block("guiding_force", 4, 1, 5, 3.3, 0.9, loadings=SHORT),
    Block("meaning_and_purpose", 3, 1, 5, 3.6, 0.9, loadings=SHORT),
]
SCALES = [
    "public_service_motivation",
    "job_burnout",
    "general_self_efficacy",
    "career_calling",
]

# The matrix questions. Their rows have neutral titles: the wording of the scales is not ours.
STEMS = ["第一部分", "第二部分", "第三部分", "第四部分"]
CHECK_AFTER = {0: (12, 4), 1: (8, 2)}
"""Matrix: the item after which it has an attention check, and the answer asked for."""

README = """\
# City S: simulated data

**These answers are SIMULATED. Nobody gave them.** 本数据为模拟数据，并非真实受访者的回答。

The data of the study itself are not public. These were made to agree with the findings in its
abstract, so that the whole path from a raw export to a report can be shown and checked. Agreement
with the abstract is therefore built in: it confirms nothing about the study. Every number beyond
the findings of the abstract is this project's own choice.

`responses.xlsx` has the form of a Wenjuanxing export. Of {kinds.returned} returned questionnaires
{kinds.refused} lack consent, {failed} fail an attention check, and {kinds.valid} are valid. Among
the valid ones {kinds.random_but_passing} people tick at random in a hurry,
{kinds.straight_but_passing} tick one column, {kinds.gaps} leave many gaps and {kinds.repeated} are
second copies; of the others one in eight overlooks items here and there. IP addresses are from the
blocks reserved for documentation, dates and places are made up, and the rows of the matrix
questions have neutral titles instead of any scale's wording.

The seed is {seed}: the first of 1, 2, 3 ... with which all findings hold. Over the seeds {first} to
{last} each finding, called as in `claims.yaml`, holds this often:

| finding | seeds that agree | share |
|---|---|---|
{table}

The number of respondents is the same with every seed, by construction. How the people, their
answers and the mess are drawn stands in `workflow/scripts/grassroots/simulation/`; `make simulate`
writes the file and this page anew, the same to the byte.
"""

OPENED = datetime.datetime(2026, 3, 2, 8, 0)
DAYS = 14


def simulate(seed: int) -> Returned:
    """All that comes back with one seed."""
    rng = np.random.Generator(np.random.PCG64(seed))
    people = population(KINDS.people, rng)
    expected = [answer for _, answer in CHECK_AFTER.values()]
    ticked = answers(people.latent, BLOCKS, rng)
    return returned(people.background, ticked, BLOCKS, expected, KINDS, DAYS, rng)


def valid_scores(
    survey: Returned, codebook: Codebook, instruments: dict[str, Instrument]
) -> pd.DataFrame:
    """Background and scores of those who consent and pass the attention checks."""
    expected = np.array([answer for _, answer in CHECK_AFTER.values()])
    valid = survey.consent & (survey.checks == expected).all(axis=1)
    items = [item for name in SCALES for item in instruments[name].items]
    data = pd.DataFrame(survey.answers[valid], columns=items)
    for name, levels in survey.background.items():
        # Two answers can be one level: the codebook merges what is too small to stand alone.
        order = list(codebook.background[name].levels.values())
        merged = [order[level] for level in levels[valid]]
        data[name] = pd.Categorical(merged, categories=list(dict.fromkeys(order)))
    turned = {
        item: instruments[name].response.min + instruments[name].response.max
        for name in SCALES
        for item in instruments[name].reversed
    }
    rules = {"reversed": turned, "scales": scale_items(instruments), "minimum_answered": 0.5}
    return score(data, rules)


def shown_findings(seed: int, codebook: Codebook, instruments: dict[str, Instrument]) -> dict:
    """Which findings the sample of one seed shows."""
    scores = valid_scores(simulate(seed), codebook, instruments)
    dimensions = list(instruments["public_service_motivation"].dimensions)
    return findings(scores, list(codebook.background), dimensions)


def questions(codebook: Codebook) -> list[str | Matrix]:
    """The questionnaire: consent, the background variables, a matrix for each instrument."""
    columns = [part.column for part in codebook.background.values()]
    consent = codebook.meta.consent.column
    singles = [column.split("、", 1)[1] for column in [consent, *columns]]
    matrices = []
    for number, (stem, scale) in enumerate(zip(STEMS, SCALES, strict=True)):
        rows = [f"题目{item}" for item in range(1, len(codebook.scales[scale].items) + 1)]
        if number in CHECK_AFTER:
            after, answer = CHECK_AFTER[number]
            rows.insert(after, f"本行请选{answer}")
        matrices.append(Matrix(stem, rows))
    return [*singles, *matrices]


def export_rows(survey: Returned, codebook: Codebook) -> list[list[Cell]]:
    """The rows under the header: words for single questions, numbers in the matrices."""
    choices = {name: list(part.levels) for name, part in codebook.background.items()}
    ends = np.cumsum([len(codebook.scales[scale].items) for scale in SCALES]).tolist()
    starts = [0, *ends[:-1]]
    rows = []
    for row, consents in enumerate(survey.consent):
        when = OPENED + datetime.timedelta(seconds=int(survey.sent[row]))
        cells: list[Cell] = [
            row + 1,
            wenjuanxing.time_of_sending(when),
            f"{int(survey.seconds[row])}秒",
            survey.channels[row],
            "直接访问" if survey.channels[row] == "链接" else "N/A",
            f"{survey.addresses[row]}(A省-S市)",
            "同意" if consents else "不同意",
        ]
        cells += [
            str(options[survey.background[name][row]]) if consents else SKIPPED
            for name, options in choices.items()
        ]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            given = [_cell(value, bool(consents)) for value in survey.answers[row, start:end]]
            if number in CHECK_AFTER:
                check = survey.checks[row, list(CHECK_AFTER).index(number)]
                given.insert(CHECK_AFTER[number][0], _cell(check, bool(consents)))
            cells += given
        rows.append(cells)
    return rows


def readme(seed: int, agreement: pd.DataFrame) -> str:
    """What stands beside the file; `agreement` has a row a seed and a column a finding."""
    counts = agreement.assign(**{"all of them": agreement.all(axis=1)}).sum().astype(int)
    rows = [f"| {name} | {n} | {n / len(agreement):.1%} |" for name, n in counts.items()]
    text = README.format(
        kinds=KINDS,
        failed=KINDS.slipped + KINDS.random + KINDS.straight,
        seed=seed,
        first=SEEDS[0],
        last=SEEDS[-1],
        table="\n".join(rows),
    )
    return "\n\n".join(map(_filled, text.split("\n\n")))


def write(folder: Path) -> None:
    """Write responses.xlsx and README.md into `folder`."""
    codebook, instruments = _study_files()
    seen = [shown_findings(seed, codebook, instruments) for seed in SEEDS]
    agreement = pd.DataFrame(seen, index=list(SEEDS))
    holds = agreement.all(axis=1)
    if not holds.any():
        raise ValueError(f"no seed shows every finding: {agreement.mean().to_dict()}")
    seed = int(holds.idxmax())
    write_export(seed, folder / "responses.xlsx", codebook)
    (folder / "README.md").write_text(readme(seed, agreement), encoding="utf-8")


def write_export(seed: int, path: Path, codebook: Codebook) -> None:
    """Write the export of one seed."""
    header = wenjuanxing.headers(questions(codebook))
    wenjuanxing.write(path, header, export_rows(simulate(seed), codebook))


def _study_files() -> tuple[Codebook, dict[str, Instrument]]:
    codebook, faults = read_document(ROOT, f"{FOLDER}/codebook.yaml", Codebook)
    instruments = {}
    for scale in SCALES:
        document, found = read_document(ROOT, f"protocols/instruments/{scale}.yaml", Instrument)
        faults = faults + found
        instruments[scale] = document and document.model
    if faults:
        raise ValueError("\n".join(fault.text("en") for fault in faults))
    return codebook.model, instruments


def _filled(paragraph: str) -> str:
    """A paragraph in lines of at most 100 characters; headings and tables stay as they are."""
    if paragraph.startswith(("#", "|")):
        return paragraph
    end = "\n" if paragraph.endswith("\n") else ""
    return textwrap.fill(paragraph, 100, break_long_words=False, break_on_hyphens=False) + end


def _cell(value: float, asked: bool) -> Cell:
    if np.isfinite(value):
        return int(value)
    return EMPTY if asked else SKIPPED


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / FOLDER
    write(target)
