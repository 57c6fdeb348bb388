"""M County: 600 valid respondents in a Wenjuanxing csv of GB18030, every answer in words."""

import datetime
from pathlib import Path

from grassroots.simulation import m_county_people, wenjuanxing
from grassroots.simulation.answers import Block
from grassroots.simulation.mess import Kinds, Pace
from grassroots.simulation.survey import StudyFiles, Survey, simulate

SURVEY = Survey(
    dataset="m_county",
    protocol="burnout_correlates",
    scales=["job_burnout"],
    # The rows of the matrix have neutral titles: the wording of the scale is not ours.
    stems=["工作感受"],
    checks={0: (9, 4)},
    # Mean and standard deviation of the responses behind the answers, turned.
    blocks=[
        Block("emotional_exhaustion", 5, 1, 5, 3.0, 1.0),
        Block("cynicism", 4, 1, 5, 2.6, 1.0, loadings=(0.87, 0.78)),
        Block("reduced_accomplishment", 6, 1, 5, 2.7, 0.95, reversed=True),
    ],
    kinds=Kinds(
        attentive=572,
        random_but_passing=9,
        straight_but_passing=7,
        gaps=6,
        repeated=6,
        slipped=8,
        random=14,
        straight=9,
        refused=12,
    ),
    pace=Pace(median=125, shortest=48, hurried=(9, 28), refused=(4, 15)),
    people=m_county_people.population,
    opened=datetime.datetime(2026, 4, 13, 8, 0),
    days=21,
    place="(B省-M县)",
)

README = """\
# M County: simulated data

**These answers are SIMULATED. Nobody gave them.** 本数据为模拟数据，并非真实受访者的回答。

The data of the study itself are not public. These were made to agree with the findings in its
abstract, so that the whole path from a raw export to a report can be shown and checked. Agreement
with the abstract is therefore built in: it confirms nothing about the study. Every number beyond
the findings of the abstract is this project's own choice, the 600 valid respondents and the
questionnaire among them: the abstract names neither.

`responses.csv` has the form of a Wenjuanxing export by text, in GB18030: every answer is a word or
a phrase, the scale's too. {returned} IP addresses are from the blocks reserved for documentation,
dates and places are made up, and the rows of the matrix question have neutral titles instead of any
scale's wording.

{seeds}

What the abstract says of causes comes from interviews: no answer here bears on it.
`interviews.csv` holds placeholders for excerpts of twelve interviews under themes at the three
levels that the abstract names; who was asked and what was said is not known, and the counts are
drawn by chance. {made}
"""


def write_file(seed: int, path: Path, files: StudyFiles) -> None:
    """Write the export of one seed."""
    header = wenjuanxing.headers(wenjuanxing.questions(SURVEY, files.codebook))
    rows = wenjuanxing.export_rows(SURVEY, simulate(SURVEY, seed), files.codebook)
    wenjuanxing.write_csv(path, header, rows, "gb18030")
