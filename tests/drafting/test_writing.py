"""YAML that is read back as it was meant, and config.yaml with a dataset more."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grassroots.drafting.config_lines import with_dataset
from grassroots.drafting.guess import Guess
from grassroots.drafting.yaml_text import YamlText, scalar
from grassroots.study.yaml_source import load_yaml

ROOT = Path(__file__).parents[2]
# What a cell of an export can hold once its ends are trimmed.
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\u2028\u2029\x85"),
    min_size=1,
    max_size=30,
).map(str.strip).filter(bool)  # fmt: skip


@given(TEXT)
def test_any_text_comes_back(text):
    assert load_yaml(f"- {scalar(text)}")[0] == [text]
    assert load_yaml(f"{scalar(text)}: {scalar(text)}  # x")[0] == {text: text}
    assert load_yaml(f"a: [{scalar(text, flow=True)}, b]")[0] == {"a": [text, "b"]}


@pytest.mark.parametrize("text", ["1", "true", "null", "~", "# a", "a: b", "- a", "'", '"', "[a]"])
def test_what_yaml_would_read_otherwise_is_quoted(text):
    assert load_yaml(f"k: {scalar(text)}")[0] == {"k": text}


def test_a_reason_with_line_ends_stays_in_its_line(speech):
    out = YamlText(speech)
    out.guess(0, "a", Guess("b", 0.5, "one\ntwo: three"))
    assert out.text() == "a: b  # GUESS 50%: one two: three\n"


def test_the_project_s_own_config_keeps_its_comments():
    text = (ROOT / "config.yaml").read_text("utf-8")
    found = with_dataset(text, "harbin", "psm_burnout")
    added = "  harbin:\n    protocol: psm_burnout\n"
    assert found.replace(added, "") == text
    assert load_yaml(found)[0]["datasets"]["harbin"] == {"protocol": "psm_burnout"}


@pytest.mark.parametrize(
    "text",
    [
        "datasets:\n    a:\n        protocol: p\nseed: 1\n",
        "datasets:\r\n  a:\r\n    protocol: p\r\nseed: 1\r\n",
        "seed: 1\ndatasets:\n  a:\n    protocol: p",
        "datasets:\n  a: {protocol: p}  # mine\n\n# the seed\nseed: 1\n",
        "datasets:\n  a:\n    protocol: p\n  # b:\n  #   protocol: p\nseed: 1\n",
    ],
)
def test_other_ways_to_lay_it_out(text):
    found = with_dataset(text, "new", "q")
    assert load_yaml(found)[0] == load_yaml(text)[0] | {
        "datasets": {**load_yaml(text)[0]["datasets"], "new": {"protocol": "q"}}
    }
    for line in text.split("\n"):
        assert line in found


@pytest.mark.parametrize(
    "text",
    [
        "datasets: {a: {protocol: p}}\n",  # all in one line
        "datasets:\n  new:\n    protocol: p\n",  # there already
        "seed: 1\n",
        "datasets:\n\ta:\n",
        "",
    ],
)
def test_what_cannot_be_done_with_certainty_is_not_done(text):
    assert with_dataset(text, "new", "q") is None
