import pytest
from planted import ORDINARY, TOKENS

from grassroots.intake.personal import (
    looks_personal,
    masked,
    may_name,
    personal_answer,
    said_by_header,
)

KINDS = {
    "IP v4": "IP address",
    "IP v6": "IP address",
    "mobile": "phone number",
    "landline": "phone number",
    "e-mail": "e-mail address",
    "WeChat": "WeChat or QQ id",
    "openid": "WeChat or QQ id",
    "MAC": "device id",
    "UUID": "device id",
    "Android id": "device id",
    "IMEI": "long number",
    "licence plate": "licence plate",
    "passport": "passport number",
    "student number": "personal number",
    "coordinates": "coordinates",
    "name": "name",
    "address": "address",
}
BY_FORM = [token for token in TOKENS if token.alone]


@pytest.mark.parametrize("token", BY_FORM, ids=lambda token: token.value)
def test_what_points_to_a_person_is_seen(token):
    assert looks_personal(token.value) == KINDS.get(token.kind, looks_personal(token.value)) != ""
    assert looks_personal(f"（说明）{token.value}，谢谢")


@pytest.mark.parametrize("token", BY_FORM, ids=lambda token: token.value)
def test_what_is_masked_tells_the_kind_and_nothing_more(token):
    text = masked(f"前面 {token.value} 后面")
    assert looks_personal(text) == ""
    assert text.startswith("前面 ") and text.endswith("后面") and "[" in text
    assert token.value not in text


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_answers_are_not(text):
    assert looks_personal(text) == ""
    assert masked(text) == text
    assert said_by_header(text) == ""


@pytest.mark.parametrize("text", ["2987654321", "19900307", "20161102", "12345678.0"])
def test_a_bare_number_of_eight_digits_is_no_answer(text):
    assert personal_answer(text)


@pytest.mark.parametrize("text", ["1", "2016", "9999999", "3.75", "1500000", "-3", "从不"])
def test_a_short_number_is_one(text):
    assert personal_answer(text) == ""


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("姓名", "name"),
        ("1、您的姓名：", "name"),
        ("2．请填写您的姓名（选填）", "name"),
        ("姓名[单行文本]*", "name"),
        ("Name", "name"),
        ("Q3_您的手机号码", "phone number"),
        ("请留下您的联系方式", "phone number"),
        ("第5题：身份证号", "identity number"),
        ("E-mail", "e-mail address"),
        ("来自IP", "IP address"),
        ("IPAddress", "IP address"),
        ("LocationLatitude", "coordinates"),
        ("QQ号", "WeChat or QQ id"),
        ("工号", "personal number"),
        ("家庭住址", "address"),
        ("出生日期", "date of birth"),
        # As the platforms write them, and what is asked in words.
        ("about/phone", "phone number"),
        ("username", "name"),
        ("phonenumber", "phone number"),
        ("deviceid", "device id"),
        ("User Agent", "device id"),
        ("_geolocation", "coordinates"),
        ("_GPS_latitude", "coordinates"),
        ("token", "personal number"),
        ("ipaddr", "IP address"),
        ("RecipientFirstName", "name"),
        ("What is your email address?", "e-mail address"),
        ("@5_姓名", "name"),
        ("填表人", "name"),
        # An item about such a thing is an item like any other.
        ("单位经常打我的手机", ""),
        ("13、工作方式—电话", ""),
        ("下班后还要回复微信", ""),
        ("4、我能叫出同事的姓名", ""),
        ("您的年龄", ""),
        ("my attitude", ""),
        ("place of work", ""),
        ("出生年份", ""),
        ("来源", ""),
        ("x1", ""),
    ],
)
def test_a_header_says_what_its_column_holds(header, kind):
    assert said_by_header(header) == kind


@pytest.mark.parametrize("text", "王晓萌,李雷,欧阳晓萌,司马光,Zhang Sanfeng,小李,老王".split(","))
def test_what_may_be_a_name(text):
    assert may_name(text)


@pytest.mark.parametrize("text", "同意 非常同意 经常 从不 本科 男 Often 3 小学 老年".split())
def test_what_is_none(text):
    assert not may_name(text)


def test_a_text_of_any_length_is_looked_at_in_time():
    """No form takes longer than the text is long: these would have run for hours."""
    for text in ("a" * 200_000, "o-" * 100_000, "微信 " * 60_000, "1" * 200_000, "1.1" * 60_000):
        looks_personal(text)
        masked(text)
