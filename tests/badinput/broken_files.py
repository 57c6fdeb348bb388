"""Broken study files: YAML, names, paths."""

import os
import shutil
from collections.abc import Callable

from catalogue import Fault
from small_study import (
    CLAIMS,
    CODEBOOK,
    CONFIG,
    PROTOCOL,
    RAW,
    STRAIN,
    TEXTS,
    WORKLOAD,
    SmallStudy,
)

FOLDER = "data/raw/small"


def edit(file: str, old: str, new: str) -> Callable[[SmallStudy], object]:
    return lambda study: study.edit(file, old, new)


def written(file: str, content: bytes | str) -> Callable[[SmallStudy], object]:
    content = content.encode() if isinstance(content, str) else content
    return lambda study: study.path(file).write_bytes(content)


def recoded(file: str, encoding: str) -> Callable[[SmallStudy], object]:
    return written(file, TEXTS[file].encode(encoding))


def folder_instead(file: str) -> Callable[[SmallStudy], object]:
    def broken(study: SmallStudy) -> None:
        study.path(file).unlink()
        study.path(file).mkdir()

    return broken


def link_instead(target: str) -> Callable[[SmallStudy], object]:
    """The raw file is a link, and what it was lies outside of the dataset's folder."""

    def broken(study: SmallStudy) -> None:
        shutil.move(study.path(RAW), study.path("elsewhere.csv"))
        study.path(RAW).symlink_to(target)

    return broken


def pipe_instead(study: SmallStudy) -> None:
    study.path(RAW).unlink()
    os.mkfifo(study.path(RAW))


def file_for_folder(study: SmallStudy) -> None:
    shutil.rmtree(study.path(FOLDER))
    study.path(FOLDER).write_text("no folder")


def without(file: str, instead: str = "") -> Callable[[SmallStudy], object]:
    def broken(study: SmallStudy) -> None:
        if instead:
            study.path(file).rename(study.path(instead))
        else:
            study.path(file).unlink()

    return broken


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
NAMES = "a name of Latin letters"
LATENT = "scores: latent, path: demand -> hours -> strain"
TAGGED = 'column: !!python/object/apply:os.system ["touch /tmp/never"]'

