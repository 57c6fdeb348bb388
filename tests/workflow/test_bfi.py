"""psychTools::bfi taken through the workflow as a new city: its numbers are psych's and lavaan's.

2,800 people, 25 six-point items, seven of them reverse-keyed, missing answers, three background
variables.
"""

import json
import subprocess
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.r

SCALES = {
    "agreeableness": ("A", ["A1"]),
    "conscientiousness": ("C", ["C4", "C5"]),
    "extraversion": ("E", ["E1", "E2"]),
    "neuroticism": ("N", []),
    "openness": ("O", ["O2", "O5"]),
}

PROTOCOL = """
title: {en: Big five, zh: 大五人格}
question: {en: Do twenty-five items measure five traits?, zh: 二十五道题是否测量五种特质？}
instruments: [big_five]
background:
  gender:
    title: {en: Gender, zh: 性别}
    levels: {male: {en: male, zh: 男}, female: {en: female, zh: 女}}
  education: {title: {en: Education, zh: 教育程度}}
  age: {title: {en: Age, zh: 年龄}}
screening: {minimum_answered: 0}
measurement:
  five_factors:
    title: {en: Five factors, zh: 五因子}
    factors: [agreeableness, conscientiousness, extraversion, neuroticism, openness]
hypotheses:
  H1:
    statement:
      en: Agreeableness and neuroticism are negatively related.
      zh: 宜人性与神经质负相关。
    evidence:
      - table: correlations
        where: {x: agreeableness, y: neuroticism}
        expects: negative
"""

CODEBOOK = """
title: {en: The bfi data, zh: bfi 数据}
place: {en: Online, zh: 网络}
collected: {en: "2010", zh: 2010年}
origin: {en: 'psychTools::bfi', zh: 'psychTools::bfi'}
licence: {name: {en: GPL, zh: GPL}, text_allowed: true}
simulated: false
file: responses.csv
format: csv
background:
  gender: {column: gender, levels: {1: male, 2: female}}
  education: {column: education}
  age: {column: age}
scales:
  big_five:
    items: [%s]
"""


def instrument() -> str:
    """The instrument's file; JSON is YAML."""
    items = {name: [f"{letter}{n}" for n in range(1, 6)] for name, (letter, _) in SCALES.items()}
    return json.dumps(
        {
            "title": {"en": "Big five", "zh": "大五"},
            "source": "International Personality Item Pool",
            "licence": {"name": {"en": "public domain", "zh": "公有领域"}, "text_allowed": True},
            "response": {"min": 1, "max": 6},
            "items": {item: {} for own in items.values() for item in own},
            "reversed": [item for _, turned in SCALES.values() for item in turned],
            "dimensions": {
                name: {"title": {"en": name, "zh": name}, "items": own}
                for name, own in items.items()
            },
            "total": False,
        }
    )


@pytest.fixture(scope="module")
def bfi(tmp_path_factory, rscript, copy_of_project):
    checkout = copy_of_project(tmp_path_factory.mktemp("bfi"))
    folder = checkout.folder / "data/raw/bfi"
    folder.mkdir()
    script = Path(__file__).with_name("bfi.R")
    subprocess.run([rscript, script, folder], check=True, capture_output=True, timeout=300)
    items = [f"{letter}{n}" for letter, _ in SCALES.values() for n in range(1, 6)]
    (folder / "codebook.yaml").write_text(CODEBOOK % ", ".join(items), encoding="utf-8")
    (checkout.folder / "protocols/big_five_traits.yaml").write_text(PROTOCOL, encoding="utf-8")
    (checkout.folder / "protocols/instruments/big_five.yaml").write_text(
        instrument(), encoding="utf-8"
    )
    config = checkout.folder / "config.yaml"
    added = "datasets:\n  bfi:\n    protocol: big_five_traits\n"
    config.write_text(config.read_text().replace("datasets:\n", added))
    checkout.build("results/bfi/report.html")
    expected = json.loads((folder / "expected.json").read_text())
    tables = checkout.folder / "results/bfi/tables"
    return expected, lambda name: pd.read_csv(tables / f"{name}.csv"), checkout


@pytest.mark.parametrize("scale", SCALES)
def test_reliability_and_items_are_psych_s(bfi, scale):
    expected, table, _ = bfi
    wanted = expected["scales"][scale]
    row = table("reliability").set_index("scale").loc[scale]
    assert row["n"] == wanted["n"]
    assert row["alpha"] == pytest.approx(wanted["alpha"], rel=1e-6)
    assert row["alpha_low"] == pytest.approx(wanted["low"], rel=1e-6)
    assert row["alpha_high"] == pytest.approx(wanted["high"], rel=1e-6)
    items = table("items").query("scale == @scale").set_index("item").loc[wanted["item"]]
    assert items["citc"].to_list() == pytest.approx(wanted["citc"], rel=1e-6)
    assert items["alpha_if_deleted"].to_list() == pytest.approx(wanted["dropped"], rel=1e-6)
    assert items.index[items["reversed"]].to_list() == SCALES[scale][1]
    factorability = table("factorability").set_index("scale").loc[scale]
    assert factorability["kmo"] == pytest.approx(wanted["kmo"], rel=1e-6)
    assert factorability["bartlett_chi2"] == pytest.approx(wanted["chisq"], rel=1e-6)
    assert factorability["bartlett_df"] == wanted["df"]


def test_the_factor_model_is_lavaan_s(bfi):
    expected, table, _ = bfi
    row = table("cfa_fit").set_index(["model", "estimator"]).loc["five_factors", "ML"]
    assert row["n"] == expected["n"]
    ours = {"npar": "npar", "chi2": "chisq", "df": "df", "cfi": "cfi", "tli": "tli",
            "rmsea": "rmsea", "rmsea_low": "rmsea.ci.lower", "rmsea_high": "rmsea.ci.upper",
            "srmr": "srmr", "aic": "aic", "bic": "bic"}  # fmt: skip
    for name, lavaan in ours.items():
        assert row[name] == pytest.approx(expected["fit"][lavaan], rel=1e-4), name
    rows = table("cfa_loadings").query("model == 'five_factors' and estimator == 'ML'")
    loadings = rows.set_index("item")
    for wanted in expected["loadings"]:
        found = loadings.loc[wanted["rhs"]]
        assert found["factor"] == wanted["lhs"]
        assert found["est"] == pytest.approx(wanted["est"], abs=1e-4)
        assert found["se"] == pytest.approx(wanted["se"], abs=1e-4)
        assert found["std"] == pytest.approx(wanted["std.all"], abs=1e-4)


def test_the_page_is_there(bfi):
    _, _, checkout = bfi
    page = (checkout.folder / "results/bfi/report.html").read_text(encoding="utf-8")
    assert "Agreeableness and neuroticism are negatively related." in page
