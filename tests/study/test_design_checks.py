"""Faults in comparisons, regressions, models by dimensions, and columns about the answering."""

import pytest

DESIGN = "protocols/psm_burnout.yaml"
CODEBOOK = "data/raw/city_s/codebook.yaml"
TOTAL = "    outcome: job_burnout\n    indicators: dimensions"


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "nearest"),
    [
        ("outcomes: [job_burnout, ", "outcomes: [job_burn_out, ", "P102", "groups.outcomes[0]",
         "job_burnout"),
        ("    - gender\n", "    - compassion\n", "P102", "groups.by[0]", ""),
        ("      - [public_service_motivation]\n", "      - [gender]\n", "P104",
         "regressions.burnout_on_motivation.steps[1][0]", ""),
        ("      - [public_service_motivation]\n", "      - [job_burnout]\n", "P104",
         "regressions.burnout_on_motivation.steps[1][0]", ""),
        ("      - [public_service_motivation]\n", "      - [service_motivation]\n", "P102",
         "regressions.burnout_on_motivation.steps[1][0]", "public_service_motivation"),
        ("  burnout_on_dimensions:\n", "  motivation_to_burnout:\n", "P103",
         "structural.motivation_to_burnout", ""),
        ("  burnout_on_dimensions:\n", "  burnout_on_dimension:\n", "P106",
         "hypotheses.H2.evidence[0].where.model", "burnout_on_dimension"),
        ("term: attraction_to_policy_making}", "term: attraction_to_policymaking}", "P102",
         "hypotheses.H2.evidence[0].where.term", "attraction_to_policy_making"),
        ("outcome: job_burnout, by: gender, test", "outcome: job_burnout, by: gendr, test", "P102",
         "hypotheses.H5.evidence[0].where.by", "gender"),
        (TOTAL, TOTAL.replace("dimensions", "items"), "P102",
         "structural.motivation_to_burnout.outcome", ""),
        ("  rank:\n    title", "  flagged:\n    title", "P103", "background.flagged", ""),
        ("    families: 2", "    families: 0", "F106", "screening.flags.families", ""),
        ("exclude: [no_consent, ", "exclude: [no_consnt, ", "F106", "screening.exclude[0]", ""),
    ],
)  # fmt: skip
def test_a_fault_in_the_design(edit, stopping_faults, old, new, code, where, nearest):
    edit(DESIGN, old, new)
    faults = {(fault.code, fault.where): fault for fault in stopping_faults()}
    assert (code, where) in faults, list(faults)
    if nearest:
        assert faults[code, where].nearest == nearest


MODERATED = "    moderator: general_self_efficacy\n"
SERIAL = "    form: serial\n    covariates: [gender, age]"


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "nearest"),
    [
        ("{model: burnout, by: gender}", "{model: burn_out, by: gender}", "P106",
         "invariance[0].model", "burnout"),
        ("{model: burnout, by: gender}", "{model: burnout, by: gendr}", "P102",
         "invariance[0].by", "gender"),
        ("  - {model: burnout, by: gender}",
         "  - {model: burnout, by: gender}\n  - {model: burnout, by: gender}", "P103",
         "invariance[1]", ""),
        ("{model: burnout, by: gender}",
         "{model: burnout, by: gender, release: {intercepts: [apm1]}}", "P102",
         "invariance[0].release.intercepts[0]", ""),
        ("{model: burnout, by: gender}",
         "{model: self_efficacy, by: gender, release: {loadings: [gse1]}}", "P153",
         "invariance[0].release.loadings[0]", ""),
        (SERIAL, SERIAL.replace("age", "agee"), "P102",
         "structural.efficacy_then_calling.covariates[1]", "age"),
        (SERIAL, SERIAL.replace("age", "job_burnout"), "P104",
         "structural.efficacy_then_calling.covariates[1]", ""),
        (SERIAL, SERIAL + "\n    moderator: gender", "P150",
         "structural.efficacy_then_calling", ""),
        (SERIAL, SERIAL + "\n    moderator: post_type\n    moderated: [first]", "P151",
         "structural.efficacy_then_calling.form", ""),
        (MODERATED, "", "P150", "structural.calling_by_efficacy", ""),
        (MODERATED, MODERATED.replace("general", "generl"), "P102",
         "structural.calling_by_efficacy.moderator", "general_self_efficacy"),
        (MODERATED, "    moderator: job_burnout\n", "P104",
         "structural.calling_by_efficacy.moderator", ""),
        (MODERATED, "    moderator: education\n", "P154",
         "structural.calling_by_efficacy.moderator", ""),
        ("    mediators: [career_calling]\n", "", "P152",
         "structural.calling_by_efficacy.mediators", ""),
        ("    moderated: [second]", "    moderated: [third]", "F106",
         "structural.calling_by_efficacy.moderated[0]", ""),
    ],
)  # fmt: skip
def test_a_fault_in_a_model(edit, stopping_faults, old, new, code, where, nearest):
    edit(DESIGN, old, new)
    faults = {(fault.code, fault.where): fault for fault in stopping_faults()}
    assert (code, where) in faults, list(faults)
    if nearest:
        assert faults[code, where].nearest == nearest
    for fault in faults.values():
        assert "{" not in fault.text("en") + fault.text("zh")


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("duration: 所用时间", "duration: 用时", "S104", "meta.duration"),
        ("duration: 所用时间", "duration: 来源", "D206", "meta.duration"),
        ("address: 来自IP", "address: 来自", "S104", "meta.address"),
        ("expected: [同意]", "expected: [我同意]", "D205", "meta.consent.column"),
        ("11、第一部分—本行请选4", "11、第一部分—本行请选3", "S104",
         "meta.attention_checks[0].column"),
        ("    expected: [同意]", "    expect: [同意]", "F104", "meta.consent.expect"),
    ],
)  # fmt: skip
def test_a_fault_in_the_columns_about_the_answering(edit, left_out, old, new, code, where):
    edit(CODEBOOK, old, new)
    out = left_out()
    assert list(out) == ["city_s"]
    assert (code, where) in {(fault.code, fault.where) for fault in out["city_s"]}
    for fault in out["city_s"]:
        assert "{" not in fault.text("en") + fault.text("zh")


