"""Jincheng: 600 valid respondents in an SPSS file, codes with value labels and missing codes."""

import datetime
from pathlib import Path

from grassroots.simulation import jincheng_people, spss
from grassroots.simulation.answers import Block
from grassroots.simulation.mess import Kinds, Pace
from grassroots.simulation.survey import StudyFiles, Survey, simulate

# Short scales have the higher loadings, so that their alpha is not far below the others'.
_SHORT = (0.87, 0.78)
_SOURCE = (0.82, 0.72)

SURVEY = Survey(
    dataset="jincheng",
    protocol="work_pressure",
    scales=["work_pressure", "pressure_sources"],
    stems=["工作压力", "压力来源"],
    checks={1: (11, 4)},
    # Mean and standard deviation of the responses behind the answers, turned.
    blocks=[
        Block("physical_reactions", 3, 1, 5, 3.0, 0.85, loadings=_SHORT),
        Block("psychological_reactions", 3, 1, 5, 3.3, 0.85, reversed=(3,), loadings=_SHORT),
        Block("behavioural_reactions", 3, 1, 5, 2.9, 0.85, loadings=_SHORT),
        Block("organisational_climate", 4, 1, 5, 3.0, 1.0, reversed=(4,), loadings=_SOURCE),
        Block("public_opinion", 4, 1, 5, 3.3, 1.0, loadings=_SOURCE),
        Block("family_environment", 4, 1, 5, 2.7, 1.0, reversed=(4,), loadings=_SOURCE),
        Block("career_development", 4, 1, 5, 3.4, 1.0, reversed=(4,), loadings=_SOURCE),
        Block("role_conflict", 4, 1, 5, 3.1, 1.0, loadings=_SOURCE),
    ],
    kinds=Kinds(
        attentive=570,
        random_but_passing=10,
        straight_but_passing=8,
        gaps=7,
        repeated=5,
        slipped=7,
        random=16,
        straight=11,
        refused=14,
    ),
    pace=Pace(median=245, shortest=96, hurried=(16, 54), refused=(5, 20)),
    people=jincheng_people.population,
    opened=datetime.datetime(2026, 5, 11, 8, 0),
    days=18,
    place="",
)

README = """\
# Jincheng: simulated data

**These answers are SIMULATED. Nobody gave them.** 本数据为模拟数据，并非真实受访者的回答。

The data of the study itself are not public. These were made to agree with the findings in its
abstract, so that the whole path from a raw export to a report can be shown and checked. Agreement
with the abstract is therefore built in: it confirms nothing about the study. Every number beyond
the findings of the abstract is this project's own choice, the 600 valid respondents and the
questionnaire among them: the abstract gives neither, and the items are this project's own.

`responses.sav` has the form of a Wenjuanxing export for SPSS: codes with value labels, -3 for what
was skipped and -2 for what was left empty, both declared as missing in the file. {returned} IP
addresses are from the blocks reserved for documentation, and dates are made up.

{seeds}

Gender and position make no difference in the simulated population; by chance alone each of them
still comes out as significant with about one seed in twenty. {made}
"""


def write_file(seed: int, path: Path, files: StudyFiles) -> None:
    """Write the export of one seed."""
    spss.write_sav(path, SURVEY, simulate(SURVEY, seed), files)
