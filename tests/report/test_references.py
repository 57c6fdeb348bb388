"""References as they are printed, and as texts cite them."""

import re
from pathlib import Path

import pytest

from grassroots.report.page import render_page
from grassroots.report.references import Work, apa, cited, gb_t, read_references, reference_list

REPORT = Path(__file__).parents[2] / "report"
WORKS = {
    work.key: work for work in read_references((REPORT / "references.yaml").read_text("utf-8"))
}
NO_PERSONS = ("...", "SciPy 1.0 Contributors")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("hu_bentler_1999", "Hu, L., &amp; Bentler, P. M. (1999). Cutoff criteria for fit indexes "
         "in covariance structure analysis: Conventional criteria versus new alternatives. "
         "<i>Structural Equation Modeling</i>, <i>6</i>(1), 1–55. "
         "https://doi.org/10.1080/10705519909540118"),
        ("cohen_1988", "Cohen, J. (1988). <i>Statistical power analysis for the behavioral "
         "sciences</i> (2nd ed.). Lawrence Erlbaum Associates."),
        ("mckinney_2010", "McKinney, W. (2010). Data structures for statistical computing in "
         "Python. In <i>Proceedings of the 9th Python in Science Conference</i> (pp. 56–61). "
         "https://doi.org/10.25080/Majora-92bf1922-00a"),
    ],
)  # fmt: skip
def test_apa(key, expected):
    assert str(apa(WORKS[key])) == expected


def test_apa_names_nineteen_authors_and_the_last():
    text = str(apa(WORKS["harris_2020"]))
    assert text.startswith("Harris, C. R., Millman, K. J., ")
    assert "Peterson, P., . . . Oliphant, T. E. (2020)" in text
    assert "Larson, E., . . . SciPy 1.0 Contributors. (2020)" in str(apa(WORKS["virtanen_2020"]))


def test_apa_says_that_a_number_is_of_the_article():
    assert "<i>6</i>(3), Article e34. https" in str(apa(WORKS["eysenbach_2004"]))
    assert "<i>BMJ</i>, <i>341</i>, Article c4587. https" in str(apa(WORKS["ocathain_2010"]))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("podsakoff_2003", "PODSAKOFF P M, MACKENZIE S B, LEE J Y, et al, 2003. Common method "
         "biases in behavioral research: A critical review of the literature and recommended "
         "remedies[J]. Journal of Applied Psychology, 88(5): 879-903. "
         "DOI: 10.1037/0021-9010.88.5.879."),
        ("zhou_long_2004", "周浩, 龙立荣, 2004. 共同方法偏差的统计检验与控制方法[J]. 心理科学进展, "
         "12(6): 942-950."),
        ("nunnally_bernstein_1994", "NUNNALLY J C, BERNSTEIN I H, 1994. Psychometric theory[M]. "
         "3rd ed. New York: McGraw-Hill."),
        ("mckinney_2010", "MCKINNEY W, 2010. Data structures for statistical computing in "
         "Python[C]//Proceedings of the 9th Python in Science Conference: 56-61. "
         "DOI: 10.25080/Majora-92bf1922-00a."),
    ],
)  # fmt: skip
def test_gb_t(key, expected):
    assert str(gb_t(WORKS[key])) == expected


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("(Hu & Bentler, 1999)", ["hu_bentler_1999"]),
        ("Satorra and Bentler (2001)", ["satorra_bentler_2001"]),
        ("Satorra 与 Bentler（2001）", ["satorra_bentler_2001"]),
        ("（温忠麟等，2018）", ["wen_2018"]),
        ("(Wen, Huang & Tang, 2018)", ["wen_2018"]),
        ("周浩、龙立荣，2004", ["zhou_long_2004"]),
        ("O'Cathain et al., 2010", ["ocathain_2010"]),
        ("Cohen (1960); Krippendorff (2011)", ["cohen_1960", "krippendorff_2011"]),
        ("Chen (2008), in the year 2007", []),
        ("Hu & Bentler", []),
    ],
)
def test_what_a_text_cites(text, keys):
    assert [work.key for work in cited(WORKS.values(), text)] == keys


def test_the_list_has_the_order_of_its_style():
    works = [WORKS[key] for key in ("welch_1947", "wen_2018", "aiken_west_1991", "von_elm_2007")]
    english = [re.match(r"[\w ]+", str(each))[0] for each in reference_list(works, "en")]
    assert english == ["Aiken", "von Elm", "Welch", "Wen"]
    chinese = [str(each)[:3] for each in reference_list(works, "zh")]
    assert chinese == ["温忠麟", "AIK", "VON", "WEL"]


def test_facts_are_of_the_right_form():
    for work in WORKS.values():
        assert work.key.endswith(str(work.year))
        assert 1900 < work.year <= 2026
        assert not work.doi or re.fullmatch(r"10\.\d{4,5}/\S+", work.doi)
        assert all(name in NO_PERSONS or ", " in name for name in work.authors)
        if work.kind == "article":
            assert work.container and work.volume and re.fullmatch(r"\w+(–\w+)?", work.pages)
    dois = [work.doi for work in WORKS.values() if work.doi]
    assert len(dois) == len(set(dois)) > 35


def test_the_page_lists_what_its_methods_cite_and_no_more(study, tables, parts):
    works = list(WORKS.values())
    page = render_page(study, tables, {}, **parts, works=works)
    listed = re.search(r'id="en-references"[^>]*>(.*?)</ul>', page, re.DOTALL)[1]
    assert "Efron, B. (1987)" in listed and "Games, P. A." in listed
    assert "Hayes" not in listed and "Horn" not in listed  # no moderation, no exploration here
    assert "Nunnally" in page.split("Other works that this page cites")[1]
    chinese = re.search(r'id="zh-references"[^>]*>(.*?)</ul>', page, re.DOTALL)[1]
    assert chinese.count("<li>") == listed.count("<li>") > 10
    assert "EFRON B, 1987." in chinese
    without = {name: text for name, text in tables.items() if name != "mediation"}
    page = render_page(study, without, {}, **parts, works=works)
    assert "Efron" not in page


def test_a_work_without_authors_in_chinese_has_one_surname():
    assert WORKS["hu_bentler_1999"].surnames == ["Hu"]
    assert isinstance(WORKS["wen_2018"], Work) and WORKS["wen_2018"].surnames == ["Wen", "温忠麟"]


def test_what_checklists_and_protocols_cite_is_in_the_list():
    files = [*REPORT.glob("checklists/*.yaml"), *REPORT.parent.glob("protocols/*.yaml")]
    citation = re.compile(
        r"(?:von )?[A-Z]\w+(?: et al\.| 等| (?:&|与) [A-Z]\w+)?,? ?[(（]?20[01]\d"
    )
    found = {each for file in files for each in citation.findall(file.read_text("utf-8"))}
    assert len(found) > 10
    assert {each for each in found if not cited(WORKS.values(), each)} == set()
