"""The whole study read from its files: what every run starts with.

Fails with StudyError if config.yaml, a protocol or an instrument has a fault. A dataset whose
own files have a fault is left out, with its faults.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grassroots.study.claims import Claims
from grassroots.study.codebook import Codebook
from grassroots.study.codebook_checks import codebook_faults
from grassroots.study.config import Config
from grassroots.study.config_checks import config_faults
from grassroots.study.documents import Document, read_document, without_unfilled
from grassroots.study.evidence_checks import evidence_faults
from grassroots.study.faults import NOTHING, Fault, StudyError, nearest_name
from grassroots.study.instrument import Instrument
from grassroots.study.instrument_checks import instrument_faults
from grassroots.study.interview_checks import interview_faults
from grassroots.study.label_checks import instrument_label_faults, protocol_label_faults
from grassroots.study.measurement_checks import measurement_faults
from grassroots.study.protocol import Protocol
from grassroots.study.protocol_checks import protocol_faults
from grassroots.study.raw_checks import RawCheck, check_raw
from grassroots.study.reporting_checks import reporting_faults


@dataclass(frozen=True)
class Dataset:
    """One dataset that can be built."""

    name: str
    codebook: Codebook
    claims: Claims | None
    protocol: Protocol
    instruments: Mapping[str, Instrument]

    @property
    def raw_file(self) -> str:
        """The raw file, from the project's folder."""
        return f"data/raw/{self.name}/{self.codebook.file}"

    @property
    def second_file(self) -> str:
        """The other export of the same survey, from the project's folder; empty if none."""
        declared = self.codebook.second_file
        return f"data/raw/{self.name}/{declared}" if declared else ""

    @property
    def interview_file(self) -> str:
        """The file of coded interviews, from the project's folder; empty if there is none."""
        declared = self.codebook.interviews
        return f"data/raw/{self.name}/{declared.file}" if declared else ""


@dataclass(frozen=True)
class Study:
    """The configuration, the datasets that can be built, and the faults of those that cannot.

    `raw` tells of each raw file that was read what was recognised of it.
    """

    config: Config
    datasets: Mapping[str, Dataset]
    left_out: Mapping[str, list[Fault]]
    raw: Mapping[str, RawCheck] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of messages."""
        return self.config.languages[0]

    def dataset(self, name: str) -> Dataset:
        """The dataset of this name; StudyError if it is left out or there is none."""
        if name in self.datasets:
            return self.datasets[name]
        near = nearest_name(name, self.datasets)
        words = {"dataset": name, "existing": ", ".join(self.datasets)}
        unknown = Fault("C120", "config.yaml", words=words, nearest=near)
        raise StudyError(self.left_out.get(name, [unknown]), self.language)


def load_study(
    root: Path,
    overrides: Mapping[str, Any] | None = None,
    only: Collection[str] | None = None,
) -> Study:
    """Read and check every file of the study under `root`; see the module's docstring.

    Of the datasets' own files, those of `only` if it is given: a job of one dataset that is run on
    another machine need not read the raw files of three hundred.
    """
    config, faults = read_document(root, "config.yaml", Config, dict(overrides or {}))
    if config is None or faults:
        raise StudyError(faults, "en")
    language = config.model.languages[0]
    protocols, faults = _read_protocols(root, config)
    faults += config_faults(root, config)
    instruments, more = _read_instruments(root, protocols)
    faults += more
    for protocol in protocols.values():
        known = {
            name: instruments[name] for name in protocol.model.instruments if name in instruments
        }
        if set(known) == set(protocol.model.instruments):
            faults += protocol_faults(protocol, known)
            faults += measurement_faults(protocol, {n: d.model for n, d in known.items()})
    if faults:
        raise StudyError(faults, language)
    datasets: dict[str, Dataset] = {}
    left_out: dict[str, list[Fault]] = {}
    raw: dict[str, RawCheck] = {}
    for name, entry in config.model.datasets.items():
        if only is not None and name not in only:
            continue
        protocol = protocols[entry.protocol]
        known = {i: instruments[i].model for i in protocol.model.instruments}
        dataset, faults, found = _read_dataset(root, name, entry.protocol, protocol.model, known)
        if found.recognised:
            raw[name] = found
        if faults:
            left_out[name] = faults
        else:
            datasets[name] = dataset
    return Study(config.model, datasets, left_out, raw)


def _read_protocols(
    root: Path, config: Document[Config]
) -> tuple[dict[str, Document[Protocol]], list[Fault]]:
    protocols: dict[str, Document[Protocol]] = {}
    faults: list[Fault] = []
    existing = sorted(path.stem for path in (root / "protocols").glob("*.yaml"))
    for dataset, entry in config.model.datasets.items():
        if entry.protocol in protocols:
            continue
        if entry.protocol not in existing:
            near = nearest_name(entry.protocol, existing)
            faults.append(
                config.fault(
                    "C101",
                    ("datasets", dataset, "protocol"),
                    nearest=near,
                    edit=f"protocol: {near}" if near else "",
                    protocol=entry.protocol,
                    existing=", ".join(existing) or NOTHING,
                )
            )
            continue
        document, found = read_document(root, f"protocols/{entry.protocol}.yaml", Protocol)
        faults += found
        if document is not None:
            protocols[entry.protocol] = document
            faults += protocol_label_faults(document)
    return protocols, faults


def _read_instruments(
    root: Path, protocols: Mapping[str, Document[Protocol]]
) -> tuple[dict[str, Document[Instrument]], list[Fault]]:
    instruments: dict[str, Document[Instrument]] = {}
    faults: list[Fault] = []
    folder = root / "protocols" / "instruments"
    existing = sorted(path.stem for path in folder.glob("*.yaml"))
    for protocol in protocols.values():
        for index, name in enumerate(protocol.model.instruments):
            if name in instruments:
                continue
            if name not in existing:
                faults.append(
                    protocol.fault(
                        "P101",
                        ("instruments", index),
                        nearest=nearest_name(name, existing),
                        instrument=name,
                        existing=", ".join(existing) or NOTHING,
                    )
                )
                continue
            document, found = read_document(root, f"protocols/instruments/{name}.yaml", Instrument)
            faults += found
            if document is not None:
                instruments[name] = document
                faults += instrument_faults(document)
                faults += instrument_label_faults(document)
    return instruments, faults


def _read_dataset(
    root: Path,
    name: str,
    follows: str,
    protocol: Protocol,
    instruments: Mapping[str, Instrument],
) -> tuple[Dataset | None, list[Fault], RawCheck]:
    folder = f"data/raw/{name}"
    codebook, faults = read_document(root, f"{folder}/codebook.yaml", Codebook)
    if not (root / folder / "codebook.yaml").is_file():
        faults = [
            replace(fault, edit=f"make city NAME={name} PROTOCOL={follows}") for fault in faults
        ]
    claims = None
    if (root / folder / "claims.yaml").exists():
        claims, found = read_document(root, f"{folder}/claims.yaml", Claims)
        faults = faults + found
        if claims is not None:
            faults = faults + evidence_faults(claims, protocol, instruments)
    if codebook is None:
        return None, faults, RawCheck([])
    found = without_unfilled(codebook_faults(codebook, protocol, instruments), faults)
    checked = RawCheck(found)
    if not found:
        checked = check_raw(root, name, codebook, protocol, instruments)
    faults = faults + without_unfilled(checked.faults, faults)
    faults = faults + interview_faults(root, name, codebook, protocol)
    faults = faults + reporting_faults(root, codebook)
    dataset = Dataset(name, codebook.model, claims and claims.model, protocol, instruments)
    return dataset, faults, checked
