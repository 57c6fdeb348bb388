"""Personal tokens planted in a raw export are in no draft, in none of its comments, in no check."""

import pytest
from exports import FILES, SECOND_FILE, write_spoiled, write_study
from planted import TOKENS
from respondents import AGE, GENDER, ITEMS
from unpacked import left_behind

from grassroots.checking.report import check_study
from grassroots.drafting.__main__ import main
from grassroots.study.load import load_study

VALUES = [token.value for token in TOKENS]
OTHERS = ["192.0.2.7", "10:05:07"]


@pytest.fixture
def study(tmp_path):
    """Write the study of one dataset into a folder."""

    def write(dataset):
        write_study(tmp_path, [dataset])
        return tmp_path

    return write


def left_outside(root, dataset, said):
    """Where a token stands that is neither in the raw files nor, of interviews, beside them."""
    raw = {FILES[dataset][0], SECOND_FILE.get(dataset, ""), "interviews.csv"}
    texts = {
        str(path.relative_to(root)): path.read_text("utf-8", errors="replace")
        for path in root.rglob("*")
        if path.is_file() and path.name not in raw
    }
    return left_behind([], texts | {"what was said": said}, [*VALUES, *OTHERS])


@pytest.mark.parametrize("dataset", FILES)
def test_a_check_says_none(study, dataset):
    root = study(dataset)
    said, status = check_study(root)
    assert status == 0, said
    assert left_outside(root, dataset, said) == []


@pytest.mark.parametrize("dataset", FILES)
def test_a_draft_holds_none(study, dataset, capsys):
    root = study(dataset)
    folder = root / "data/raw" / dataset
    (folder / "codebook.yaml").unlink()
    assert main(["city", dataset, "leaks"], root) == 0
    file = f"data/raw/{dataset}/{FILES[dataset][0]}"
    # Of names v1, v2 ... with labels nobody can tell where a scale begins.
    assert main(["protocol", "mine", file], root) == (dataset == "spss")
    drafted = (folder / "codebook.yaml").read_text("utf-8")
    checked, _ = check_study(root)
    told = capsys.readouterr()
    assert left_outside(root, dataset, told.out + told.err + checked) == []
    assert "male" in drafted and "mood:" in drafted


@pytest.mark.parametrize(("number", "dataset"), list(enumerate(FILES)))
def test_a_token_in_a_mapped_column_is_refused_and_masked(tmp_path, number, dataset, capsys):
    places = (ITEMS[1], GENDER, AGE)
    cases = [
        (f"t{place}", token.value, places[(place + number) % 3])
        for place, token in enumerate(TOKENS)
        if place % 5 == number % 5 and token.kind != "latitude"
    ]
    write_spoiled(tmp_path, cases, dataset)
    loaded = load_study(tmp_path)
    assert set(loaded.left_out) == {name for name, *_ in cases}
    found = {name: {fault.code for fault in faults} for name, faults in loaded.left_out.items()}
    for name, codes in found.items():
        token = TOKENS[int(name[1:])]
        assert codes & {"D201", "D202", "D204", "D207"}, (token, codes)
        assert not token.alone or "D204" in codes, (token, codes)
    said, status = check_study(tmp_path)
    assert status == 1
    for name, *_ in cases:
        (tmp_path / "data/raw" / name / "codebook.yaml").unlink()
        assert main(["city", name, "leaks"], tmp_path) == 0
    again, _ = check_study(tmp_path)
    told = capsys.readouterr()
    assert left_outside(tmp_path, dataset, said + again + told.out + told.err) == []