YAML = [
    Fault("a tab", edit(CODEBOOK, "  age:\n    column", "  age:\n\tcolumn"), "F102",
          f"{CODEBOOK}:16", says=("a tab in this line", "blanks"), zh=("制表符",)),
    Fault("an alias", edit(CODEBOOK, "[s1, s2, s3, s4]", "&a [s1, s2]\n    missing_codes: *a"),
          "F107", f"{CODEBOOK}:25", says=("*a", "write the value out")),
    Fault("billion laughs", written(CODEBOOK, BOMB), "F107", f"{CODEBOOK}:2", says=("*a",)),
    Fault("100,000 brackets", written(CODEBOOK, "a: " + "[" * 100_000), "F102", f"{CODEBOOK}:1",
          says=("more than 30 deep",)),
    Fault("3,000 brackets, closed", written(PROTOCOL, "a: " + "[" * 3000 + "]" * 3000), "F102",
          f"{PROTOCOL}:1", says=("more than 30 deep",)),
    Fault("two million characters", written(CODEBOOK, "a: " + "x" * 2_000_000), "F102",
          f"{CODEBOOK}:1", says=("no study file",), zh=("不是研究文件",)),
    Fault("a tag that runs a program", edit(CODEBOOK, "column: age", TAGGED), "F110",
          f"{CODEBOOK}:16", says=("!!python/object/apply:os.system", "without it")),
    Fault("a tag of one's own", edit(CODEBOOK, "column: age", "column: !city age"), "F110",
          f"{CODEBOOK}:16", says=("!city",)),
    Fault("a tag that cannot be", edit(CONFIG, "seed: 1", "seed: !!int abc"), "F110",
          f"{CONFIG}:4", says=("!!int",)),
    Fault("a rare character in a title", edit(WORKLOAD, "工作负荷", "甪直镇工作负荷"), "F112",
          f"{WORKLOAD}:1", where="title.zh", says=("甪 (U+752A)", "甪直镇工作负荷", "pinyin"),
          zh=("甪 (U+752A)", "拼音")),
    Fault("an emoji in a level", edit(PROTOCOL, "en: male,", "en: male \U0001f468,"), "F112",
          f"{PROTOCOL}:8", where="background.gender.levels.male.en", says=("U+1F468",)),
    Fault("a sign for a word", edit(PROTOCOL, "en: Gender", "en: Gender ㎡"), "F112",
          f"{PROTOCOL}:6", where="background.gender.title.en", says=("㎡ (U+33A1)",),
          edit='en: "Gender m2"'),
    Fault("a blank that nobody sees", edit(PROTOCOL, "zh: 性别", "zh: 性\u200b别"), "F112",
          f"{PROTOCOL}:6", where="background.gender.title.zh", says=("U+200B",),
          edit='zh: "性别"'),
    Fault("a key twice", edit(CODEBOOK, "  unit:\n", "  age:\n    column: h1\n  unit:\n"), "F103",
          f"{CODEBOOK}:17", says=('"age" stands twice',)),
    Fault("a list for keys", written(CODEBOOK, "- a\n- b\n"), "F106", f"{CODEBOOK}:1",
          says=("keys with their values", "found: a list"), zh=("实际为：列表",)),
    Fault("a list for one part", edit(CODEBOOK, "  age:\n    column: age", "  age: [column]"),
          "F106", f"{CODEBOOK}:15", "background.age", says=("found: a list",)),
    Fault("keys for a list", edit(CODEBOOK, "items: [s1, s2, s3, s4]", "items: {s1: s2}"), "F106",
          f"{CODEBOOK}:24", "scales.strain.items", says=("a list: [a, b]", "found: keys")),
    Fault("an empty codebook", written(CODEBOOK, ""), "F106", f"{CODEBOOK}:1",
          says=("found: nothing",), zh=("实际为：空",)),
    Fault("comments only", written(PROTOCOL, "# to be written\n"), "F106", f"{PROTOCOL}:1",
          says=("found: nothing",)),
    Fault("two documents", edit(CODEBOOK, "background:\n", "---\nbackground:\n"), "F102",
          f"{CODEBOOK}:11", says=("second document",)),
    Fault("a bracket left open", edit(CODEBOOK, "[s1, s2, s3, s4]", "[s1, s2, s3, s4"), "F102",
          f"{CODEBOOK}:25", says=("a bracket that is not closed",), zh=("括号没有配对",)),
    Fault("a quotation mark left open in a codebook", edit(CODEBOOK, "column: age", 'column: "age'),
          "F102", f"{CODEBOOK}:25", says=("a quotation mark that is not closed",)),
    Fault("a colon inside a text", edit(CODEBOOK, "column: age", "column: age: in years"), "F102",
          f"{CODEBOOK}:16", says=("put the whole text in quotes",)),
    Fault("a codebook in GB18030", recoded(CODEBOOK, "gb18030"), "F108",
          f"{CODEBOOK}:2", says=("UTF-8",)),
    Fault("a codebook in UTF-16", recoded(CODEBOOK, "utf-16"), "F108",
          f"{CODEBOOK}:1", says=("UTF-8",)),
    Fault("a zero byte", written(CODEBOOK, TEXTS[CODEBOOK] + "# \0\n"), "F102", f"{CODEBOOK}:25",
          says=("a character that is no text",)),
    Fault("a number of 6,000 digits", edit(CONFIG, "seed: 1", "seed: " + "9" * 6000), "F106",
          f"{CONFIG}:4", "seed", says=("a whole number", "[6000 digits]")),
    Fault("an infinite number", edit(STRAIN, "max: 5", "max: 1e999"), "F106", f"{STRAIN}:6",
          "response.max", says=("not infinite",)),
    Fault("a scale with a thousand million answers", edit(STRAIN, "max: 5", "max: 1000000000"),
          "I107", f"{STRAIN}:6", "response", says=("1000", "whole: false"), edit="whole: false"),
    Fault("a word for a number", edit(CONFIG, "draws: 100", "draws: many"), "F106", f"{CONFIG}:5",
          "draws", says=('found: "many"',), zh=("应为：整数",)),
    Fault("a number out of its range", edit(CONFIG, "alpha: 0.05", "alpha: 5"), "F106",
          f"{CONFIG}:6", "alpha", says=("a number below 0.5", 'found: "5"')),
    Fault("a word that is none of those possible", edit(CONFIG, "[en, zh]", "[en, zhh]"), "F106",
          f"{CONFIG}:8", "languages[1]", says=("one of en, zh",), nearest="zh"),
    Fault("a language twice", edit(CONFIG, "[en, zh]", "[en, en]"), "C105", f"{CONFIG}:8",
          "languages[1]", says=("en stands twice",), zh=("en 出现了两次",), edit="languages: [en]"),
    Fault("rows of no dataset", edit(CONFIG, "seed: 1", "seed: 1\npackage_rows: [smal]"), "C106",
          f"{CONFIG}:5", "package_rows[0]", says=("smal, which is none of the datasets",),
          zh=("不是任何数据集",), nearest="small"),
    Fault("a misspelt key", edit(CODEBOOK, "simulated: true", "simulatd: true"), "F104",
          f"{CODEBOOK}:8", "simulatd", says=("known here: title",), nearest="simulated",
          edit="simulated:", others=("F105",)),
    Fault("a missing key", edit(CODEBOOK, "simulated: true\n", ""), "F105", f"{CODEBOOK}:1",
          "simulated", says=('"simulated" is missing',)),
    Fault("no config.yaml but a near one", without(CONFIG, "confg.yaml"), "F101", CONFIG,
          says=("does not exist", "confg.yaml"), nearest="confg.yaml"),
    Fault("no codebook", without(CODEBOOK), "F101", CODEBOOK, says=("in data/raw/small/",)),
    Fault("a folder for the codebook", folder_instead(CODEBOOK), "F109", CODEBOOK,
          says=("it is a folder",), zh=("它是文件夹",)),
    Fault("a folder for the claims", folder_instead(CLAIMS), "F109", CLAIMS,
          says=("it is a folder",)),
    Fault("a file for the dataset's folder", file_for_folder, "F109", CODEBOOK,
          says=("should be its folder is a file",)),
]  # fmt: skip

