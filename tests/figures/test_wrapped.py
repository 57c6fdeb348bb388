"""Names that take several lines: where these end, and how long they are."""

from grassroots.figures.sheet import wrapped


def test_a_long_word_is_parted_at_a_hyphen_and_a_name_is_not(font):
    assert wrapped("Industrialisation 1960", font, 10.5, 60, 3)[0].endswith("-")
    parts = wrapped("Industrialisation", font, 10.5, 60, 3)
    assert "".join(parts).replace("-", "") == "Industrialisation"
    assert all(font.width(part, 10.5) <= 60 for part in parts)
    assert wrapped("Democracy 1960", font, 10.5, 70, 3) == ["Democracy", "1960"]
    assert not any("-" in part for part in wrapped("职业倦怠 burnout", font, 10.5, 60, 3))


def test_lines_of_a_chinese_name_end_at_a_comma_and_never_begin_with_one(font):
    assert wrapped("不上班的时候，我能把工作放到一边", font, 10.5, 150, 3) == [
        "不上班的时候，", "我能把工作放到一边",
    ]  # fmt: skip
    for width in range(30, 160):
        for line in wrapped("因为忙工作，我顾不上按时吃饭、锻炼和休息", font, 10.5, width, 9):
            assert line[0] not in "，、" and font.width(line, 10.5) <= width


def test_lines_of_a_name_are_about_as_long_as_each_other(font):
    assert wrapped("Commitment to the public interest", font, 10.5, 142, 3) == [
        "Commitment to", "the public interest",
    ]  # fmt: skip