def test_what_removes_people_must_be_in_the_file(study_folder, left_out):
    path = study_folder / CODEBOOK
    text = path.read_text("utf-8")
    start, end = text.index("  consent:\n"), text.index("background:\n")
    path.write_text(text[:start] + text[end:], "utf-8")
    faults = left_out()["city_s"]
    assert [(fault.code, fault.words["name"]) for fault in faults] == [
        ("S107", "consent"),
        ("S107", "attention_checks"),
    ]


M_COUNTY = "data/raw/m_county/codebook.yaml"
WORDS = "answers: [从不, 偶尔, 有时, 经常, 总是]"


@pytest.mark.parametrize(
    ("new", "code", "where"),
    [
        ("answers: [从不, 偶尔, 有时, 经常]", "S114", "scales.job_burnout.answers"),
        ("answers: [从不, 偶尔, 有时, 有时, 总是]", "S114", "scales.job_burnout.answers"),
        ("answers: [从不, 偶尔, 有时, 经常, 13812345678]", "F106", "scales.job_burnout.answers"),
        ('answers: [从不, 偶尔, 有时, 经常, "13812345678"]', "S109",
         "scales.job_burnout.answers[4]"),
        ("answers: [从不, 偶尔, 有时, 常常, 总是]", "D202",
         "scales.job_burnout.answers"),
        ("answers: {从不: 1, 偶尔: 2, 有时: 3, 经常: 4, 总是: 6}", "S110",
         "scales.job_burnout.answers.总是"),
    ],
)  # fmt: skip
def test_a_fault_in_answers_in_words(edit, left_out, new, code, where):
    edit(M_COUNTY, WORDS, new)
    faults = left_out()["m_county"]
    found = [(fault.code, fault.where) for fault in faults]
    assert any(code == each and place.startswith(where) for each, place in found), found
    assert not any("13812345678" in fault.text("en") for fault in faults)


def line_of_words(study_folder):
    lines = (study_folder / M_COUNTY).read_text("utf-8").splitlines()
    return 1 + next(n for n, line in enumerate(lines) if line.strip().startswith("answers:"))


def test_an_unknown_word_is_named_once_with_its_count_and_line(study_folder, edit, left_out):
    edit(M_COUNTY, WORDS, WORDS.replace("经常", "常常"))
    (fault,) = left_out()["m_county"]
    count = fault.words["count"]
    assert int(count) > 500
    assert fault.words["values"] == f'"经常" ({count}×)'
    # What the codebook has instead of it is said too, and the line as it should be.
    assert fault.words["idle"] == '"常常"'
    assert fault.line == line_of_words(study_folder)
    assert fault.edit.startswith('answers: {"从不": 1, "偶尔": 2, "有时": 3, "经常": 4, ')


def test_levels_said_to_be_higher_must_be_levels_of_what_is_compared(edit, left_out):
    edit("data/raw/m_county/claims.yaml", "higher: [married]", "higher: [maried]")
    (fault,) = left_out()["m_county"]
    assert (fault.code, fault.nearest) == ("P102", "married")
    assert fault.where == "claims.marital_status.evidence.higher[0]"


def test_a_file_that_is_not_what_it_is_called_is_said(edit, left_out):
    edit("data/raw/jincheng/codebook.yaml", "format: sav", "format: csv")
    (fault,) = left_out()["jincheng"]
    assert fault.code == "S120"
    assert "this file is sav, not csv" in fault.text("en")
