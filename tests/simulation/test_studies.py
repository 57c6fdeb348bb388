"""The simulated files: the same to the byte, and what their pages say they are."""

import pandas as pd
import pytest

import grassroots.simulation.__main__ as simulation
from grassroots.intake.reading import read_raw
from grassroots.simulation.agreement import findings
from grassroots.simulation.survey import simulate, study_files, valid_scores
from grassroots.study import sections
from grassroots.study.load import load_study

STUDIES = simulation.STUDIES
VALID = {"city_s": (320, 344), "m_county": (600, 643), "jincheng": (600, 648)}


@pytest.fixture(scope="module")
def study(root):
    return load_study(root)


@pytest.fixture(scope="module", params=STUDIES)
def simulated(request):
    """The module of one simulated study."""
    return STUDIES[request.param]


@pytest.fixture(scope="module")
def dataset(study, simulated):
    return study.datasets[simulated.SURVEY.dataset]


@pytest.fixture(scope="module")
def files(simulated):
    return study_files(simulated.SURVEY)


@pytest.fixture(scope="module")
def raw(dataset, root):
    return read_raw(root / dataset.raw_file, dataset.codebook.format)


@pytest.fixture(scope="module")
def scores(study, dataset, raw) -> pd.DataFrame:
    """What the workflow makes of the file: read, screened, scored."""
    import read_responses
    import screen_responses
    from grassroots.scoring.scores import score

    responses = pd.DataFrame(read_responses.main(raw, sections.intake(study, dataset)))
    valid = screen_responses.main(responses, sections.screening(study, dataset))["valid"]
    return score(valid, sections.scoring(study, dataset))


def seed_of(simulated) -> int:
    text = (simulated.SURVEY.folder / "README.md").read_text("utf-8")
    return int(text.split("The seed is ")[1].split(":")[0])


def test_the_file_and_its_page_come_out_the_same_to_the_byte(tmp_path, simulated, files):
    simulation.write(simulated, tmp_path)
    for name in (files.codebook.file, "README.md"):
        written = (tmp_path / name).read_bytes()
        assert written == (simulated.SURVEY.folder / name).read_bytes(), name


def test_another_seed_gives_other_answers(tmp_path, simulated, files):
    simulated.write_file(1, tmp_path / "1", files)
    simulated.write_file(2, tmp_path / "2", files)
    assert (tmp_path / "1").read_bytes() != (tmp_path / "2").read_bytes()


def test_as_many_are_valid_with_any_seed(simulated, files):
    survey = simulated.SURVEY
    kinds = survey.kinds
    assert (kinds.valid, kinds.returned) == VALID[survey.dataset]
    for seed in (1, 2, 3):
        assert len(valid_scores(survey, simulate(survey, seed), files)) == kinds.valid


def test_the_workflow_finds_what_the_seed_was_chosen_for(scores, dataset, simulated):
    assert len(scores) == simulated.SURVEY.kinds.valid
    shown = findings(scores, dataset.claims, dataset.protocol)
    # What interviews tell, no answer shows.
    claims = dataset.claims.claims.items()
    of_answers = [n for n, claim in claims if getattr(claim, "table", "") != "themes"]
    assert list(shown) == of_answers
    assert all(shown.values()), shown


def test_the_scores_are_those_that_the_seed_was_chosen_by(scores, dataset, simulated, files):
    survey = simulated.SURVEY
    chosen = valid_scores(survey, simulate(survey, seed_of(simulated)), files)
    scales = sections.scoring(None, dataset)["scales"]
    for scale in scales:
        found = scores[scale].to_numpy()
        assert found == pytest.approx(chosen[scale].to_numpy(), nan_ok=True), scale
    for name in dataset.protocol.background:
        assert scores[name].fillna("").tolist() == chosen[name].tolist(), name


def test_addresses_are_nobody_s(raw, dataset, simulated):
    blocks = ("192.0.2.", "198.51.100.", "203.0.113.")
    addresses = [str(value) for value in raw.values(dataset.codebook.meta.address)]
    assert all(address.startswith(blocks) for address in addresses)
    assert all(address.endswith(simulated.SURVEY.place) for address in addresses)


def test_the_messy_ones_are_flagged_and_hardly_anybody_else(scores, simulated):
    kinds = simulated.SURVEY.kinds
    messy = kinds.random_but_passing + kinds.straight_but_passing + kinds.repeated
    assert 0.8 * messy <= scores["flagged"].sum() <= messy + 0.01 * kinds.valid


def test_city_s_has_the_form_of_the_service_s_xlsx(root):
    import python_calamine

    path = root / "data/raw/city_s/responses.xlsx"
    header, first, *_ = (
        python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    )
    assert header[:6] == ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
    assert header[7] == "2、您的性别"
    assert header.count("题目2") == 4 and "11、第一部分—题目1" in header
    assert first[2].endswith("秒")


def test_m_county_is_a_csv_of_gb18030_with_every_answer_in_words(root):
    content = (root / "data/raw/m_county/responses.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    header, first, *_ = content.decode("gb18030").split("\r\n")
    assert header.split(",")[13:15] == ["8、工作感受—题目1", "题目2"]
    assert set(first.split(",")[13:]) <= {"从不", "偶尔", "有时", "经常", "总是", "(空)", "(跳过)"}


def test_jincheng_is_an_spss_file_with_labels_and_missing_codes(root):
    import pyreadstat

    path = root / "data/raw/jincheng/responses.sav"
    assert path.read_bytes()[:4] == b"$FL2"
    columns, about = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    assert about.variable_value_labels["Q2"][1] == "1.男"
    assert about.missing_ranges["Q12_Row1"] == [{"lo": -3, "hi": -2}]
    assert {-3, -2} < set(columns["Q12_Row1"])
    assert about.column_names_to_labels["Q12_Row2"] == "工作压力(因为工作，我睡不踏实)"
    assert about.creation_time.year == 2026 and about.creation_time.hour == 0
