"""ro-crate-metadata.json: what is in the package and which run made it.

A Workflow Run Crate 0.5 (Leo et al. 2024), which is a Process Run Crate 0.5 and a Workflow RO-Crate
1.0, all by RO-Crate 1.1. tests/packaging/test_crate.py holds each MUST of the four. It is written
here rather than by the library `rocrate`, which copies files, stamps the clock and draws ids at
random: the same run shall give the same bytes.
"""

import json
import mimetypes
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from grassroots.packaging.citation import Author, Cited
from grassroots.packaging.version import sha256

Entity = dict[str, Any]

METADATA = "ro-crate-metadata.json"
WORKFLOW = "Snakefile"
RUN_RECORD = "run-record.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
WORKFLOW_CRATE = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"
PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": ("Process Run Crate", "0.5"),
    "https://w3id.org/ro/wfrun/workflow/0.5": ("Workflow Run Crate", "0.5"),
    WORKFLOW_CRATE: ("Workflow RO-Crate", "1.0"),
}
SNAKEMAKE = "https://w3id.org/workflowhub/workflow-ro-crate#snakemake"
# What Python's own table does not know, or not everywhere.
MEDIA_TYPES = {
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".tex": "application/x-tex",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".smk": "text/x-python",
    ".j2": "text/plain",
    ".R": "text/plain",
    ".cff": "application/yaml",
    ".parquet": "application/vnd.apache.parquet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def crate(
    files: Mapping[str, bytes],
    cited: Cited,
    datasets: Mapping[str, Mapping[str, Any]],
    record: Mapping[str, Any],
    code: Mapping[str, Any],
) -> str:
    """The metadata file as text.

    `files`: every other file of the package; `datasets`: name: title (en), licence, raw (file:
    sha256) of each that is in it; `record`: the run record; `code`: commit, clean, sha256.
    """
    results = [name for name in files if name.startswith("results/")]
    inputs = [name for name in files if name.startswith(("config.yaml", "protocols/", "data/"))]
    raw = [
        _raw(name, path, sha)
        for name, each in datasets.items()
        for path, sha in each["raw"].items()
    ]
    run = _run(files, inputs, raw, results, record)
    graph = [
        _descriptor(),
        _root(files, cited, datasets, record, run["@id"]),
        *({"@id": i, "@type": "CreativeWork", "name": n, "version": v, "url": i}
          for i, (n, v) in PROFILES.items()),
        _workflow(files[WORKFLOW], cited, code),
        {"@id": SNAKEMAKE, "@type": "ComputerLanguage", "name": "Snakemake",
         "identifier": {"@id": "https://doi.org/10.1093/bioinformatics/bts480"},
         "url": {"@id": "https://snakemake.readthedocs.io"}},
        _licence(cited.licence),
        *map(_person, cited.authors),
        run,
        *raw,
        *(_file(name, content, run["@id"]) for name, content in files.items() if name != WORKFLOW),
    ]  # fmt: skip
    context = [f"{SPECIFICATION}/context", "https://w3id.org/ro/terms/workflow-run/context"]
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def identifier(path: str) -> str:
    """A path as a URI path: what may not stand in one is escaped, other scripts are kept."""
    return re.sub(r'[\x00-\x20%"<>\\^`{|}#?\[\]]', lambda m: f"%{ord(m[0]):02X}", path)


def _refer(paths: Iterable[str]) -> list[Entity]:
    return [{"@id": identifier(path)} for path in paths]


def _single(references: list[Entity]) -> Entity | list[Entity]:
    """Compacted, as the specification asks: a list of one is that one."""
    return references[0] if len(references) == 1 else references


def _descriptor() -> Entity:
    return {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": [{"@id": SPECIFICATION}, {"@id": WORKFLOW_CRATE}],
    }


