"""A drawing within the page: as in its file, in fewer bytes."""

import re
from pathlib import Path

from grassroots.report.drawings import CLASSES, within_page

STYLE = (Path(__file__).parents[2] / "report" / "style.css").read_text("utf-8")


def test_attributes_become_the_classes_of_the_stylesheet():
    text = '<text x="0.25" y="46.33" font-size="9.5px" fill="var(--fig-muted,#5d6068)">.33</text>'
    assert within_page(text) == '<text x="0.2" y="46.3" class="s m">.33</text>'
    path = '<path d="M1.25 2L-3.75 4.5" fill="none" stroke="var(--c1,#0072b2)" />'
    assert within_page(path) == '<path d="M1.2 2L-3.7 4.5" class="o a" />'
    assert within_page('<path d="M1 2" />') == '<path d="M1 2" />'


def test_each_class_says_what_its_attribute_said():
    for attribute, name in CLASSES.items():
        key, value = re.fullmatch(r'([a-z-]+)="(.*)"', attribute).groups()
        assert f".drawing .{name} {{ {key}: {value}; }}" in STYLE


def test_words_and_other_attributes_stay():
    svg = '<svg viewBox="0 0 390.25 160"><title>fill="none" 1.25</title><g fill="none"></g></svg>'
    assert within_page(svg) == svg
