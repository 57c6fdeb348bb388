"""The index: real and simulated apart, the left out with their reasons."""

import html
import re

import pytest

from grassroots.report.index import render_index


@pytest.fixture
def index(study, tables, parts):
    simulated = {**study, "simulated": True, "dataset_title": {"en": "Made up", "zh": "模拟"}}
    return render_index(
        {"real_one": study, "made_up": simulated},
        {"real_one": tables, "made_up": tables},
        {"harbin": {"en": ['[S104] no column "<script>"'], "zh": ["[S104] 没有列"]}},
        {"real_one": "first", "made_up": "second", "harbin": "first"},
        **parts,
    )


def test_real_and_simulated_stand_apart(index):
    english = index[index.index('class="edition" data-lang="en"') :]
    order = [english.index(t) for t in (">Real data<", "real_one/report.html", ">Simulated data<",
             "made_up/report.html", "Left out", "harbin")]  # fmt: skip
    assert order == sorted(order)


def test_a_banner_names_the_simulated_data(index, study, tables, parts):
    english = index[index.index('class="edition" data-lang="en"') :]
    banner = english[english.index('<aside class="banner"') : english.index("</aside>")]
    assert "Made up" in banner and "Somewhere" not in banner
    assert "<aside" not in render_index({"real_one": study}, {"real_one": tables}, {}, {}, **parts)


def test_counts_of_simulated_data_are_not_added_to_the_real_ones(index):
    assert not re.search(r">6<", index)


def test_a_fault_is_shown_as_text(index):
    assert "no column &#34;&lt;script&gt;&#34;" in index


def test_a_fault_is_told_in_the_language_of_the_edition(index):
    editions = index.split('class="edition" data-lang="')[1:]
    for edition in editions:
        chinese = edition.startswith("zh")
        assert ("[S104] 没有列" in edition, "no column" in edition) == (chinese, not chinese)


def test_an_index_of_nothing(parts):
    assert "No dataset was built" in render_index({}, {}, {}, {}, **parts)


@pytest.fixture
def across(study, tables, parts):
    """Two cities of one protocol, the twin of one of them, another study, and one left out."""

    everything = {"twin": (True, "Twin"), "north": (False, "North"), "south": (False, "South")}

    def of(language, kinds=everything, **changed):
        studies = {
            name: {**study, "simulated": made, "dataset_title": {"en": title, "zh": title}}
            for name, (made, title) in kinds.items()
        }
        studies["alone"] = {**study, "title": {"en": "Another study", "zh": "另一研究"}}
        protocols = dict.fromkeys([*kinds, "harbin"], "one") | {"alone": "two", "jilin": "two"}
        found = {name: {**tables, **changed.get(name, {})} for name in studies}
        left_out = {name: {"en": ["[S104]"], "zh": ["[S104]"]} for name in ("harbin", "jilin")}
        page = render_index(studies, found, left_out, protocols, **parts)
        edition = page[page.index(f'class="edition" data-lang="{language}"') :]
        section = f'<section aria-labelledby="{language}-across">'
        assert edition.count(section) == 1
        return edition[edition.index(section) :].partition("</section>")[0]

    return of


def rows_of(section):
    """The texts of the cells, row by row."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", section, re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [
        [" ".join(html.unescape(re.sub("<[^>]+>", "", cell)).split()) for cell in row]
        for row in cells
    ]


def test_one_hypothesis_stands_side_by_side_real_data_before_simulated(across):
    other = (
        "id,statement,evidence,verdict,est,ci_low,ci_high,p\n"
        'H1,A is related to C.,"mediation[model=chain]: positive",not_supported,.4,-.1,.9,.07\n'
    )
    rows = rows_of(across("en", south={"hypotheses": other}))
    assert [row[0] for row in rows[1:]] == [
        "Real data", "H1 A is related to C.", "North", "South",
        "Simulated data", "H1 A is related to C.", "Twin",
    ]  # fmt: skip
    assert rows[3][1:6] == ["● Supported", "1.80", "[1.10, 2.50]", "< .001", "17"]
    assert rows[4][1:6] == ["○ Not supported", "0.40", "[\u22120.10, 0.90]", ".070", "17"]
    assert "Evidence" in rows[4][6]


@pytest.mark.parametrize(("simulated", "shown"), [(False, "Real data"), (True, "Simulated data")])
def test_cities_of_one_kind_are_compared_with_each_other(across, simulated, shown):
    section = across("en", {"north": (simulated, "North"), "south": (simulated, "South")})
    assert [row[0] for row in rows_of(section)[1:]] == [
        shown, "H1 A is related to C.", "North", "South",
    ]  # fmt: skip
    assert ("Simulated data stand apart" in section) is simulated


def test_the_link_leads_to_the_evidence_of_that_dataset(across):
    assert 'href="south/report.html#zh-sem"' in across("zh")


def test_several_results_that_decide_together_are_counted(across):
    several = (
        "id,statement,evidence,verdict,est,ci_low,ci_high,p,n_results,n_expected\n"
        "H1,A is related to C.,group_differences[outcome=c]: nonzero,partly,,,,,5,2\n"
    )
    section = across("en", north={"hypotheses": several}, twin={"hypotheses": several})
    assert rows_of(section)[3][2] == "2 of 5 results as expected"
    assert "judged by Welch" in section


def test_a_protocol_of_one_dataset_is_compared_with_nothing(across):
    assert "Another study" not in across("en")


def test_who_is_left_out_of_the_comparison_is_named(across):
    section = across("en")
    assert "harbin" in section and "jilin" not in section


def test_the_default_configuration_has_no_comparison(index):
    assert "-across" not in index.partition("</style>")[2]