def _root(
    files: Mapping[str, bytes],
    cited: Cited,
    datasets: Mapping[str, Mapping[str, Any]],
    record: Mapping[str, Any],
    run: str,
) -> Entity:
    titles = "; ".join(each["title"] for each in datasets.values())
    licences = "; ".join(f"{name}: {each['licence']}" for name, each in datasets.items())
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{cited.title}: results and code",
        "description": f"{cited.abstract} Results in this package: {titles}.".strip(),
        # The day on which the run ended, not that of packing: one run, one package.
        "datePublished": (record["ended"] or "1980-01-01")[:10],
        "license": {"@id": _licence_id(cited.licence)},
        "conditionsOfAccess": f"The code: {cited.licence}. The data that results were computed "
        f"from have terms of their own: {licences}.",
        "author": _single([{"@id": _person_id(each)} for each in cited.authors]),
        "conformsTo": [{"@id": profile} for profile in PROFILES],
        "mainEntity": {"@id": WORKFLOW},
        "mentions": {"@id": run},
        "hasPart": _refer(files),
    }


def _workflow(content: bytes, cited: Cited, code: Mapping[str, Any]) -> Entity:
    known = {None: "unknown", True: "no other changes", False: "with uncommitted changes"}
    commit = f"commit {code['commit']}, {known[code['clean']]}; " if code["commit"] else ""
    return {
        "@id": WORKFLOW,
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
        "name": cited.software,
        "description": f"{commit}sha256 of all code files: {code['sha256']}",
        "version": cited.version,
        "programmingLanguage": {"@id": SNAKEMAKE},
        "license": {"@id": _licence_id(cited.licence)},
        "author": _single([{"@id": _person_id(each)} for each in cited.authors]),
        "encodingFormat": "text/x-python",
        "sha256": sha256(content),
        **({"codeRepository": cited.repository} if cited.repository else {}),
    }


def _run(
    files: Mapping[str, bytes],
    inputs: Iterable[str],
    raw: Iterable[Entity],
    results: Iterable[str],
    record: Mapping[str, Any],
) -> Entity:
    made = "".join(f"{sha256(files[name])}  {name}\n" for name in results)
    times = {"startTime": record["started"], "endTime": record["ended"]}
    return {
        "@id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, sha256(made.encode()))}",
        "@type": "CreateAction",
        "name": "The run that made the results",
        "description": "make study (snakemake --cores 4)",
        "instrument": {"@id": WORKFLOW},
        "object": [*_refer(inputs), *({"@id": each["@id"]} for each in raw)],
        "result": _refer(results),
        "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
        **{key: time for key, time in times.items() if time},
    }


def _raw(dataset: str, path: str, digest: str) -> Entity:
    """A raw file, which is not in the package: its digest lets somebody who has it compare."""
    return {
        "@id": f"#{identifier(path)}",
        "@type": "CreativeWork",
        "name": path,
        "description": f"A raw file of {dataset}, which is not in this package.",
        "sha256": digest,
    }


def _file(name: str, content: bytes, run: str) -> Entity:
    entity: Entity = {
        "@id": identifier(name),
        "@type": "File",
        "name": name,
        "encodingFormat": _media_type(name),
        "contentSize": str(len(content)),
        "sha256": sha256(content),
    }
    if name == RUN_RECORD:
        entity |= {"name": "Machine, versions, seconds of each rule", "about": {"@id": run}}
    if name == "README.md":
        entity["about"] = {"@id": "./"}
    return entity


def _media_type(name: str) -> str:
    ending = name[name.rfind(".") :] if "." in name.rsplit("/", 1)[-1] else ""
    return MEDIA_TYPES.get(ending) or mimetypes.guess_type(name)[0] or "text/plain"


def _licence_id(licence: str) -> str:
    return f"https://spdx.org/licenses/{licence}"


def _licence(licence: str) -> Entity:
    return {
        "@id": _licence_id(licence),
        "@type": "CreativeWork",
        "name": licence,
        "description": f"The licence {licence} of the SPDX list; its text is in LICENSE.",
    }


def _person_id(author: Author) -> str:
    return f"https://orcid.org/{author.orcid}" if author.orcid else f"#{identifier(author.name)}"


def _person(author: Author) -> Entity:
    kind = "Person" if author.person else "Organization"
    return {"@id": _person_id(author), "@type": kind, "name": author.name}
