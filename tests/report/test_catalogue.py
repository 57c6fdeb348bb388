"""The two catalogues: the same keys, all of them used, nothing in them but words."""

import ast
import re
from pathlib import Path

import pytest

from grassroots.report.catalogue import Words, read_catalogue

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "report" / "locale"
TEXTS = {
    language: read_catalogue((LOCALE / f"{language}.yaml").read_text(encoding="utf-8"))
    for language in ("en", "zh")
}
NUMBERING = {"label.table", "label.figure"}  # running in English, by section in Chinese


def placeholders(text):
    return set(re.findall(r"\{(\w+)\}", text))


def test_both_languages_have_the_same_keys_in_the_same_order():
    assert list(TEXTS["en"]) == list(TEXTS["zh"])


def test_both_languages_use_the_same_values():
    unequal = [
        key
        for key in TEXTS["en"]
        if key not in NUMBERING and placeholders(TEXTS["en"][key]) != placeholders(TEXTS["zh"][key])
    ]
    assert unequal == []


def test_the_only_markup_is_italics():
    for texts in TEXTS.values():
        tags = {tag for text in texts.values() for tag in re.findall(r"<[a-z/][^>]*>", text)}
        assert tags <= {"<i>", "</i>"}
        assert not [key for key, text in texts.items() if text.count("<i>") != text.count("</i>")]


def test_chinese_punctuation_is_chinese():
    """No half-width comma, colon or semicolon beside a Chinese character."""
    wrong = [
        key
        for key, text in TEXTS["zh"].items()
        if re.search(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]", text)
    ]
    assert wrong == []


def used_patterns():
    """Regular expressions of the keys that the code and the templates ask for."""
    for path in (ROOT / "workflow" / "scripts" / "grassroots").rglob("*.py"):
        if path.parent.name in ("report", "chapters", "sentences", "figures"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield re.escape(node.value)
                elif isinstance(node, ast.JoinedStr):
                    parts = [
                        re.escape(part.value) if isinstance(part, ast.Constant) else r".+"
                        for part in node.values
                    ]
                    yield "".join(parts)
    for path in (ROOT / "report" / "templates").glob("*.j2"):
        source = path.read_text(encoding="utf-8")
        yield from map(re.escape, re.findall(r"words\('([^']+)'[,)]", source))
        yield from (f"{re.escape(key)}.+" for key in re.findall(r"words\('([^']+)' ~", source))


def column_patterns():
    """`view.column("n")` and the lists of such names ask for column.n."""
    names = {pattern for pattern in used_patterns() if re.fullmatch(r"[a-z_0-9]+", pattern)}
    return {f"column\\.{name}" for name in names}


def test_every_key_is_used():
    # A pattern of nothing but a placeholder would use everything.
    patterns = {p for p in used_patterns() if not p.startswith(".+")} - {r"column\..+"}
    compiled = re.compile("|".join(f"(?:{pattern})" for pattern in patterns | column_patterns()))
    assert [key for key in TEXTS["en"] if not compiled.fullmatch(key)] == []


def test_a_value_is_escaped_and_markup_is_not():
    words = Words("en", {"a": "<i>p</i> < {p} & {name}"})
    text = words("a", p=".05", name="<script>")
    assert text == "<i>p</i>\u00a0&lt;\u00a0.05 &amp; &lt;script&gt;"
    assert words.plain("a", p=".05", name="x") == "p < .05 & x"


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        Words("en", {})("no.such.key")


def test_a_catalogue_is_flat():
    with pytest.raises(ValueError, match="flat"):
        read_catalogue("a: {b: c}")
