"""Personal tokens planted in raw exports reach no byte of what a run leaves behind.

One run builds a dataset of every format with the tokens where nothing maps them; one run is given
each token in columns that are mapped, and must refuse them all without a word of what they are.
"""

import re
import zipfile
from pathlib import Path

import pytest
from exports import FILES, WITH_INTERVIEWS, write_spoiled, write_study
from planted import TOKENS
from respondents import AGE, GENDER, ITEMS
from unpacked import contents, left_behind, ways_to_write

from grassroots.packaging.whitelist import OF_A_DATASET

ROOT = Path(__file__).parents[2]
PLACES = ("results", "logs", ".snakemake")
VALUES = [token.value for token in TOKENS]

# Each token in an item, in a variable with levels and in one that is a number. A latitude alone is
# a number like any other: what keeps it out is its header (S160).
SPOILED = [
    (f"t{number}_{place}", token.value, column)
    for number, token in enumerate(TOKENS)
    for place, column in (("item", ITEMS[1]), ("level", GENDER), ("number", AGE))
    if place != "number" or token.kind != "latitude"
]


class Run:
    """A run in a folder of its own, with a cache between checkouts, its package, its words."""

    def __init__(self, checkout):
        self.folder = checkout.folder
        cache = self.folder.parent / f"{self.folder.name}-cache"
        cache.mkdir(mode=0o700)
        run = checkout.snakemake("--cache", SNAKEMAKE_OUTPUT_CACHE=str(cache))
        packed = checkout.snakemake("package")
        self.status, self.output = run.returncode or packed.returncode, run.stdout + packed.stdout
        self.package = self.folder.parent / "package.zip"
        (self.folder / "results/package.zip").replace(self.package)
        unpacked = self.folder.parent / "unpacked"
        unpack_what_is_new(self.package, unpacked)
        self.places = [*(self.folder / place for place in PLACES), cache, unpacked]

    def left_behind(self, tokens):
        return left_behind(self.places, {"what the run printed": self.output}, tokens)


def unpack_what_is_new(package, folder):
    """Unpack a package without the project's own files: an example in a document is nobody's."""
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            own = ROOT / name
            content = archive.read(name)
            if not (own.is_file() and own.read_bytes() == content):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)


@pytest.fixture(scope="module")
def kept(tmp_path_factory, copy_of_project):
    """Every format, the tokens in columns, headers, cells and labels that nothing maps."""
    checkout = copy_of_project(tmp_path_factory.mktemp("kept") / "study")
    write_study(checkout.folder)
    return Run(checkout)


@pytest.fixture(scope="module")
def refused(tmp_path_factory, copy_of_project):
    """A dataset for each token in each kind of mapped column."""
    checkout = copy_of_project(tmp_path_factory.mktemp("refused") / "study")
    write_spoiled(checkout.folder, SPOILED)
    return Run(checkout)


def test_there_are_forty_tokens_and_more():
    assert len(TOKENS) >= 40
    assert len(set(VALUES)) == len(TOKENS)


@pytest.mark.parametrize("dataset", FILES)
def test_the_tokens_are_in_the_raw_files(kept, dataset):
    folder = kept.folder / "data/raw" / dataset
    found = left_behind([folder], {}, VALUES)
    missing = {value for value in VALUES if not any(each.startswith(value) for each in found)}
    # A sheet belongs to a workbook, labels to an SPSS file; what gb18030 and SPSS write is found.
    places = ("sheet", "label") if dataset in WITH_INTERVIEWS else ("sheet", "label", "interview")
    elsewhere = {token.value for token in TOKENS if token.where in places}
    assert missing <= elsewhere


def test_every_format_is_built(kept):
    assert kept.status == 0, kept.output
    for dataset in FILES:
        assert (kept.folder / "results" / dataset / "report.html").exists()
        themes = kept.folder / "results" / dataset / "tables/themes.csv"
        assert themes.exists() == (dataset in WITH_INTERVIEWS)
        for made in ("tables.en.docx", "tables.zh.xlsx", "numbers.json"):
            assert (kept.folder / "results" / dataset / made).exists()
    assert any(kept.places[-2].iterdir()) and any(kept.places[-1].iterdir())


@pytest.mark.parametrize("run", ["kept", "refused"])
def test_a_package_is_made_and_holds_no_rows(run, request):
    with zipfile.ZipFile(request.getfixturevalue(run).package) as archive:
        names = archive.namelist()
    assert "codecheck.yml" in names
    assert not [name for name in names if name.endswith((".parquet", ".sav", ".tsv"))]
    built = {name.split("/")[1] for name in names if name.endswith("/report.html")}
    assert built == (set(FILES) if run == "kept" else set())
    coded = {name for name in names if name.startswith("data/raw/")}
    assert coded <= {f"data/raw/{name}/{file}" for name in FILES for file in OF_A_DATASET}


def test_no_token_is_left_behind(kept):
    assert kept.left_behind(VALUES) == []


def test_no_address_and_no_minute_of_anybody_goes_further(kept):
    """Of the time of sending the day stays, for screening."""
    assert kept.left_behind(["192.0.2.1", "192.0.2.47", "10:05:07", "9:05:07"]) == []
    days = kept.left_behind(["2026-03-02"])
    assert days and all("responses.parquet" in each for each in days)


def test_a_token_in_a_mapped_column_is_refused(refused):
    assert refused.status != 0
    assert "Traceback" not in refused.output
    for name, value, column in SPOILED:
        place = rf"data/raw/{name}/(?:responses\.csv|codebook\.yaml)"
        faults = re.findall(rf"\[(D\d+)\] {place}", refused.output)
        assert faults, f"{value} in {column} is read as an answer"
        assert set(faults) <= {"D201", "D202", "D204", "D207"}
    tokens = {name: TOKENS[int(name[1:].split("_")[0])] for name, *_ in SPOILED}
    known = [name for name, token in tokens.items() if token.alone]
    for name in known:
        assert f"[D204] data/raw/{name}/responses.csv" in refused.output, tokens[name]


def test_a_refusal_does_not_tell_what_it_refused(refused):
    assert refused.left_behind(VALUES) == []


def test_what_is_packed_is_looked_into(tmp_path):
    """The search itself: a token in every packing is found."""
    import base64
    import io
    import zipfile

    import pyarrow
    import pyarrow.parquet

    token = "13812345678"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<si><t>{token}</t></si>")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.xlsx", inner.getvalue())
    table = pyarrow.table({"phone": ["", token], "number": [0.0, float(token)]})
    pyarrow.parquet.write_table(table, tmp_path / "c.parquet", compression="zstd")
    data = base64.b64encode(b"<svg>" + token.encode() + b"</svg>" * 9)
    (tmp_path / "d.html").write_bytes(b'<a href="data:image/svg+xml;base64,' + data + b'">')
    (tmp_path / "e.txt").write_text(token, "utf-16")
    (tmp_path / "f.html").write_text("".join(f"&#{ord(each)};" for each in token))
    (tmp_path / base64.b64encode(b"results/of/" + token.encode()).decode()).touch()
    found = left_behind([tmp_path], {"g": f"phone={token}"}, [token])
    assert len(found) == 7, found
    assert list(contents(b"plain")) == [b"plain"]
    assert "王晓萌".encode("gb18030") in ways_to_write("王晓萌")
