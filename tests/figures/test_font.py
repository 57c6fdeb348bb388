"""The font: every character that the figures may need, and an error for any other."""

import pytest
from matplotlib.ft2font import FT2Font

from grassroots.figures.font import MissingGlyph
from grassroots.study.label_checks import CHARACTERS, drawable


def test_all_of_gb_2312_is_there(font):
    signs = ""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                signs += bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                continue
    assert len(signs) == 7445
    font.check(signs)


def test_the_signs_of_statistics_are_there(font):
    font.check("αβωχ²√−–…≥≤±×→·±～、，。；：？（）［］【】“”‘’《》%*|~")


def test_every_word_of_the_catalogues_can_be_drawn(font, texts):
    font.check(
        "".join(
            text
            for own in texts.values()
            for key, text in own.items()
            if key.startswith(("fig.", "effect.", "scores.", "method.", "reason."))
        )
    )


def test_the_list_beside_the_font_has_its_characters(font):
    """What is checked before any job is what can be drawn; this is how the list is written."""
    signs = "".join(map(chr, sorted(FT2Font(font.path).get_charmap())))
    lines = (signs[start : start + 100] for start in range(0, len(signs), 100))
    assert CHARACTERS.read_text(encoding="utf-8") == "\n".join(lines) + "\n"
    assert set(signs) | {"\n"} == drawable()


def test_a_missing_character_is_named(font):
    with pytest.raises(MissingGlyph, match=r"甪 \(U\+752A\).*甪直镇"):
        font.check("甪直镇")


def test_a_line_is_as_wide_as_its_characters(font):
    assert font.width("中中", 10) == pytest.approx(20, abs=1)
    assert font.width("", 10) == 0
