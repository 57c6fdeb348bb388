"""Every label that a figure may show is looked at for characters that its font lacks."""

from pathlib import Path

from grassroots.study import sections
from grassroots.study.documents import read_document
from grassroots.study.faults import quoted
from grassroots.study.instrument import Instrument
from grassroots.study.label_checks import (
    instrument_label_faults,
    protocol_label_faults,
)
from grassroots.study.load import load_study
from grassroots.study.protocol import Protocol

RARE = "\u752a"


def broken(path: Path, titles: list[str]) -> None:
    """The file with a rare character in each of these Chinese texts."""
    text = path.read_text(encoding="utf-8")
    for title in sorted(set(titles), key=len, reverse=True):
        text = text.replace(f"zh: {title}", f"zh: {RARE}{title}")
    path.write_text(text, encoding="utf-8")


def test_whatever_has_a_name_in_figures_is_looked_at(study_folder: Path):
    """Each label that the section of the figures holds has its fault, and nothing else has."""
    study = load_study(study_folder)
    for name in ("city_s", "political_democracy", "jincheng"):
        dataset = study.datasets[name]
        titles = [
            title["zh"].removesuffix("（探索性）")
            for title in sections.drawing(study, dataset)["names"].values()
        ]
        protocol = f"protocols/{study.config.datasets[name].protocol}.yaml"
        files = [f"protocols/instruments/{each}.yaml" for each in dataset.instruments]
        for file in (protocol, *files):
            broken(study_folder / file, titles)
        found = protocol_label_faults(read_document(study_folder, protocol, Protocol)[0])
        for file in files:
            found += instrument_label_faults(read_document(study_folder, file, Instrument)[0])
        assert {fault.code for fault in found} == {"F112"}
        assert {quoted(f"{RARE}{title}") for title in titles} == {
            fault.words["label"] for fault in found
        }


def test_what_no_figure_shows_may_have_any_character(edit, study_folder: Path):
    edit("protocols/psm_burnout.yaml", "question:\n  en: ", f"question:\n  en: {RARE} ")
    load_study(study_folder)


def test_a_wording_that_may_not_be_shown_is_not_drawn(study_folder: Path):
    file = "protocols/instruments/work_pressure.yaml"
    path = study_folder / file
    path.write_text(path.read_text("utf-8").replace("text_allowed: true", "text_allowed: false"))
    document, _ = read_document(study_folder, file, Instrument)
    worded = [item.text.zh for item in document.model.items.values() if item.text]
    assert worded
    broken(path, worded)
    assert instrument_label_faults(read_document(study_folder, file, Instrument)[0]) == []