PATHS = [
    Fault("a path upwards", edit(CODEBOOK, "responses.csv", "../../../../etc/passwd"), "S108",
          f"{CODEBOOK}:9", "file", says=("leads out of this folder",)),
    Fault("an absolute path", edit(CODEBOOK, "responses.csv", "/etc/passwd"), "S108",
          f"{CODEBOOK}:9", "file", says=("/etc/passwd",)),
    Fault("a path of Windows", edit(CODEBOOK, "responses.csv", "C:\\data\\r.csv"), "S108",
          f"{CODEBOOK}:9", "file"),
    Fault("a hidden file", edit(CODEBOOK, "responses.csv", ".hidden"), "S108", f"{CODEBOOK}:9",
          "file"),
    Fault("a name with a zero", edit(CODEBOOK, "responses.csv", '"a\\0b"'), "S101",
          f"{CODEBOOK}:9", "file", says=("a<U+0000>b",)),
    Fault("a name of 5,000 letters", edit(CODEBOOK, "responses.csv", "a" * 5000), "S116",
          f"{CODEBOOK}:9", "file", says=("too long",)),
    Fault("a misspelt name", edit(CODEBOOK, "responses.csv", "response.csv"), "S101",
          f"{CODEBOOK}:9", "file", nearest="responses.csv", edit="file: responses.csv"),
    Fault("links in a circle", link_instead("responses.csv"), "S116", f"{CODEBOOK}:9", "file",
          says=("lead in a circle",), zh=("链接互相指向",)),
    Fault("a link out of the folder", link_instead("../../../elsewhere.csv"), "S108",
          f"{CODEBOOK}:9", "file", says=("leads out of this folder",)),
    Fault("a link to nothing", link_instead("nothing.csv"), "S101", f"{CODEBOOK}:9", "file"),
    Fault("a folder for the raw file", folder_instead(RAW), "S116", f"{CODEBOOK}:9", "file",
          says=("it is a folder",)),
    Fault("a pipe for the raw file", pipe_instead, "S116", f"{CODEBOOK}:9", "file",
          says=("no ordinary file",)),
    Fault("a dataset with a blank", edit(CONFIG, "  small:\n", "  small town:\n"), "F106",
          f"{CONFIG}:2", "datasets.small town", says=(NAMES, '"small town"')),
    Fault("a dataset with an umlaut", edit(CONFIG, "  small:\n", "  smäll:\n"), "F106",
          f"{CONFIG}:2", "datasets.smäll", says=(NAMES,)),
    Fault("a dataset that leaves its folder", edit(CONFIG, "  small:\n", "  ..:\n"), "F106",
          f"{CONFIG}:2", "datasets...", says=(NAMES,)),
    Fault("a dataset without a name", edit(CONFIG, "  small:\n", "  ~:\n"), "F106", f"{CONFIG}:1",
          "datasets", says=("a text",)),
    Fault("a dataset without a folder", edit(CONFIG, "  small:\n", "  smal:\n"), "F101",
          "data/raw/smal/codebook.yaml", says=("in data/raw/ there is: small",), nearest="small"),
    Fault("no dataset", edit(CONFIG, "datasets:\n  small:\n    protocol: small", "datasets: {}"),
          "F106", f"{CONFIG}:1", "datasets", says=("at least 1 entries", "found: 0")),
    Fault("an unknown protocol", edit(CONFIG, "protocol: small", "protocol: smal"), "C101",
          f"{CONFIG}:3", "datasets.small.protocol", nearest="small", edit="protocol: small"),
    Fault("a protocol elsewhere", edit(CONFIG, "protocol: small", "protocol: ../small"), "F106",
          f"{CONFIG}:3", "datasets.small.protocol", says=(NAMES,)),
]  # fmt: skip

