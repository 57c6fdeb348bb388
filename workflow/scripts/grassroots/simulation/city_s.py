"""City S: 320 valid respondents in a Wenjuanxing xlsx, demographics in words, scales in numbers."""

import datetime
from pathlib import Path

from grassroots.simulation import city_s_people, wenjuanxing
from grassroots.simulation.answers import Block
from grassroots.simulation.mess import Kinds, Pace
from grassroots.simulation.survey import StudyFiles, Survey, simulate

_KINDS = Kinds(
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
_SHORT = (0.87, 0.78)

# Mean and standard deviation of the responses behind the answers, turned.
_BLOCKS = [
    Block("attraction_to_policy_making", 3, 1, 5, 3.4, 0.95, reversed=True, loadings=_SHORT),
    Block("commitment_to_public_interest", 5, 1, 5, 3.9, 0.85),
    Block("compassion", 8, 1, 5, 4.0, 0.85),
    Block("self_sacrifice", 8, 1, 5, 3.7, 0.85),
    Block("emotional_exhaustion", 5, 1, 5, 2.9, 1.0),
    Block("cynicism", 4, 1, 5, 2.5, 1.0, loadings=_SHORT),
    Block("reduced_accomplishment", 6, 1, 5, 2.6, 0.95, reversed=True),
    Block("general_self_efficacy", 10, 1, 4, 2.6, 0.72),
    Block("altruism", 4, 1, 5, 3.6, 0.9, loadings=_SHORT),
    Block("guiding_force", 4, 1, 5, 3.3, 0.9, loadings=_SHORT),
    Block("meaning_and_purpose", 3, 1, 5, 3.6, 0.9, loadings=_SHORT),
]

SURVEY = Survey(
    dataset="city_s",
    protocol="psm_burnout",
    scales=[
        "public_service_motivation",
        "job_burnout",
        "general_self_efficacy",
        "career_calling",
    ],
    # The rows of the matrices have neutral titles: the wording of the scales is not ours.
    stems=["第一部分", "第二部分", "第三部分", "第四部分"],
    checks={0: (12, 4), 1: (8, 2)},
    blocks=_BLOCKS,
    kinds=_KINDS,
    pace=Pace(median=430, shortest=150, hurried=(38, 112)),
    people=city_s_people.population,
    opened=datetime.datetime(2026, 3, 2, 8, 0),
    days=14,
    place="(A省-S市)",
)

README = """\
# City S: simulated data

**These answers are SIMULATED. Nobody gave them.** 本数据为模拟数据，并非真实受访者的回答。

The data of the study itself are not public. These were made to agree with the findings in its
abstract, so that the whole path from a raw export to a report can be shown and checked. Agreement
with the abstract is therefore built in: it confirms nothing about the study. Every number beyond
the findings of the abstract is this project's own choice.

`responses.xlsx` has the form of a Wenjuanxing export. {returned} IP addresses are from the
blocks reserved for documentation, dates and places are made up, and the rows of the matrix
questions have neutral titles instead of any scale's wording.

{seeds}

The number of respondents is the same with every seed, by construction. {made}
"""


def write_file(seed: int, path: Path, files: StudyFiles) -> None:
    """Write the export of one seed."""
    header = wenjuanxing.headers(wenjuanxing.questions(SURVEY, files.codebook))
    rows = wenjuanxing.export_rows(SURVEY, simulate(SURVEY, seed), files.codebook)
    wenjuanxing.write_xlsx(path, header, rows)
