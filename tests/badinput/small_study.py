"""A good small study in a folder of its own, for tests that break it in one place.

Two instruments (`workload` with the dimensions demand and hours, `strain` with one item that is
turned), three background variables, and one of each analysis, so that every kind of name has a
place where it can be wrong.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from grassroots.study import sections
from grassroots.study.faults import Fault, StudyError
from grassroots.study.load import Study, load_study

CONFIG = "config.yaml"
PROTOCOL = "protocols/small.yaml"
WORKLOAD = "protocols/instruments/workload.yaml"
STRAIN = "protocols/instruments/strain.yaml"
CODEBOOK = "data/raw/small/codebook.yaml"
CLAIMS = "data/raw/small/claims.yaml"
RAW = "data/raw/small/responses.csv"

ITEMS = ["d1", "d2", "d3", "h1", "h2", "h3", "s1", "s2", "s3", "s4"]
HEADER = ["id", "gender", "age", "unit", *ITEMS]

TEXTS = {
    CONFIG: """\
datasets:
  small:
    protocol: small
seed: 1
draws: 100
alpha: 0.05
smallest_cell: 1
languages: [en, zh]
""",
    WORKLOAD: """\
title: {en: Workload, zh: 工作负荷}
source: made for a test
licence:
  name: {en: free, zh: 自由使用}
  text_allowed: true
response: {min: 1, max: 5}
items: {d1: {}, d2: {}, d3: {}, h1: {}, h2: {}, h3: {}}
dimensions:
  demand:
    title: {en: Demands, zh: 要求}
    items: [d1, d2, d3]
  hours:
    title: {en: Hours, zh: 工时}
    items: [h1, h2, h3]
""",
    STRAIN: """\
title: {en: Strain, zh: 紧张}
source: made for a test
licence:
  name: {en: free, zh: 自由使用}
  text_allowed: true
response: {min: 1, max: 5}
items: {s1: {}, s2: {}, s3: {}, s4: {}}
reversed: [s3]
""",
    PROTOCOL: """\
title: {en: A small study, zh: 小型研究}
question: {en: Does work strain?, zh: 工作是否使人紧张？}
instruments: [workload, strain]
background:
  gender:
    title: {en: Gender, zh: 性别}
    levels:
      male: {en: male, zh: 男}
      female: {en: female, zh: 女}
  age:
    title: {en: Age, zh: 年龄}
  unit:
    title: {en: Unit, zh: 单位}
    levels:
      town: {en: town, zh: 乡镇}
      county: {en: county, zh: 县}
      city: {en: city, zh: 市}
measurement:
  three_factors:
    title: {en: Three factors, zh: 三因子}
    factors: [demand, hours, strain]
groups:
  outcomes: [strain]
  by: [gender, unit]
regressions:
  strain_on_work:
    title: {en: Strain on work, zh: 工作与紧张}
    outcome: strain
    steps: [[gender, age], [demand, hours]]
structural:
  demand_to_strain:
    title: {en: Demand to strain, zh: 要求与紧张}
    predictor: demand
    mediators: [hours]
    outcome: strain
levels:
  height:
    scales: [strain]
    bands:
      low: {title: {en: low, zh: 低}}
      middle: {title: {en: middle, zh: 中}, at_least: 2.5}
      high: {title: {en: high, zh: 高}, at_least: 3.5}
    source: {en: made for a test, zh: 为测试而设}
hypotheses:
  H1:
    statement: {en: Demands lead to strain through hours., zh: 要求经由工时导致紧张。}
    evidence:
      - table: mediation
        where: {model: demand_to_strain, scores: latent, path: demand -> hours -> strain}
        expects: positive
""",
    CODEBOOK: """\
title: {en: Small, zh: 小}
place: {en: nowhere, zh: 无}
collected: {en: never, zh: 无}
origin: {en: Made for a test., zh: 为测试而设。}
licence:
  name: {en: free, zh: 自由使用}
  text_allowed: true
simulated: true
file: responses.csv
format: csv
background:
  gender:
    column: gender
    levels: {1: male, 2: female}
  age:
    column: age
  unit:
    column: unit
    levels: {town: town, county: county, city: city}
scales:
  workload:
    items: [d1, d2, d3, h1, h2, h3]
  strain:
    items: [s1, s2, s3, s4]
""",
    CLAIMS: """\
source: {en: a test, zh: 测试}
claims:
  alpha_of_strain:
    kind: number
    says: "alpha was .80"
    claimed: "0.80"
    table: reliability
    where: {scale: strain}
    column: alpha