DESIGN = [
    Fault("an unknown instrument", edit(PROTOCOL, "[workload, strain]", "[workload, strian]"),
          "P101", f"{PROTOCOL}:3", "instruments[1]", nearest="strain"),
    Fault("an instrument twice", edit(PROTOCOL, "[workload, strain]", "[workload, strain, strain]"),
          "P103", f"{PROTOCOL}:3", "instruments[2]", says=("instruments[1]",)),
    Fault("an unknown scale in a model", edit(PROTOCOL, "outcome: strain\n    steps",
          "outcome: strian\n    steps"), "P102", f"{PROTOCOL}:28",
          "regressions.strain_on_work.outcome", nearest="strain"),
    Fault("an unknown predictor", edit(PROTOCOL, "[gender, age], [", "[gender, agee], ["), "P102",
          f"{PROTOCOL}:29", "regressions.strain_on_work.steps[0][1]", nearest="age"),
    Fault("a factor twice", edit(PROTOCOL, "[demand, hours, strain]", "[demand, demand, strain]"),
          "P104", f"{PROTOCOL}:21", "measurement.three_factors.factors[1]",
          says=("already factors[0]",)),
    Fault("an item that covaries with itself", edit(PROTOCOL, "factors: [demand, hours, strain]",
          "factors: [demand, hours, strain]\n    residual_covariances: [[d1, d1]]"), "P113",
          f"{PROTOCOL}:22", "measurement.three_factors.residual_covariances[0]"),
    Fault("a pair that stands twice", edit(PROTOCOL, "factors: [demand, hours, strain]",
          "factors: [demand, hours, strain]\n    residual_covariances: [[d1, d2], [d2, d1]]"),
          "P113", f"{PROTOCOL}:22", "measurement.three_factors.residual_covariances[1]"),
    Fault("a comparison twice", edit(PROTOCOL, "by: [gender, unit]", "by: [gender, gender]"),
          "P104", f"{PROTOCOL}:24", "groups.by[1]"),
    Fault("cut-offs out of order", edit(PROTOCOL, "at_least: 3.5", "at_least: 2.0"), "P120",
          f"{PROTOCOL}:42", "levels.height.bands.high", says=("higher than the band before",)),
    Fault("a range the wrong way round", edit(PROTOCOL, "title: {en: Age, zh: 年龄}",
          "title: {en: Age, zh: 年龄}\n    min: 60\n    max: 18"), "P121", f"{PROTOCOL}:12",
          "background.age.min", says=("60", "18")),
    Fault("a hypothesis about a path that is not there", edit(PROTOCOL, LATENT,
          "scores: latent, path: demand -> hour -> strain"), "P102", f"{PROTOCOL}:49",
          "hypotheses.H1.evidence[0].where.path", nearest="demand -> hours -> strain"),
    Fault("a hypothesis about another effect's path", edit(PROTOCOL, LATENT,
          "scores: latent, effect: direct, path: demand -> hours -> strain"), "P102",
          f"{PROTOCOL}:49", "hypotheses.H1.evidence[0].where.path", nearest="demand -> strain"),
    Fault("a hypothesis about scores that are not", edit(PROTOCOL, LATENT,
          "scores: latnt, path: demand -> hours -> strain"), "P102", f"{PROTOCOL}:49",
          "hypotheses.H1.evidence[0].where.scores", nearest="latent"),
    Fault("a hypothesis about a model of another kind", edit(PROTOCOL, "model: demand_to_strain",
          "model: strain_on_work"), "P106", f"{PROTOCOL}:49",
          "hypotheses.H1.evidence[0].where.model", says=("there are: demand_to_strain",)),
    Fault("a hypothesis about a column that is not", edit(PROTOCOL, "scores: latent",
          "score: latent"), "P105", f"{PROTOCOL}:49", "hypotheses.H1.evidence[0].where.score",
          nearest="scores"),
    Fault("a claim about a scale that is not", edit(CLAIMS, "{scale: strain}", "{scale: strian}"),
          "P102", f"{CLAIMS}:8", "claims.alpha_of_strain.where.scale", nearest="strain"),
    Fault("a claimed number without its digits", edit(CLAIMS, '"0.80"', "0.80"), "F106",
          f"{CLAIMS}:6", "claims.alpha_of_strain.claimed", says=("a text", '"0.8"')),
    Fault("an item that is turned and is not", edit(STRAIN, "reversed: [s3]", "reversed: [s33]"),
          "I101", f"{STRAIN}:8", "reversed[0]", nearest="s3", edit="- s3"),
    Fault("an item in two dimensions", edit(WORKLOAD, "items: [h1, h2, h3]", "items: [d1, h2, h3]"),
          "I103", f"{WORKLOAD}:14", "dimensions.hours.items[0]", says=("demand",)),
    Fault("a scale of the codebook that is not", edit(CODEBOOK, "  strain:\n", "  strains:\n"),
          "S105", f"{CODEBOOK}:23", "scales.strains", nearest="strain", others=("S107",)),
    Fault("a column too few", edit(CODEBOOK, "[s1, s2, s3, s4]", "[s1, s2, s3]"), "S106",
          f"{CODEBOOK}:24", "scales.strain.items", says=("4 items", "3 columns")),
    Fault("a level that is not", edit(CODEBOOK, "2: female", "2: femal"), "S113",
          f"{CODEBOOK}:14", "background.gender.levels[2]", nearest="female"),
    Fault("one column for two items", edit(CODEBOOK, "[d1, d2, d3,", "[d1, d2, d2,"), "S117",
          f"{CODEBOOK}:22", "scales.workload.items[2]", says=("scales.workload.items[1]",)),
    Fault("one column for an item and a variable", edit(CODEBOOK, "column: age", "column: d1"),
          "S117", f"{CODEBOOK}:22", "scales.workload.items[0]", says=("age",)),
]  # fmt: skip
