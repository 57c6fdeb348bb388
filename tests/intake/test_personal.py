import pytest

from grassroots.intake.personal import looks_personal


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138-1234-5678",
        "电话 138 1234 5678",
        "0356-2023456",
        "微信号 zhang_san88",
        "WeChat: zhang-san",
        "QQ：12345678",
        "11010519491231002X",
        "zhang@example.org",
        "192.0.2.7",
        "35.1234, 112.5678",
    ],
)
def test_what_points_to_a_person_is_seen(text):
    assert looks_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "总是",
        "工作12年，3500-4500元",
        "2024/2/23 13:30:37",
        "微信工作群很多",
        "QQ群通知",
        "第1-3题",
        "3.75",
    ],
)
def test_ordinary_answers_are_not(text):
    assert looks_personal(text) == ""
