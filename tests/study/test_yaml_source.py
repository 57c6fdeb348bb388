import pytest

from grassroots.study.yaml_source import YamlFault, line_of, load_yaml, path_text


def test_every_value_knows_its_line():
    values, lines = load_yaml("a: 1\nb:\n  - x\n  - {c: 2}\n")
    assert values == {"a": 1, "b": ["x", {"c": 2}]}
    assert lines[("b",)] == 2
    assert lines[("b", 1, "c")] == 4
    assert line_of(lines, ("b", 1, "missing")) == 4
    assert path_text(("scales", "burnout", "items", 4)) == "scales.burnout.items[4]"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("on", "on"), ("12:30", "12:30"), ("2024-01-01", "2024-01-01"),
        ("007", "007"), ("1_000", "1_000"), ("~", None), ("true", True), ("nullable", "nullable"),
        ("1.5", 1.5), (".5", 0.5), ("-2", -2), ("1e3", 1000.0), ("name", "name"),
        ("1.2.3", "1.2.3"),
    ],
)  # fmt: skip
def test_words_stay_words(text, value):
    assert load_yaml(f"k: {text}")[0] == {"k": value}


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate", 3),
        ("a: 1\n\tb: 2\n", "syntax", 2),
        ("a: [1, 2\n", "syntax", 2),
        ("a: &x 1\nb: *x\n", "alias", 2),
        ("a: !!python/object:os.system 1\n", "tag", 1),
        ("a: \x07\n", "syntax", 1),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text, kind, line):
    with pytest.raises(YamlFault) as caught:
        load_yaml(text)
    assert (caught.value.kind, caught.value.line) == (kind, line)


def test_a_tab_is_called_a_tab():
    with pytest.raises(YamlFault) as caught:
        load_yaml("a: 1\n\tb: 2\n")
    assert (caught.value.line, caught.value.phrase) == (2, "yaml_tab")


def test_a_bomb_of_aliases_is_refused_before_it_unfolds():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    with pytest.raises(YamlFault):
        load_yaml(bomb)