""",
}

Rows = list[list[Any]]


def answers(n: int = 120, seed: int = 7) -> Rows:
    """The rows of n respondents, as texts in the order of HEADER."""
    random = np.random.default_rng(seed)
    demand = random.normal(size=n)
    hours = 0.6 * demand + 0.8 * random.normal(size=n)
    strain = 0.5 * hours + 0.3 * demand + 0.8 * random.normal(size=n)
    signs = [1] * 8 + [-1, 1]
    factors = [demand] * 3 + [hours] * 3 + [strain] * 4
    items = [
        np.clip(np.round(3 + sign * factor + 0.6 * random.normal(size=n)), 1, 5).astype(int)
        for sign, factor in zip(signs, factors, strict=True)
    ]
    background = [
        random.integers(1, 3, n),
        random.integers(22, 60, n),
        random.choice(["town", "county", "city"], n),
    ]
    columns = [range(1, n + 1), *background, *items]
    return [[str(value) for value in row] for row in zip(*columns, strict=True)]


@dataclass
class SmallStudy:
    """The files of the study under `root`, and ways to break them."""

    root: Path
    header: list[str] = field(default_factory=lambda: list(HEADER))
    rows: Rows = field(default_factory=answers)

    def path(self, file: str) -> Path:
        return self.root / file

    def write(self) -> "SmallStudy":
        """All files as they should be."""
        for file, text in TEXTS.items():
            self.path(file).parent.mkdir(parents=True, exist_ok=True)
            self.path(file).write_text(text, encoding="utf-8")
        return self.csv()

    def csv(self, delimiter: str = ",", encoding: str = "utf-8", ends: str = "\n") -> "SmallStudy":
        """The raw file from header and rows."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter, lineterminator=ends)
        writer.writerows([self.header, *self.rows])
        return self.raw(text.getvalue().encode(encoding))

    def raw(self, content: bytes, name: str = "responses.csv") -> "SmallStudy":
        """The raw file with exactly these bytes."""
        (self.path(RAW).parent / name).write_bytes(content)
        return self

    def named(self, name: str, file_format: str) -> "SmallStudy":
        """The codebook speaks of another file, and the csv file is gone."""
        self.edit(CODEBOOK, "file: responses.csv", f"file: {name}")
        self.edit(CODEBOOK, "format: csv", f"format: {file_format}")
        self.path(RAW).unlink(missing_ok=True)
        return self

    def xlsx(self, write: Callable[[Any], None] | None = None) -> "SmallStudy":
        """The raw file as a workbook: header and rows (as texts), or what `write` writes."""
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            if write is None:
                for index, row in enumerate([self.header, *self.rows]):
                    sheet.write_row(index, 0, row)
            else:
                write(sheet)
        return self.named("responses.xlsx", "xlsx").raw(content.getvalue(), "responses.xlsx")

    def column(self, name: str, change: Callable[[str], Any] | Sequence[Any] | Any) -> "SmallStudy":
        """A column of the raw file changed value by value, or set to one value."""
        place = self.header.index(name)
        for row in self.rows:
            row[place] = change(row[place]) if callable(change) else change
        return self.csv()

    def cell(self, row: int, name: str, value: Any) -> "SmallStudy":
        """One cell of the raw file; rows as a person counts them, the header being row 1."""
        self.rows[row - 2][self.header.index(name)] = value
        return self.csv()

    def edit(self, file: str, old: str, new: str) -> "SmallStudy":
        """A text that stands exactly once in a file replaced."""
        text = self.path(file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.path(file).write_text(text.replace(old, new), encoding="utf-8")
        return self

    def load(self) -> Study:
        return load_study(self.root)

    def faults(self) -> list[Fault]:
        """All faults, whether they stop the run or leave the dataset out."""
        try:
            return [fault for faults in self.load().left_out.values() for fault in faults]
        except StudyError as error:
            return error.faults

    def scores(self) -> Any:
        """The table of scores, made by the functions of the workflow."""
        from grassroots.intake.mapping import map_responses
        from grassroots.intake.pair import read_export
        from grassroots.scoring.scores import score

        study = self.load()
        assert not study.left_out, study.left_out
        dataset = study.datasets["small"]
        plan = sections.intake(study, dataset)
        raw = read_export([self.path(dataset.raw_file)], plan).raw
        responses, problems = map_responses(raw, plan)
        assert not problems
        columns = {**responses.background, **responses.items}
        return score(pd.DataFrame(columns), sections.scoring(study, dataset))
