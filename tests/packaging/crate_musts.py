"""The MUSTs that a Workflow Run Crate has to keep, each with the sentence that asks for it.

RO-Crate 1.1 (docs/1.1 of ResearchObject/ro-crate: root-data-entity.md, data-entities.md,
appendix/jsonld.md), Workflow RO-Crate 1.0 (Workflow-RO-Crate/1.0/index.md of workflowhub-eu/about),
Process Run Crate 0.5 and Workflow Run Crate 0.5 (docs/profiles/0.5/*/index.md of
ResearchObject/workflow-run-crate). A MUST about something that this package does not have (CWL
descriptions, diagrams, formal parameters, container images) is kept by not having it.
"""

import re
from collections.abc import Callable, Collection
from typing import Any

Entity = dict[str, Any]
FILE_KINDS = {"File", "SoftwareSourceCode", "ComputationalWorkflow"}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?")


class Crate:
    """A parsed ro-crate-metadata.json, and the names of the files beside it."""

    def __init__(self, metadata: dict[str, Any], files: Collection[str]) -> None:
        self.metadata = metadata
        self.graph: list[Entity] = metadata["@graph"]
        self.files = set(files)
        self.by_id = {entity["@id"]: entity for entity in self.graph}

    @property
    def descriptor(self) -> Entity:
        return self.by_id["ro-crate-metadata.json"]

    @property
    def root(self) -> Entity:
        return self.by_id[self.descriptor["about"]["@id"]]

    @property
    def workflow(self) -> Entity:
        return self.by_id[self.root["mainEntity"]["@id"]]

    @property
    def actions(self) -> list[Entity]:
        return [entity for entity in self.graph if "CreateAction" in listed(entity["@type"])]

    def data_files(self) -> list[Entity]:
        return [entity for entity in self.graph if "File" in listed(entity["@type"])]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def referred(value: Any) -> list[str]:
    return [each["@id"] for each in listed(value)]


def flat(crate: Crate) -> bool:
    """Only references are nested: an @id and nothing else."""
    inner = [
        value
        for entity in crate.graph
        for key, values in entity.items()
        for value in listed(values)
        if isinstance(value, dict)
    ]
    return all(set(value) == {"@id"} for value in inner)


def is_uri_reference(text: str) -> bool:
    return not re.search(r'[\s<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})', text)


