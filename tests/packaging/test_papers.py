"""codecheck.yml, the certificate, and the page that says what is in the package."""

import json
import re
from pathlib import Path

import pytest
import yaml

from grassroots.packaging.citation import cited as read_citation
from grassroots.packaging.codecheck import BLANK, codecheck_yml, manifest
from grassroots.packaging.papers import filled, papers
from grassroots.study.yaml_source import load_yaml

ROOT = Path(__file__).parents[2]
CLAIMS = {"town": [{"id": "cfi", "table": "cfa_fit"}, {"id": "tli", "table": "cfa_fit"}]}


@pytest.fixture
def written(files, cited, datasets, record, code):
    templates = {p.name: p.read_text("utf-8") for p in (ROOT / "report/package").glob("*.j2")}
    said = {"en": "town: fine", "zh": "town：一致"}

    def write(left_out=(), rows=()):
        made = papers(
            files=files, cited=cited, datasets=datasets, left_out=dict(left_out), claims=CLAIMS,
            said=said, record=record, code=code, rows=list(rows), templates=templates,
        )  # fmt: skip
        return {name: content.decode() for name, content in made.items()}

    return write


def test_all_papers(written):
    assert set(written()) == {
        "PACKAGE.en.md",
        "PACKAGE.zh.md",
        "codecheck.yml",
        "codecheck/certificate.en.md",
        "codecheck/certificate.zh.md",
        "ro-crate-metadata.json",
        "run-record.json",
    }


def test_codecheck_keeps_the_musts_of_its_specification(written, files):
    """CODECHECK configuration file specification 2.0; its MUSTs hold those of 1.0."""
    text = written()["codecheck.yml"]
    assert re.search(r"^---$", text, re.M), "MUST include three dashes, the document start marker"
    assert text.startswith("%YAML 1.1"), "SHOULD define the YAML version in the directive"
    found = yaml.safe_load(text)
    assert found["version"] == "https://codecheck.org.uk/spec/config/2.0/"
    assert found["manifest"], "MUST have a root-level sequence of files called manifest"
    for item in found["manifest"]:
        assert item["file"] in files, "MUST have a node file ... relative to the codecheck.yml"
        assert item["comment"]
    paper = found["paper"]
    assert paper["title"] == 'Work | and "strain"', "MUST have a child item title"
    assert [author["name"] for author in paper["authors"]] == ["Ada Example", "A group"]
    assert paper["authors"][0]["ORCID"] == "0000-0002-1825-0097", "plain, without URL prefix"
    assert paper["reference"] == "https://doi.org/10.1/x", "A reference MUST be provided"
    assert found["codechecker"][0]["name"] == BLANK, "MUST include minimal metadata"
    # What only the checker knows is there to be filled in.
    for node in ("report", "summary", "certificate", "check_time"):
        assert found[node] == BLANK
    assert paper["authors"][1] == {"name": "A group"}, "only a person has an ORCID"


def test_the_manifest_says_which_findings_stand_where(datasets):
    listed = manifest(datasets, CLAIMS)
    assert listed["results/town/tables/cfa fit 100%.csv"].endswith("published findings: cfi, tli")
    assert listed["results/town/numbers.json"] == "A town: every number by name"


def test_a_name_with_marks_of_yaml_stays_a_name(cited):
    text = codecheck_yml(cited, {"a.csv": "it's: 50% #1"}, "said: so")
    found = yaml.safe_load(text)
    assert found["manifest"] == [{"file": "a.csv", "comment": "it's: 50% #1"}]
    assert found["source"] == "said: so"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_certificate_is_a_draft_with_all_that_is_known(written, language):
    text = written()[f"codecheck/certificate.{language}.md"]
    for known in ("c0ffee", "ab" * 32, "results/town/numbers.json", "Ada Example", "town"):
        assert known in text
    assert text.count(BLANK) > 10
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len({row.replace(r"\|", "").count("|") for row in rows}) <= 3, "whole tables"
    assert not re.search(r"\n\n\n", text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_certificate_in_both_languages_asks_for_the_same(written, language):
    text = written()[f"codecheck/certificate.{language}.md"]
    other = written()[f"codecheck/certificate.{'zh' if language == 'en' else 'en'}.md"]
    for mark in (r"^## ", r"^- \[ \]", "FIXME", r"`results/\S+`"):
        assert len(re.findall(mark, text, re.M)) == len(re.findall(mark, other, re.M)), mark


def test_a_dataset_that_was_left_out_is_named(written):
    made = written(left_out={"harbin": ["D201", "S104"]})
    for name in ("PACKAGE.en.md", "PACKAGE.zh.md", "codecheck/certificate.en.md"):
        assert "`harbin`" in made[name] and "D201" in made[name]


def test_whether_rows_are_in_it_is_said(written):
    assert "No answers of single respondents" in written()["PACKAGE.en.md"]
    asked = written(rows=["town"])["PACKAGE.en.md"]
    assert "were asked for by name" in asked and "No answers" not in asked


def test_the_record_is_kept_as_it_is(written, record):
    assert json.loads(written()["run-record.json"]) == record


def test_a_template_that_asks_for_what_is_not_there_is_an_error():
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        filled("{{ nothing }}", {})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_asked_does_not_grow_with_the_files(written, files, datasets, language):
    name = f"codecheck/certificate.{language}.md"
    before = written()[name].count(BLANK)
    datasets["town"]["raw"]["data/raw/town/more.csv"] = "0" * 64
    del files["results/town/numbers.json"]
    after = written()[name]
    assert "more.csv" in after and "numbers.json" not in after
    assert after.count(BLANK) == before


@pytest.mark.parametrize("document", ["reviewing.md", "reviewing.zh.md"])
def test_the_blanks_are_those_that_the_document_shows(document):
    own = read_citation(load_yaml((ROOT / "CITATION.cff").read_text("utf-8"))[0])
    blanks = [line for line in codecheck_yml(own, {}, "here").splitlines() if BLANK in line]
    text = (ROOT / "docs" / document).read_text("utf-8")
    shown = text.partition("grep FIXME")[2].partition("```text\n")[2].partition("\n```")[0]
    assert shown.splitlines() == blanks


def test_our_own_citation_is_read():
    found = read_citation(load_yaml((ROOT / "CITATION.cff").read_text("utf-8"))[0])
    assert found.licence == "MIT" and found.authors and found.version
    assert found.reference == "" and found.title.startswith("grassroots")


def test_an_article_that_the_citation_names_is_what_is_checked():
    found = read_citation({
        "title": "software", "version": "1", "license": "MIT", "authors": [{"name": "g"}],
        "repository-code": "https://example.org/code",
        "preferred-citation": {
            "title": "Article", "doi": "10.1/y",
            "authors": [{
                "given-names": "Ada", "family-names": "Example",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
            }],
        },
    })  # fmt: skip
    assert (found.title, found.reference) == ("Article", "https://doi.org/10.1/y")
    assert found.authors[0].name == "Ada Example"
    assert found.authors[0].orcid == "0000-0002-1825-0097"
    assert found.repository == "https://example.org/code" and found.software == "software"
