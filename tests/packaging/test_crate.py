"""ro-crate-metadata.json against the profiles that it claims."""

import copy
import json

import pytest
from crate_musts import MUSTS, broken

from grassroots.packaging.crate import crate, identifier


@pytest.fixture
def metadata(files, cited, datasets, record, code):
    return json.loads(crate(files, cited, datasets, record, code))


def uris(files):
    return {identifier(name) for name in files}


def entity(metadata, name):
    return next(each for each in metadata["@graph"] if each["@id"] == name)


def test_every_must_is_kept(metadata, files):
    assert broken(metadata, uris(files)) == []


# Each edit breaks a MUST, so that none of them holds of whatever there is.
SPOILERS = [
    lambda m: entity(m, "ro-crate-metadata.json").pop("about"),
    lambda m: entity(m, "ro-crate-metadata.json").update({"@type": "Dataset"}),
    lambda m: entity(m, "ro-crate-metadata.json").update(conformsTo=[]),
    lambda m: entity(m, "./").update({"@type": "CreativeWork"}),
    lambda m: entity(m, "./").update({"@id": "root"}),
    lambda m: entity(m, "./").pop("license"),
    lambda m: entity(m, "./").update(datePublished="yesterday"),
    lambda m: entity(m, "./").update(name=""),
    lambda m: entity(m, "./").update(license={"@id": "nowhere"}),
    lambda m: entity(m, "./")["hasPart"].pop(),
    lambda m: entity(m, "./").pop("mainEntity"),
    lambda m: entity(m, "./").update(mentions=[]),
    lambda m: entity(m, "./")["conformsTo"].pop(0),
    lambda m: entity(m, "./")["conformsTo"].pop(1),
    lambda m: entity(m, "https://w3id.org/ro/wfrun/workflow/0.5").update({"@type": "Thing"}),
    lambda m: entity(m, "Snakefile").update({"@type": ["File"]}),
    lambda m: entity(m, "Snakefile").pop("programmingLanguage"),
    lambda m: entity(m, "README.md").update({"@id": "READ ME.md"}),
    lambda m: entity(m, "README.md").update({"@type": "Text"}),
    lambda m: entity(m, "README.md").update(author={"@id": "#a", "name": "nested"}),
    lambda m: entity(m, "README.md").update(exampleOfWork={"@id": "#parameter"}),
    lambda m: m["@graph"].append({"@id": "#p", "@type": "FormalParameter"}),
    lambda m: m["@graph"].append(dict(entity(m, "README.md"))),
    lambda m: m.update({"@context": []}),
    lambda m: next(e for e in m["@graph"] if e["@type"] == "CreateAction").pop("instrument"),
    lambda m: next(e for e in m["@graph"] if e["@type"] == "CreateAction").update(
        instrument={"@id": "README.md"}
    ),
    lambda m: next(e for e in m["@graph"] if e["@type"] == "CreateAction")["result"].append(
        {"@id": "results/nowhere.csv"}
    ),
    lambda m: m["@graph"].remove(next(e for e in m["@graph"] if e["@type"] == "CreateAction")),
]


@pytest.mark.parametrize("spoil", SPOILERS, ids=range(len(SPOILERS)))
def test_a_crate_that_breaks_one_is_told(metadata, files, spoil):
    spoil(metadata)
    assert broken(metadata, uris(files))


def test_every_must_can_be_broken(metadata, files):
    told = set()
    for spoil in SPOILERS:
        spoiled = copy.deepcopy(metadata)
        spoil(spoiled)
        told.update(broken(spoiled, uris(files)))
    assert told == set(MUSTS)


def test_what_the_run_read_and_made(metadata):
    run = next(each for each in metadata["@graph"] if each["@type"] == "CreateAction")
    read, made = ({each["@id"] for each in run[key]} for key in ("object", "result"))
    assert read == {"config.yaml", "data/raw/town/codebook.yaml", "#data/raw/town/responses.csv"}
    assert all(name.startswith("results/") for name in made) and len(made) == 5
    assert (run["startTime"], run["endTime"]) == ("2026-03-02T10:00:00Z", "2026-03-02T10:01:00Z")
    raw = entity(metadata, "#data/raw/town/responses.csv")
    assert raw["@type"] == "CreativeWork" and raw["sha256"] == "ab" * 32


def test_without_records_of_the_jobs_there_are_no_times(files, cited, datasets, code):
    record = {"started": None, "ended": None, "rules": {}}
    metadata = json.loads(crate(files, cited, datasets, record, code))
    assert broken(metadata, uris(files)) == []
    run = next(each for each in metadata["@graph"] if each["@type"] == "CreateAction")
    assert not {"startTime", "endTime"} & set(run)


def test_without_git_no_commit_is_claimed(files, cited, datasets, record):
    code = {"commit": None, "clean": None, "sha256": "cd" * 32}
    workflow = entity(json.loads(crate(files, cited, datasets, record, code)), "Snakefile")
    assert workflow["description"] == f"sha256 of all code files: {'cd' * 32}"


def test_people_by_their_orcid_and_groups_by_name(metadata):
    assert entity(metadata, "https://orcid.org/0000-0002-1825-0097")["@type"] == "Person"
    assert entity(metadata, "#A%20group")["@type"] == "Organization"


@pytest.mark.parametrize(
    ("path", "uri"),
    [("a/b.csv", "a/b.csv"), ("50% of it.csv", "50%25%20of%20it.csv"), ("面试.md", "面试.md")],
)
def test_paths_as_uris(path, uri):
    assert identifier(path) == uri
