"""What stands beside a twin's raw file: its codebook, and the README that says how close it is."""

import textwrap
from dataclasses import dataclass
from typing import Any

import yaml

from grassroots.study.codebook import Codebook
from grassroots.twin.closeness import Difference, Distances

HEAD = """\
# A SYNTHETIC TWIN of {dataset}: written by `make twin NAME={dataset}`. Nobody gave these answers.
# 合成数据：由 `make twin NAME={dataset}` 生成，并非任何人的真实回答。
"""


ORIGIN = {
    "en": "A synthetic twin of the dataset {dataset}: drawn by a program so that its columns are "
    "distributed and correlated like the original's. No row is anybody's.",
    "zh": "数据集 {dataset} 的合成数据：由程序随机生成，各列的分布与相关近似原数据，"
    "没有一行是任何人的真实回答。",
}


@dataclass(frozen=True)
class Closeness:
    """What the README reports: people, differences, distances, rows that are alike."""

    n: int
    rows: int
    smallest: int
    seed: int
    moved: dict[str, float]
    margins: Difference
    correlations: Difference
    to_real: Distances
    among_real: Distances
    equal: int
    equal_by_chance: int
    columns: int


# What is told of the answering of people alone.
_LEFT = {"address", "channel"}


def twin_codebook(codebook: Codebook, dataset: str, file: str, file_format: str) -> str:
    """The original's codebook as YAML, for the twin: other words about the data, fewer columns.

    No IP column, no channel and no interviews: a twin has none of them.
    """
    kept = codebook.model_dump(exclude_defaults=True)
    meta = {key: part for key, part in kept.pop("meta", {}).items() if key not in _LEFT}
    title = kept["title"]
    words = {
        "title": {"en": f"Synthetic twin: {title['en']}", "zh": f"合成数据：{title['zh']}"},
        "place": kept["place"],
        "collected": {
            "en": "synthetic; every date in the file is drawn at random",
            "zh": "合成数据，文件中的日期均为随机生成",
        },
        "origin": {key: text.format(dataset=dataset) for key, text in ORIGIN.items()},
        "licence": _licence(kept["licence"]),
        "simulated": True,
        "file": file,
        "format": file_format,
    }
    rest = {key: kept[key] for key in ("background", "scales") if key in kept}
    values = words | ({"meta": meta} if meta else {}) | rest
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000)
    return HEAD.format(dataset=dataset) + text


def _licence(original: dict[str, Any]) -> dict[str, Any]:
    en, zh = original["name"]["en"], original["name"]["zh"]
    name = {"en": f"{en}; here a synthetic twin", "zh": f"{zh}；此处为据其生成的合成数据"}
    return original | {"name": name}


README = """\
# {dataset}_twin: a synthetic twin

**These answers are SYNTHETIC. Nobody gave them.** 本数据为合成数据，并非任何人的真实回答。

It stands in for [`{dataset}`](../{dataset}) where the answers themselves cannot be shown: it has
the columns that the codebook maps, distributed and correlated like the original's, so that the
workflow can be run and its pages be looked at. Findings are to be taken from the original alone.
原始答卷不能公开时，可用本数据运行整个流程：各列的分布和相关与原数据接近，但任何结论都应以原数据为准。

## How close it is

{n} valid people in the original and as many rows in the twin, {rows} rows in all.

| compared | how many | largest difference | largest for its size | in standard errors | by chance |
|---|---|---|---|---|---|
| share of a category | {margins} |
| correlation of two numbers | {correlations} |

"In standard errors" is the largest difference for its size, divided by the sampling error of {n}
people. "By chance" is what the largest of so many differences exceeds in one sample of two, were
they independent. {moved}

## Whether anybody's row is in it

Distance of a row to the nearest real one, over {columns} columns: 0 is the same answer everywhere,
1 the opposite everywhere (Gower 1971).

| rows | smallest | 5th percentile | median |
|---|---|---|---|
| twin to the nearest real person | {to_real} |
| real person to the nearest other real person | {among_real} |

If rows had been copied, the first line would be far below the second. {equal} rows of the twin are
equal to a real row in every answer; {chance} are equal between two twins drawn alike, which is what
chance does.

## How it is made

Of each column the shares of its categories are taken, those of fewer than {smallest} people merged
with their neighbours or dropped, amounts cut into bins between bounds that are the means of the
outermost {smallest} people. Of each pair of columns the correlation is taken, and from it the one
of two normal scores that shows it once they are cut into these categories, as a polychoric
correlation does. Rows are then drawn from a normal distribution with these correlations (a Gaussian
copula) and cut. Answers are missing at random at each column's rate. Times taken are drawn from a
log-normal curve, days evenly between the 5th and the 95th percentile. IP addresses, interviews and
columns that the codebook does not map are not in it. The seed is {seed}: it makes the same file to
the byte.

## What it cannot do

It keeps shares and correlations of pairs, nothing else: no interaction, no curve, no pattern of who
leaves gaps or answers carelessly, and a difference between groups only as far as it goes with the
first principal component of the answers. Nor is it a formal guarantee such as differential privacy
gives: shares and correlations come from real people, and who knows all but one of them could learn
about the last. Before it leaves your hands, let the one who is responsible for the data decide.
它只保留各列的分布和两两相关，不保留交互作用、非线性关系和漏答规律，也不提供差分隐私之类的形式化保证；对外提供之前，请由数据负责人决定。
"""

MOVED = """\
Answers of fewer than {smallest} people were merged or dropped, which comes on top of these
differences, at most for {most:.1%} of the people of a column: {names}."""


def twin_readme(dataset: str, close: Closeness) -> str:
    """The README beside the twin."""
    moved = ""
    if close.moved:
        names = ", ".join(f"`{name}`" for name in close.moved)
        moved = MOVED.format(smallest=close.smallest, most=max(close.moved.values()), names=names)
    text = README.format(
        dataset=dataset,
        n=close.n,
        rows=close.rows,
        smallest=close.smallest,
        seed=close.seed,
        columns=close.columns,
        margins=_difference(close.margins),
        correlations=_difference(close.correlations),
        to_real=_distances(close.to_real),
        among_real=_distances(close.among_real),
        equal=close.equal,
        chance=close.equal_by_chance,
        moved=moved,
    )
    return "\n\n".join(map(_filled, text.split("\n\n")))


def _difference(found: Difference) -> str:
    where = f"`{found.where}`"
    numbers = f"{found.standard_errors:.1f} | {found.usual:.1f}"
    return f"{found.compared} | {found.largest:.3f} | {where} | {numbers}"


def _distances(found: Distances) -> str:
    return f"{found.smallest:.3f} | {found.low:.3f} | {found.median:.3f}"


def _filled(paragraph: str) -> str:
    """A paragraph in lines of at most 100 characters; headings and tables stay as they are."""
    if paragraph.startswith(("#", "|", "**")):
        return paragraph
    end = "\n" if paragraph.endswith("\n") else ""
    parts = paragraph.strip().split("\n")
    chinese = parts[-1] if "，" in parts[-1] else ""
    english = " ".join(parts[:-1] if chinese else parts)
    filled = textwrap.fill(english, 100, break_long_words=False, break_on_hyphens=False)
    return "\n".join(filter(None, [filled, chinese])) + end