MUSTS: dict[str, Callable[[Crate], object]] = {
    # RO-Crate 1.1, root-data-entity.md
    "RO-Crate JSON-LD MUST contain a self-describing RO-Crate Metadata File Descriptor with the "
    "@id value ro-crate-metadata.json ... and @type CreativeWork": lambda c: (
        c.descriptor["@type"] == "CreativeWork"
    ),
    "This descriptor MUST have an about property referencing the Root Data Entity": lambda c: (
        c.descriptor["about"] == {"@id": "./"} and c.root
    ),
    "conformsTo SHOULD be a versioned permalink URI ... start with https://w3id.org/ro/crate/ (by "
    "which the root is found)": lambda c: (
        "https://w3id.org/ro/crate/1.1" in referred(c.descriptor["conformsTo"])
    ),
    "@type: MUST be Dataset": lambda c: c.root["@type"] == "Dataset",
    "@id: MUST end with / and SHOULD be the string ./": lambda c: c.root["@id"] == "./",
    "The Root Data Entity MUST have the following properties: name, description": lambda c: (
        c.root["name"].strip() and c.root["description"].strip()
    ),
    "datePublished: MUST be a string in ISO 8601 date format": lambda c: (
        DATE.fullmatch(c.root["datePublished"])
    ),
    "license: SHOULD link to a Contextual Entity ... with a name and description": lambda c: (
        {"name", "description"} <= set(c.by_id[c.root["license"]["@id"]])
    ),
    # RO-Crate 1.1, data-entities.md
    "Where files and folders are represented as Data Entities ..., these MUST be linked to, either "
    "directly or indirectly, from the Root Data Entity using the hasPart property": lambda c: (
        {entity["@id"] for entity in c.data_files()} == set(referred(c.root["hasPart"]))
    ),
    "Data Entities representing files MUST have File as a value for @type": lambda c: all(
        "File" in listed(c.by_id[part]["@type"]) for part in referred(c.root["hasPart"])
    ),
    "@id MUST be either a URI Path relative to the RO Crate root, or an absolute URI": lambda c: (
        all(entity["@id"] in c.files for entity in c.data_files())
    ),
    "all @id identifiers must be valid URI references": lambda c: (
        all(map(is_uri_reference, c.by_id))
    ),
    # RO-Crate 1.1, appendix/jsonld.md
    "The RO-Crate JSON-LD Context may either be set by reference ... or by value": lambda c: (
        "https://w3id.org/ro/crate/1.1/context" in c.metadata["@context"]
    ),
    "Properties referencing entities must use a JSON object with @id as the only key": flat,
    "all described entities must be ... direct children of the @graph element": lambda c: (
        len(c.by_id) == len(c.graph) and all("@type" in entity for entity in c.graph)
    ),
    # Workflow RO-Crate 1.0
    "The Crate MUST contain a data entity of type [File, SoftwareSourceCode, "
    "ComputationalWorkflow] as the Main Workflow": lambda c: (
        FILE_KINDS <= set(c.workflow["@type"])
    ),
    "The Crate MUST refer to the Main Workflow via mainEntity": lambda c: (
        c.root["mainEntity"]["@id"] in c.files
    ),
    "The Main Workflow MUST refer to its type via programmingLanguage": lambda c: (
        c.by_id[c.workflow["programmingLanguage"]["@id"]]["@type"] == "ComputerLanguage"
    ),
    "The Crate MUST specify a license": lambda c: c.root["license"],
    # Process Run Crate 0.5
    "(process) conformsTo MUST reference a CreativeWork entity with an @id URI that is consistent "
    "with the versioned Permalink of this document": lambda c: conforms(c, "process/0.5"),
    "CreateAction: @type, @id: MUST; instrument MUST: Identifier of the executed tool": lambda c: (
        c.actions and all(action["instrument"]["@id"] in c.by_id for action in c.actions)
    ),
    "SoftwareApplication: @type, @id: MUST": lambda c: all(
        c.by_id[action["instrument"]["@id"]]["@type"] for action in c.actions
    ),
    "(actions) SHOULD be listed under mentions of the root data entity": lambda c: (
        [action["@id"] for action in c.actions] == referred(c.root["mentions"])
    ),
    # Workflow Run Crate 0.5
    "(workflow) Array MUST reference a CreativeWork entity with an @id URI that is consistent with "
    "the versioned Permalink of this document": lambda c: conforms(c, "workflow/0.5"),
    "CreateAction instances corresponding to its execution (thus having the main workflow as "
    "instrument) MUST be described": lambda c: all(
        action["instrument"]["@id"] == c.workflow["@id"] for action in c.actions
    ),
    "FormalParameter.additionalType MUST (there are none)": lambda c: all(
        "additionalType" in entity for entity in c.graph if entity["@type"] == "FormalParameter"
    ),
    "An object item that does not match a slot in the workflow's input interface ... MUST NOT "
    "refer to a FormalParameter": lambda c: not any("exampleOfWork" in each for each in c.graph),
    # What is said of inputs and results leads somewhere.
    "(object and result: the identifier of one or more entities of the RO-Crate)": lambda c: all(
        set(referred(action["object"])) | set(referred(action["result"])) <= set(c.by_id)
        for action in c.actions
    ),
}  # fmt: skip


def conforms(crate: Crate, profile: str) -> bool:
    uri = f"https://w3id.org/ro/wfrun/{profile}"
    return uri in referred(crate.root["conformsTo"]) and crate.by_id[uri]["@type"] == "CreativeWork"


def broken(metadata: dict[str, Any], files: Collection[str]) -> list[str]:
    """The MUSTs that a crate does not keep; what cannot even be looked up is broken too."""
    crate = Crate(metadata, files)

    def kept(holds: Callable[[Crate], object]) -> bool:
        try:
            return bool(holds(crate))
        except (KeyError, TypeError):
            return False

    return [said for said, holds in MUSTS.items() if not kept(holds)]
