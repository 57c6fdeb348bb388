"""A small study with one export in every format, all tokens planted in each."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from planted import Token, at
from respondents import AGE, CONSENT, GENDER, ITEMS, planted_answers, spoiled
from writers import (
    as_csv,
    as_kobo,
    as_limesurvey,
    as_pair,
    as_qualtrics,
    as_sav,
    as_xlsx,
    numbered,
    of_wenjuanxing,
)

# Dataset: the file, the format in the codebook.
FILES = {
    "workbook": ("responses.xlsx", "xlsx"),
    "chinese_csv": ("responses.csv", "csv"),
    "utf8_csv": ("responses.csv", "csv"),
    "tabs": ("responses.tsv", "csv"),
    "spss": ("responses.sav", "sav"),
    "semicolons": ("responses.csv", "csv"),
    "utf16": ("responses.txt", "csv"),
    "pair": ("by_text.xlsx", "xlsx"),
    "wenjuanxing_spss": ("responses.sav", "sav"),
    "qualtrics": ("responses.csv", "csv"),
    "limesurvey": ("responses.csv", "csv"),
    "kobo": ("responses.csv", "csv"),
}
WRITERS = {
    "workbook": as_xlsx,
    "chinese_csv": as_csv("gb18030"),
    "utf8_csv": as_csv("utf-8-sig"),
    "tabs": as_csv("utf-8", "\t"),
    "spss": as_sav(numbered),
    "semicolons": as_csv("utf-8", ";"),
    "utf16": as_csv("utf-16", "\t"),
    "pair": as_pair,
    "wenjuanxing_spss": as_sav(of_wenjuanxing),
    "qualtrics": as_qualtrics,
    "limesurvey": as_limesurvey,
    "kobo": as_kobo,
}
SECOND_FILE = {"pair": "by_number.csv"}
# Interviews do not depend on how the answers came.
WITH_INTERVIEWS = ("workbook", "spss")


def text(words: str) -> dict[str, str]:
    return {"en": words, "zh": words}


PROTOCOL = {
    "title": text("A small study"),
    "question": text("Does anything leak?"),
    "instruments": ["mood"],
    "background": {
        "gender": {
            "title": text("Gender"),
            "levels": {"male": text("male"), "female": text("female")},
        },
        "age": {"title": text("Age")},
    },
    "screening": {"exclude": ["no_consent"], "minimum_answered": 0},
    "interviews": {
        "levels": {"person": text("Person")},
        "themes": {
            "load": {
                "title": text("Load"),
                "level": "person",
                "codes": {"hours": text("hours"), "pace": text("pace")},
            }
        },
    },
}
INSTRUMENT = {
    "title": text("Mood"),
    "source": "own items",
    "licence": {"name": text("CC0"), "text_allowed": True},
    "response": {"min": 1, "max": 5},
    "items": {f"m{number}": {} for number in range(1, 5)},
    "total": True,
}


def codebook(dataset: str, names: Mapping[str, str]) -> dict:
    """The codebook; `names` are the columns' names in the file."""
    file, file_format = FILES[dataset]
    more: dict = {"second_file": SECOND_FILE[dataset]} if dataset in SECOND_FILE else {}
    if dataset in WITH_INTERVIEWS:
        more["interviews"] = {"file": "interviews.csv", "reviewed": False}
    return {
        "title": text("Planted"),
        "place": text("nowhere"),
        "collected": text("never"),
        "origin": text("Made up by a test."),
        "licence": {"name": text("CC0"), "text_allowed": True},
        "simulated": True,
        "file": file,
        "format": file_format,
        "meta": {
            "duration": names["所用时间"],
            "submitted": names["提交答卷时间"],
            "address": names["来自IP"],
            "consent": {"column": names[CONSENT], "expected": ["同意"]},
        },
        "background": {
            "gender": {"column": names[GENDER], "levels": {"男": "male", "女": "female"}},
            "age": {"column": names[AGE]},
        },
        "scales": {"mood": {"items": [names[item] for item in ITEMS]}},
    } | more


def write_study(folder: Path, datasets: Iterable[str] = FILES) -> None:
    """The study with a dataset for every format, in a checkout, in place of its own."""
    write_design(folder, datasets)
    for name in datasets:
        place = folder / "data/raw" / name
        place.mkdir(parents=True)
        names = WRITERS[name](place / FILES[name][0], planted_answers())
        dump(place / "codebook.yaml", codebook(name, names))
        if name in WITH_INTERVIEWS:
            write_interviews(place / "interviews.csv")


def write_design(folder: Path, names: Iterable[str]) -> None:
    """Configuration for datasets of these names, and the protocol."""
    for path in (folder / "protocols").rglob("*.yaml"):
        path.unlink()
    (folder / "protocols/instruments").mkdir(parents=True, exist_ok=True)
    dump(folder / "protocols/leaks.yaml", PROTOCOL)
    dump(folder / "protocols/instruments/mood.yaml", INSTRUMENT)
    settings = {"seed": 1, "draws": 100, "alpha": 0.05, "smallest_cell": 5}
    datasets = {name: {"protocol": "leaks"} for name in names}
    dump(folder / "config.yaml", settings | {"languages": ["en", "zh"], "datasets": datasets})


def dump(path: Path, values: object) -> None:
    """JSON is YAML."""
    path.write_text(json.dumps(values, ensure_ascii=False), "utf-8")


def write_interviews(path: Path) -> None:
    """Coded passages: tokens as names, as coder, as excerpts that nobody reviewed, beside them."""
    header = ["interview", "code", "theme", "level", "coder", "excerpt", "reviewed", "contact"]
    rows = []
    coder = at("interview")[0].value
    for number, token in enumerate(at("interview")):
        where = [token.value if number % 2 else f"谈话{number}", "hours", "", ""]
        excerpt = "placeholder" if looks_like_a_form(token) else f"{token.value}说工作很忙"
        rows.append([*where, coder, excerpt, "no", token.value])
    rows += [[f"谈话{number}", "pace", "", "", "A", "placeholder", "no", ""] for number in range(6)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def looks_like_a_form(token: Token) -> bool:
    """In an excerpt it would be refused, reviewed or not."""
    return token.alone


def write_spoiled(
    folder: Path, cases: Sequence[tuple[str, str, str]], dataset: str = "utf8_csv"
) -> None:
    """The study with a dataset for each (name, token, mapped column); none may be built.

    Each is written in the format of `dataset`.
    """
    write_design(folder, [name for name, *_ in cases])
    for name, token, column in cases:
        place = folder / "data/raw" / name
        place.mkdir(parents=True)
        names = WRITERS[dataset](place / FILES[dataset][0], spoiled(token, column))
        written = codebook(dataset, names)
        written.pop("interviews", None)
        dump(place / "codebook.yaml", written)
