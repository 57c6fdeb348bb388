"""The simulated export of City S: the same to the byte, and what it is said to be."""

import pandas as pd
import pytest

from grassroots.intake.reading import read_raw
from grassroots.simulation import city_s
from grassroots.simulation.agreement import findings
from grassroots.study import sections
from grassroots.study.load import load_study


@pytest.fixture(scope="module")
def study(root):
    return load_study(root)


@pytest.fixture(scope="module")
def dataset(study):
    return study.datasets["city_s"]


@pytest.fixture(scope="module")
def scores(study, dataset, root) -> pd.DataFrame:
    """What the workflow makes of the file: read, screened, scored."""
    import read_responses
    import screen_responses
    from grassroots.scoring.scores import score

    raw = read_raw(root / dataset.raw_file, "xlsx")
    responses = pd.DataFrame(read_responses.main(raw, sections.intake(study, dataset)))
    valid = screen_responses.main(responses, sections.screening(study, dataset))["valid"]
    return score(valid, sections.scoring(study, dataset))


def test_the_file_and_its_page_come_out_the_same_to_the_byte(tmp_path, root):
    city_s.write(tmp_path)
    for name in ("responses.xlsx", "README.md"):
        assert (tmp_path / name).read_bytes() == (root / city_s.FOLDER / name).read_bytes(), name


def test_another_seed_gives_other_answers(tmp_path, dataset):
    city_s.write_export(1, tmp_path / "1.xlsx", dataset.codebook)
    city_s.write_export(2, tmp_path / "2.xlsx", dataset.codebook)
    assert (tmp_path / "1.xlsx").read_bytes() != (tmp_path / "2.xlsx").read_bytes()


def test_320_valid_of_more_with_any_seed(dataset):
    for seed in (1, 2, 3):
        shown = city_s.shown_findings(seed, dataset.codebook, dataset.instruments)
        assert shown["respondents"]
    assert (city_s.KINDS.valid, city_s.KINDS.returned) == (320, 344)


def test_the_workflow_finds_what_the_simulation_was_chosen_for(scores, dataset):
    assert len(scores) == 320
    dimensions = list(dataset.instruments["public_service_motivation"].dimensions)
    shown = findings(scores, list(dataset.protocol.background), dimensions)
    assert list(shown) == list(dataset.claims.claims)
    assert all(shown.values()), shown


def test_the_scores_are_those_that_the_seed_was_chosen_by(scores, dataset, root):
    text = (root / city_s.FOLDER / "README.md").read_text("utf-8")
    seed = int(text.split("The seed is ")[1].split(":")[0])
    survey = city_s.simulate(seed)
    chosen = city_s.valid_scores(survey, dataset.codebook, dataset.instruments)
    for scale in ("job_burnout", "public_service_motivation", "attraction_to_policy_making"):
        assert scores[scale].to_numpy() == pytest.approx(chosen[scale].to_numpy(), nan_ok=True)


def test_the_export_has_the_service_s_form(root):
    import python_calamine

    path = root / city_s.FOLDER / "responses.xlsx"
    header, first, *_ = (
        python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    )
    assert header[:6] == ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
    assert header[7] == "2、您的性别"
    assert header.count("题目2") == 4 and "11、第一部分—题目1" in header
    assert first[2].endswith("秒")


def test_addresses_are_nobody_s(root):
    raw = read_raw(root / city_s.FOLDER / "responses.xlsx", "xlsx")
    blocks = ("192.0.2.", "198.51.100.", "203.0.113.")
    assert all(str(value).startswith(blocks) for value in raw.values("来自IP"))
    assert all(str(value).endswith("(A省-S市)") for value in raw.values("来自IP"))


def test_the_messy_ones_are_flagged_and_hardly_anybody_else(scores):
    kinds = city_s.KINDS
    messy = kinds.random_but_passing + kinds.straight_but_passing + kinds.repeated
    assert messy - 2 <= scores["flagged"].sum() <= messy + 2
