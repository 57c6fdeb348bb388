"""Personal tokens planted in a raw export leave the reader by no way."""

import importlib

import pytest
from exports import FILES, INSTRUMENT, WRITERS, codebook, planted_answers
from planted import TOKENS
from unpacked import left_behind

from grassroots.intake.plan import mapping_plan
from grassroots.intake.recognition import recognise
from grassroots.run.tables import write_columns
from grassroots.study.codebook import Codebook
from grassroots.study.instrument import Instrument

VALUES = [token.value for token in TOKENS]


@pytest.mark.parametrize("dataset", FILES)
def test_planted_tokens_reach_no_byte_of_what_intake_writes(tmp_path, dataset):
    read_responses = importlib.import_module("read_responses")
    name, file_format = FILES[dataset]
    path = tmp_path / name
    names = WRITERS[dataset](path, planted_answers())
    declared = Codebook.model_validate(codebook(name, file_format, names))
    plan = mapping_plan(declared, {"mood": Instrument.model_validate(INSTRUMENT)})
    export = recognise(path)
    responses = read_responses.main(export.raw, plan)
    out = tmp_path / "out"
    out.mkdir()
    write_columns(responses, out / "responses.parquet")
    read = read_responses.source([path], export)
    texts = {"responses": repr(responses), "source": str(read)}
    assert left_behind([out], texts, [*VALUES, "192.0.2.7", "10:05:07"]) == []
    assert "2026-03-02" in repr(responses)
    assert len(set(responses["mood" if "mood" in responses else "m1"])) == 5
