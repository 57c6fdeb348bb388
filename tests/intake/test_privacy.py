"""Personal tokens planted in a raw export leave the reader by no way."""

import importlib

import pytest
from exports import FILES, INSTRUMENT, SECOND_FILE, WRITERS, codebook
from planted import TOKENS
from respondents import planted_answers
from unpacked import left_behind

from grassroots.intake.pair import read_export
from grassroots.intake.plan import mapping_plan
from grassroots.run.tables import write_columns
from grassroots.study.codebook import Codebook
from grassroots.study.instrument import Instrument

PLATFORM = {name: name for name in ("qualtrics", "limesurvey", "kobo")} | {"spss": "plain"}
VALUES = [token.value for token in TOKENS]


@pytest.mark.parametrize("dataset", FILES)
def test_planted_tokens_reach_no_byte_of_what_intake_writes(tmp_path, dataset):
    read_responses = importlib.import_module("read_responses")
    path = tmp_path / FILES[dataset][0]
    names = WRITERS[dataset](path, planted_answers())
    declared = Codebook.model_validate(codebook(dataset, names))
    plan = mapping_plan(declared, {"mood": Instrument.model_validate(INSTRUMENT)})
    files = [path, *(tmp_path / name for name in [SECOND_FILE.get(dataset)] if name)]
    export = read_export(files, {"joined_on": "序号"})
    assert export.platform == PLATFORM.get(dataset, "wenjuanxing")
    responses = read_responses.main(export.raw, plan)
    out = tmp_path / "out"
    out.mkdir()
    write_columns(responses, out / "responses.parquet")
    read = read_responses.source(files, export)
    texts = {"responses": repr(responses), "source": str(read)}
    assert left_behind([out], texts, [*VALUES, "192.0.2.7", "10:05:07"]) == []
    assert "2026-03-02" in repr(responses)
    assert len(set(responses["mood" if "mood" in responses else "m1"])) == 5
