"""The twin of a dataset as the command writes it."""

import shutil

import numpy as np
import pytest

from grassroots.intake.mapping import map_responses
from grassroots.intake.plan import mapping_plan
from grassroots.intake.reading import read_raw
from grassroots.study.load import load_study
from grassroots.twin.__main__ import main, numbers, read_original
from grassroots.twin.people import original_people

PROTOCOLS = {"city_s": "psm_burnout", "m_county": "burnout_correlates", "jincheng": "work_pressure"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, root):
    """The three civil servants' studies with their twins, which the configuration names too."""
    folder = tmp_path_factory.mktemp("twins")
    for name in ("config.yaml", "protocols", "data"):
        source = root / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    for name in PROTOCOLS:
        assert main([name], folder) == 0
    config = folder / "config.yaml"
    lines = "".join(f"  {name}_twin:\n    protocol: {own}\n" for name, own in PROTOCOLS.items())
    config.write_text(config.read_text("utf-8").replace("datasets:\n", f"datasets:\n{lines}"))
    return folder


@pytest.fixture(scope="module")
def study(folder):
    return load_study(folder)


def people(folder, study, name):
    return read_original(folder, study, study.datasets[name])[1]


def item_scores(original, instrument):
    """(people, items) with reverse-keyed items turned."""
    found = np.column_stack([numbers(original.numbers[item], {}) for item in instrument.items])
    for place, item in enumerate(instrument.items):
        if item in instrument.reversed:
            found[:, place] = instrument.response.min + instrument.response.max - found[:, place]
    return found


def alpha(scores):
    known = scores[np.isfinite(scores).all(axis=1)]
    k = known.shape[1]
    return k / (k - 1) * (1 - known.var(axis=0, ddof=1).sum() / known.sum(axis=1).var(ddof=1))


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_twin_fits_its_own_codebook(study, name):
    assert dict(study.left_out) == {}
    twin, original = study.datasets[f"{name}_twin"], study.datasets[name]
    assert twin.codebook.simulated
    assert twin.codebook.title.en.startswith("Synthetic twin")
    assert "合成" in twin.codebook.title.zh
    assert "synthetic" in twin.codebook.licence.name.en
    assert twin.codebook.format == original.codebook.format
    assert twin.codebook.scales == original.codebook.scales
    assert twin.codebook.background == original.codebook.background
    assert twin.codebook.meta.address is None
    assert twin.claims is None and twin.codebook.interviews is None


@pytest.mark.parametrize("name", PROTOCOLS)
def test_the_file_has_the_mapped_columns_and_a_mark_in_every_row(folder, study, name):
    codebook = study.datasets[f"{name}_twin"].codebook
    path = folder / f"data/raw/{name}_twin/{codebook.file}"
    raw = read_raw(path, codebook.format)
    original = read_raw(folder / study.datasets[name].raw_file, codebook.format)
    assert raw.columns[0] == "SYNTHETIC"
    assert all("synthetic" in str(cell) for cell in raw.values("SYNTHETIC"))
    assert set(raw.columns) - {"SYNTHETIC"} < set(original.columns)
    assert not {"来自IP", "ip", "序号", "index", "来源详情"} & set(raw.columns)
    content = path.read_bytes()
    assert all(network not in content for network in (b"192.0.2.", b"198.51.100.", b"203.0.113."))


@pytest.mark.parametrize("name", PROTOCOLS)
def test_correlations_and_alpha_lie_within_sampling_error(folder, study, name):
    before, after = people(folder, study, name), people(folder, study, f"{name}_twin")
    assert abs(before.n - after.n) == 0
    for instrument in study.datasets[name].instruments.values():
        one, two = item_scores(before, instrument), item_scores(after, instrument)
        k, n = one.shape[1], before.n
        # Feldt (1965) and van Zyl et al. (2000): the sampling error of alpha, items much alike.
        error = (1 - alpha(one)) * np.sqrt(2 * k / ((k - 1) * n))
        assert abs(alpha(one) - alpha(two)) < 3 * error
        r = [correlations(scores) for scores in (one, two)]
        pairs = ~np.eye(k, dtype=bool)
        gaps = (np.abs(r[0] - r[1]) * np.sqrt(n))[pairs] / (1 - r[0] ** 2)[pairs]
        assert gaps.max() < 4
        assert gaps.mean() < 1.2
        means = np.nanmean(one, axis=0) - np.nanmean(two, axis=0)
        assert (np.abs(means) < 4 * np.nanstd(one, axis=0) / np.sqrt(n)).all()


