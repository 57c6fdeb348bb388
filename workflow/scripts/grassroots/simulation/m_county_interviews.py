"""The interviews of M County: placeholders where the excerpts would be.

The abstract of the study tells that there were interviews and that causes were found at three
levels; who was asked, what was said and how it was coded is not known. Levels, themes and codes
therefore follow the abstract in outline and are this project's own in detail, and every count is
drawn by chance.
"""

import csv
from pathlib import Path

import numpy as np

from grassroots.interviews.tabular import OWN

FOLDER = "data/raw/m_county"
SEED = 1
INTERVIEWS = 12
# A second coder had every third interview.
TWICE = 3

# Level, theme, and code: the share of the interviews in which it occurs.
SCHEME: dict[str, dict[str, dict[str, float]]] = {
    "individual": {
        "work_and_family": {"care_load": 0.7, "role_expectations": 0.5},
        "outlook_on_career": {"unclear_goals": 0.4, "low_fulfilment": 0.5},
    },
    "society": {
        "long_service": {"same_post_for_years": 0.6, "fading_interest": 0.3},
        "contact_with_the_public": {"conflict_in_enforcement": 0.6, "little_understanding": 0.5},
    },
    "organisation": {
        "rank_and_promotion": {"slow_promotion": 0.7, "few_openings": 0.4},
        "pay": {"low_pay": 0.7, "pay_without_incentive": 0.3},
        "accountability": {"fear_of_blame": 0.5, "paperwork_for_inspections": 0.6},
    },
}

# How a second coder decides on a passage: the same code, its sibling in the theme, or none.
SECOND_CODER = (0.85, 0.1, 0.05)

TEXT = (
    "[访谈摘录占位：受访者{interview}，第{number}段；并无真人说过此话] "
    "[placeholder for excerpt {number}, interview {interview}: no real person said this]"
)

Row = dict[str, str]


def interviews(seed: int) -> list[Row]:
    """The rows of the file: interview by interview, passage by passage, the first coder first."""
    rng = np.random.Generator(np.random.PCG64(seed))
    rows: list[Row] = []
    for number in range(1, INTERVIEWS + 1):
        rows += _interview(f"P{number:02d}", number % TWICE == 0, rng)
    return rows


def write(folder: Path, seed: int = SEED) -> None:
    """Write interviews.csv into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "interviews.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, OWN, lineterminator="\n")
        writer.writeheader()
        writer.writerows(interviews(seed))


def _interview(name: str, twice: bool, rng: np.random.Generator) -> list[Row]:
    spoken = [
        (level, theme, code)
        for level, themes in SCHEME.items()
        for theme, codes in themes.items()
        for code, share in codes.items()
        for _ in range(int(rng.integers(1, 3)) if rng.random() < share else 0)
    ]
    rows = []
    for number, place in enumerate(rng.permutation(len(spoken)), 1):
        level, theme, code = spoken[place]
        coded = [("A", code)]
        if twice:
            sibling = next(other for other in SCHEME[level][theme] if other != code)
            choice = rng.choice(3, p=SECOND_CODER)
            coded += [("B", given) for given in ([code], [sibling], [])[choice]]
        rows += [
            {
                "interview": name,
                "code": given,
                "theme": theme,
                "level": level,
                "coder": coder,
                "excerpt": TEXT.format(interview=name, number=number),
                "reviewed": "yes",
            }
            for coder, given in coded
        ]
    return rows
