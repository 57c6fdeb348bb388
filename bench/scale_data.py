"""A large simulated export: City S answered by as many people as one likes.

    PYTHONPATH=workflow/scripts python bench/scale_data.py 1000000 /tmp/responses.csv

The population, the items and the mess are those of the simulated City S; block after block of its
size is drawn, each from its own seed. The file is a Wenjuanxing export as csv.
"""

import csv
import datetime
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from grassroots.simulation import wenjuanxing
from grassroots.simulation.city_s import SURVEY
from grassroots.simulation.mess import Returned
from grassroots.simulation.survey import simulate, study_files
from grassroots.study.codebook import Codebook

SEED = 20261122


def write_export(path: Path, rows: int, seed: int = SEED) -> None:
    """Write an export of so many rows."""
    codebook = study_files(SURVEY).codebook
    header = wenjuanxing.headers(wenjuanxing.questions(SURVEY, codebook))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(itertools.islice(_rows(codebook, seed), rows))


def _rows(codebook: Codebook, seed: int) -> Iterator[tuple[str, ...]]:
    number = itertools.count(1)
    for block in itertools.count():
        columns = _columns(simulate(SURVEY, seed + block), block, codebook)
        for row in zip(*columns, strict=True):
            yield (str(next(number)), *row)


def _columns(back: Returned, block: int, codebook: Codebook) -> list[list[str]]:
    """The columns of a block after the number of the row, in the order of the header."""
    consent = back.consent
    asked = [
        np.where(consent, np.array([str(o) for o in part.levels])[back.background[name]], "(跳过)")
        for name, part in codebook.background.items()
    ]
    matrices, at = [], 0
    for number, scale in enumerate(SURVEY.scales):
        length = len(codebook.scales[scale].items)
        matrix = list(back.answers[:, at : at + length].T)
        if number in SURVEY.checks:
            place = list(SURVEY.checks).index(number)
            matrix.insert(SURVEY.checks[number][0], back.checks[:, place])
        matrices += [_ticked(column, consent) for column in matrix]
        at += length
    times = [SURVEY.opened + datetime.timedelta(seconds=int(sent)) for sent in back.sent]
    # IPv6's block for documentation: there are not a million addresses in those of IPv4.
    sources = [f"2001:db8:{block:x}:{each.replace('.', ':')}" for each in back.addresses]
    return [
        [wenjuanxing.time_of_sending(when) for when in times],
        [f"{int(seconds)}秒" for seconds in back.seconds],
        back.channels,
        ["直接访问" if channel == "链接" else "N/A" for channel in back.channels],
        [f"{source}{SURVEY.place}" for source in sources],
        np.where(consent, "同意", "不同意").tolist(),
        *(column.tolist() for column in [*asked, *matrices]),
    ]


def _ticked(answers: np.ndarray, consent: np.ndarray) -> np.ndarray:
    """The cells of a matrix row."""
    words = np.array(["(空)", *map(str, range(1, 10))])
    return np.where(consent, words[np.nan_to_num(answers).astype(int)], "(跳过)")


if __name__ == "__main__":
    write_export(Path(sys.argv[2]), int(sys.argv[1]))