def correlations(scores):
    return np.ma.corrcoef(np.ma.masked_invalid(scores), rowvar=False).filled(0)


@pytest.mark.parametrize("name", PROTOCOLS)
def test_no_row_is_anybodys(folder, study, name):
    rows = []
    for each in (people(folder, study, name), people(folder, study, f"{name}_twin")):
        columns = (each.levels | each.numbers).values()
        rows.append(list(zip(*columns, strict=True)))
    assert len(rows[0]) > 300 and len(rows[0][0]) > 20
    assert set(rows[0]).isdisjoint(rows[1])


@pytest.mark.parametrize("name", PROTOCOLS)
def test_no_level_and_no_answer_belongs_to_a_few(folder, study, name):
    before, after = people(folder, study, name), people(folder, study, f"{name}_twin")
    for column, answers in (before.levels | before.numbers).items():
        rare = {each for each in answers if each is not None and answers.count(each) < 5}
        assert rare.isdisjoint((after.levels | after.numbers)[column]), column


def test_the_readme_says_how_close_it_is(folder):
    text = (folder / "data/raw/jincheng_twin/README.md").read_text("utf-8")
    assert "SYNTHETIC" in text and "合成数据" in text
    assert "| share of a category | 178 |" in text
    assert "| twin to the nearest real person |" in text
    assert "0 rows of the twin are" in text
    assert "differential privacy" in text
    assert max(map(len, (line for line in text.splitlines() if line.isascii()))) <= 110


def test_the_same_seed_makes_the_same_bytes(folder, root, tmp_path):
    for name in ("config.yaml", "protocols", "data"):
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, tmp_path / name)
    assert main(["jincheng"], tmp_path) == 0
    for file in ("responses.sav", "codebook.yaml", "README.md"):
        path = f"data/raw/jincheng_twin/{file}"
        assert (tmp_path / path).read_bytes() == (folder / path).read_bytes()


def test_an_unknown_dataset_is_named_with_the_nearest(folder, capsys):
    assert main(["jinchen"], folder) == 1
    said = capsys.readouterr().err
    assert "[C120]" in said and "nearest: jincheng" in said and "make twin NAME=jincheng" in said


def test_nothing_is_overwritten(folder, capsys):
    readme = folder / "data/raw/m_county_twin/README.md"
    before = readme.read_bytes()
    assert main(["m_county"], folder) == 1
    assert "[C121] data/raw/m_county_twin" in capsys.readouterr().err
    assert readme.read_bytes() == before


def test_without_a_name_it_says_what_to_write(folder, capsys):
    assert main([], folder) == 2
    assert "NAME=" in capsys.readouterr().err


def test_a_dataset_that_is_left_out_has_its_own_faults(folder, tmp_path, capsys):
    for name in ("config.yaml", "protocols", "data"):
        copy = shutil.copytree if (folder / name).is_dir() else shutil.copy
        copy(folder / name, tmp_path / name)
    codebook = tmp_path / "data/raw/city_s/codebook.yaml"
    codebook.write_text(codebook.read_text("utf-8").replace("file: responses.xlsx", "file: r.xlsx"))
    assert main(["city_s"], tmp_path) == 1
    assert "[S101]" in capsys.readouterr().err


def test_too_few_people_are_refused(folder, tmp_path, capsys):
    for name in ("config.yaml", "protocols", "data"):
        copy = shutil.copytree if (folder / name).is_dir() else shutil.copy
        copy(folder / name, tmp_path / name)
    raw = tmp_path / "data/raw/political_democracy/responses.csv"
    raw.write_text("".join(raw.read_text("utf-8").splitlines(keepends=True)[:20]), "utf-8")
    assert main(["political_democracy"], tmp_path) == 1
    assert "[C122]" in capsys.readouterr().err
    assert not (tmp_path / "data/raw/political_democracy_twin").exists()


def test_who_refused_or_failed_is_not_learnt_from(study, folder):
    dataset = study.datasets["m_county"]
    raw = read_raw(folder / dataset.raw_file, "csv")
    responses, _ = map_responses(raw, mapping_plan(dataset.codebook, dataset.instruments))
    levels = dict.fromkeys(responses.background, True)
    found = original_people(responses, levels)
    assert (found.n, found.refused, found.failed) == (600, 12, 31)
