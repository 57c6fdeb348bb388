"""`snakemake package` as a reviewer runs it, and the zip looked into."""

import json
import posixpath
import re
import socket
import zipfile

import pytest
import yaml
from crate_musts import broken
from unpacked import contents

ZIP = "results/package.zip"
SMALL = ("--config", "draws=100")
# Respondents are numbered r0001, r0002 ...: where such a number stands, there is a row of somebody.
RESPONDENT = b"r0001"


def unzipped(checkout):
    with zipfile.ZipFile(checkout.folder / ZIP) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def said(built):
    return built.build("package")


@pytest.fixture(scope="module")
def package(built, said):
    return unzipped(built)


def test_all_results_are_in_it_and_open_without_anything_else(built, package):
    for name in ("holzinger1939", "political_democracy", "city_s", "m_county", "jincheng"):
        for file in ("report.html", "numbers.json", "tables.en.docx", "tables.zh.csv.zip"):
            path = f"results/{name}/{file}"
            assert package[path] == (built.folder / path).read_bytes()
        assert f"results/{name}/tables/claims.csv" in package
        assert f"results/{name}/figures/reliability.zh.svg" in package
        assert f"results/{name}/figures/print/reliability.zh.pdf" in package
    assert "results/city_s/lavaan/burnout.R" in package


def test_every_link_leads_somewhere_without_a_network(package):
    pages = [name for name in package if name.endswith(".html") and name.startswith("results/")]
    assert len(pages) == 6
    for page in pages:
        for link in re.findall(r'(?:href|src)="([^"#:]+)[^":]*"', package[page].decode()):
            assert posixpath.normpath(f"{posixpath.dirname(page)}/{link}") in package, (page, link)
    assert re.findall(r'href="city_s/report\.html', package["results/index.html"].decode())


def test_the_crate_keeps_its_musts_and_describes_every_file(package):
    metadata = json.loads(package["ro-crate-metadata.json"])
    assert broken(metadata, set(package)) == []
    described = {entity["@id"] for entity in metadata["@graph"]}
    assert set(package) <= described
    run = next(each for each in metadata["@graph"] if each["@type"] == "CreateAction")
    assert run["startTime"] < run["endTime"]


def test_the_manifest_names_files_that_are_there(package):
    manifest = yaml.safe_load(package["codecheck.yml"])["manifest"]
    assert {each["file"] for each in manifest} <= set(package)
    assert "results/holzinger1939/tables/cfa_fit.csv" in {each["file"] for each in manifest}
    assert "28 same" in package["codecheck/certificate.en.md"].decode()


def test_every_rule_that_ran_has_its_seconds(package):
    record = json.loads(package["run-record.json"])
    assert {"read_responses", "fit_cfa", "render_report", "render_index"} <= set(record["rules"])
    assert record["rules"]["fit_cfa"]["jobs"] == 5
    assert record["machine"]["cpus"] and record["packages"]["pandas"]


def test_no_row_of_anybody_and_no_raw_file(built, package):
    assert not [name for name in package if name.endswith((".parquet", ".sav", ".xls", "s.xlsx"))
                and not name.endswith(("tables.en.xlsx", "tables.zh.xlsx"))]  # fmt: skip
    raw = {path.name for path in (built.folder / "data/raw").glob("*/*")}
    kept = {"README.md", "claims.yaml", "codebook.yaml"}
    assert not [n for n in package if n.startswith("data/") and n.split("/")[-1] in raw - kept]
    for name, content in package.items():
        made = name.startswith(("results/", "data/", "codecheck", "PACKAGE", "run-", "ro-"))
        assert not made or not any(RESPONDENT in piece for piece in contents(content)), name
    rows = built.folder / "results/city_s/data/scores.parquet"
    assert any(RESPONDENT in piece for piece in contents(rows.read_bytes())), "the search itself"


def test_nothing_tells_whose_machine_it_was(built, package):
    told = [str(built.folder), str(built.folder.parent)]
    told += [socket.gethostname()] if len(socket.gethostname()) > 5 else []
    for name, content in package.items():
        assert not [each for each in told if each.encode() in content], name


def test_the_code_in_it_is_the_project_and_runs(built, package, tmp_path):
    """The raw file put back, it plans the whole way from there."""
    unpacked = type(built)(tmp_path / "unpacked")
    for name, content in package.items():
        path = unpacked.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    raw = "data/raw/political_democracy/responses.csv"
    (unpacked.folder / raw).write_bytes((built.folder / raw).read_bytes())
    said = unpacked.build("--dry-run", "results/political_democracy/report.html")
    assert "read_responses" in said and "render_report" in said


def test_a_second_time_there_is_nothing_to_do_and_again_the_same_bytes(built, package):
    assert "Nothing to be done" in built.build("package")
    built.build("--forcerun", "write_package", "--", ZIP)
    assert unzipped(built) == package


def test_an_edit_in_a_document_makes_it_anew_and_nothing_else(built, package):
    with built.edited("docs/methods.md", "# ", "# Edited: "):
        said = built.build("package")
        assert "packing results" in said and "writing the page" not in said
        assert b"# Edited: " in unzipped(built)["docs/methods.md"]
    built.build("package")


def test_rows_only_where_they_are_asked_for_by_name(built, package):
    said = built.build("--config", "package_rows=political_democracy", "--", "package")
    assert "a row each: political_democracy" in said
    asked = unzipped(built)
    more = {f"results/political_democracy/data/{name}.parquet" for name in ("valid", "scores")}
    assert set(asked) - set(package) == more
    assert "were asked for by name" in asked["PACKAGE.en.md"].decode()
    built.build("package")
    assert unzipped(built) == package


def test_rows_of_a_dataset_that_is_none_are_refused(built):
    run = built.snakemake("--config", "package_rows=political_democracies", "--", "package")
    assert run.returncode != 0
    assert "[C106]" in run.stdout and "nearest: political_democracy" in run.stdout


def test_one_broken_dataset_and_the_package_of_the_others(new_checkout):
    """On nothing it builds all first; and the run does not end as if all were well."""
    checkout = new_checkout("one")
    checkout.keep_real_datasets()
    codebook = "data/raw/holzinger1939/codebook.yaml"
    with checkout.edited(codebook, "file: responses.csv", "file: nothing.csv"):
        run = checkout.snakemake(*SMALL, "--", "package")
    assert run.returncode != 0
    assert "left out of this run: holzinger1939" in run.stdout
    package = unzipped(checkout)
    assert "results/political_democracy/report.html" in package
    assert not [n for n in package if "holzinger1939" in n and not n.startswith("expected/")]
    assert "`holzinger1939` is **not in this package**" in package["PACKAGE.en.md"].decode()


def test_of_the_others_verify_says_what_there_is_to_say(new_checkout):
    """A reviewer who was not given every raw file."""
    checkout = new_checkout("one")
    (checkout.folder / "data/raw/holzinger1939/responses.csv").unlink()
    checkout.keep_real_datasets()
    run = checkout.snakemake("verify")
    assert run.returncode != 0
    assert "  13 published findings, claimed | found | state: 13 same" in run.stdout
    assert "holzinger1939\n  left out of this run, so nothing can be said" in run.stdout
    assert "Not verified: holzinger1939." in run.stdout
