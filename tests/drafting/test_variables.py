"""Background questions, their answers, and the levels of the protocol."""

import pytest

from grassroots.drafting.variables import match_variables
from grassroots.study.protocol_description import Variable


def variable(zh, en="-", **levels):
    named = {name: {"zh": words, "en": words} for name, words in levels.items()}
    return Variable.model_validate({"title": {"zh": zh, "en": en}, "levels": named})


AGE = variable("年龄", "Age", up_to_25="25岁及以下", from_26="26~35岁", over_35="36岁及以上")
GENDER = variable("性别", "Gender", male="男", female="女")
RANK = variable("职级", clerk="办事员/科员", deputy="副科", head="正科及以上")


def levels(draft):
    return {answer: guess and guess.value for answer, guess in draft.levels.items()}


@pytest.mark.parametrize(
    ("question", "answers", "expected"),
    [
        ("您的性别", ["男", "女"], {"男": "male", "女": "female"}),
        ("Gender", ["Male", "Female"], {"Male": None, "Female": None}),
        ("性别：", ["A.男性", "B.女性"], {"A.男性": "male", "B.女性": "female"}),
    ],
)
def test_gender(question, answers, expected, column, speech):
    english = Variable.model_validate(
        {"title": {"zh": "性别", "en": "Gender"},
         "levels": {"male": {"zh": "男", "en": "male"}, "female": {"zh": "女", "en": "female"}}}
    )  # fmt: skip
    (draft,) = match_variables({"gender": english}, [column(question, answers)], speech)
    found = levels(draft)
    assert list(found) == answers
    assert list(found.values()) == ["male", "female"] or found == expected


def test_finer_bands_lie_within_and_others_are_asked(column, speech):
    asked = column("您的年龄段", ["20-25岁", "26-30岁", "31-35岁", "34-40岁", "40岁以上", "保密"])
    (draft,) = match_variables({"age": AGE}, [asked], speech)
    assert levels(draft) == {
        "20-25岁": "up_to_25", "26-30岁": "from_26", "31-35岁": "from_26", "40岁以上": "over_35",
        "34-40岁": None, "保密": None,
    }  # fmt: skip
    assert draft.levels["26-30岁"].sure < 0.9


def test_steps_of_rank(column, speech):
    asked = column("行政级别", ["科员", "副科级", "正科级", "副处级及以上", "其他"])
    (draft,) = match_variables({"rank": RANK}, [asked], speech)
    assert levels(draft) == {
        "科员": "clerk", "副科级": "deputy", "正科级": "head", "副处级及以上": "head", "其他": None,
    }  # fmt: skip


def test_codes_without_words_are_taken_in_order_and_are_never_sure(column, speech):
    (draft,) = match_variables({"gender": GENDER}, [column("性别", ["1", "2"])], speech)
    assert levels(draft) == {"1": "male", "2": "female"}
    assert all(guess.sure <= 0.5 for guess in draft.levels.values())
    (draft,) = match_variables({"gender": GENDER}, [column("性别", ["1", "2", "3"])], speech)
    assert levels(draft) == {"1": None, "2": None, "3": None}


def test_labels_speak_for_codes(column, speech):
    asked = column("Q2", ["1", "2"], {"1": "女", "2": "男"})
    (draft,) = match_variables({"gender": GENDER}, [asked], speech)
    assert levels(draft) == {"男": "male", "女": "female"}


def test_no_column_is_taken_twice_and_no_question_is_forced(column, speech):
    variables = {"gender": GENDER, "age": AGE, "rank": RANK}
    columns = [column("您的性别", ["男", "女"]), column("您的爱好", ["读书", "运动"])]
    found = {draft.name: draft for draft in match_variables(variables, columns, speech)}
    assert found["gender"].column.value.header == "您的性别"
    assert found["age"].column is None
    assert found["rank"].column is None


def test_a_number_needs_numbers_and_its_name(column, speech):
    age = Variable.model_validate({"title": {"zh": "年龄（岁）", "en": "Age in years"}})
    columns = [column("您的年龄", ["31", "45"]), column("编号", ["1", "2"])]
    (draft,) = match_variables({"age": age}, columns, speech)
    assert draft.column.value.header == "您的年龄"
    assert draft.levels == {}


def test_personal_answers_are_no_candidates(column, speech):
    (draft,) = match_variables({"gender": GENDER}, [column("性别", ["男", "13812345678"])], speech)
    assert draft.column is None


def test_a_question_that_two_variables_could_be_goes_to_one_of_them(column, speech):
    variables = {"rank": RANK, "position": variable("职务", clerk="办事员/科员", head="正科及以上")}
    columns = [column("您的职级", ["科员", "正科"])]
    found = {draft.name: draft for draft in match_variables(variables, columns, speech)}
    assert found["rank"].column.value.header == "您的职级"
    assert found["position"].column is None
