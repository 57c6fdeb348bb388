"""The page as HTML: what it says, that it never breaks, and that nothing planted gets through."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import pytest

from grassroots.report.page import content_hash, render_page
from grassroots.report.tables import Cell, Column, Table


class Reader(HTMLParser):
    """Elements, ids and the numbers of each language of a page."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.tags, self.values = Counter(), Counter(), {"en": [], "zh": []}
        self.attributes, self.links = Counter(), []
        self._language = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags[tag] += 1
        self.attributes.update(list(found))
        if "id" in found:
            self.ids[found["id"]] += 1
        if found.get("class") == "edition":
            self._language = found["data-lang"]
        if self._language and ("data-v" in found or (tag == "td" and "class" not in found)):
            self.values[self._language].append(found.get("data-v") or "")
        if tag == "a":
            self.links.append(found["href"])


@pytest.fixture
def render(study, tables, parts):
    def of(**changed):
        own = {**study, **changed.pop("study", {})}
        return render_page(own, changed.pop("tables", tables), changed.pop("figures", {}), **parts)

    return of


@pytest.fixture
def page(render):
    return render()


def part(page, language):
    """The HTML of one language."""
    start = page.index(f'class="edition" data-lang="{language}"')
    end = page.find('<div class="edition"', start)
    return page[start : end if end > 0 else None]


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_answer_comes_first(page):
    english = part(page, "en")
    order = [
        english.index(sign) for sign in ("<h1", "H1 is supported", "published findings", "<h3")
    ]
    assert order == sorted(order)


def test_versions_name_r_where_it_computed(render, study, tables):
    versions = study["versions"] | {"R": "4.5.2", "lavaan": "0.6.21"}
    by = "model,program,n,n_compared,difference,quantity\nthree,{},17,9,1e-8,chi2\n"
    for program in ("lavaan", "semopy"):
        checked = {**tables, "cross_check_summary": by.format(program)}
        page = render(study={"versions": versions}, tables=checked)
        shown = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
        assert (("R", "4.5.2") in shown, ("lavaan", "0.6.21") in shown) == (
            (program == "lavaan",) * 2
        )
        assert ("grassroots", "0.1.0") in shown


def test_both_languages_print_the_same_numbers(page):
    values = Reader(page).values
    assert len(values["en"]) > 100
    assert sorted(values["en"]) == sorted(values["zh"])  # sentences order them differently


def test_each_language_has_its_number_style(page):
    assert ">&lt; .001<" in part(page, "en") and ">.81<" in part(page, "en")
    assert ">&lt;0.001<" in part(page, "zh") and ">0.81<" in part(page, "zh")
    assert "0.46***" in part(page, "zh") and "***" not in part(page, "en")


def test_captions_are_numbered_in_the_manner_of_each_language(page):
    assert "Table 1</span>" in part(page, "en")
    assert "表 1-1</span>" in part(page, "zh")


def test_names_come_from_the_study(page):
    assert "Item one" in part(page, "en") and "题项一" in part(page, "zh")
    assert "Too few answers" in part(page, "en") and "作答题项过少" in part(page, "zh")


def test_models_that_only_serve_omega_are_not_shown(page):
    assert "one_factor" not in page
    assert ".11" not in part(page, "en").split("Factor loadings")[1].split("</table>")[0]


def test_a_model_without_a_solution_says_why(page):
    assert "has no solution: the estimation did not converge" in text(part(page, "en"))


def test_ids_are_unique(page):
    repeated = [name for name, count in Reader(page).ids.items() if count > 1]
    assert repeated == []


def test_every_inner_link_has_a_target(page):
    reader = Reader(page)
    inner = {link[1:] for link in reader.links if link.startswith("#")}
    assert inner and inner <= set(reader.ids)


def test_links_out_are_to_files_beside_the_page(page):
    outer = {link for link in Reader(page).links if not link.startswith("#")}
    files = r"(tables|data)/\w+\.csv|tables\.(en|zh)\.(docx|xlsx|tex|csv\.zip)"
    assert all(re.fullmatch(rf"\.\./index\.html|{files}", link) for link in outer)


def test_each_table_has_a_caption_and_scopes(page):
    reader = Reader(page)
    assert reader.tags["caption"] == reader.tags["table"] > 20
    assert not re.search(r"<th(?![^>]*scope)[ >]", page)


def test_nothing_needs_the_network_and_the_policy_admits_just_this_page(page, parts):
    assert not re.search(r"""(src|href)=["'](https?:)?//""", page)
    assert 'http-equiv="Content-Security-Policy" content="default-src \'none\';' in page
    assert content_hash(parts["script"]) in unescape(page)
    assert content_hash(parts["style"]) in unescape(page)
    assert "unsafe" not in page.split("</head>")[0].split("<style>")[0]
    assert Reader(page).attributes["style"] == 0
    assert not [name for name in Reader(page).attributes if name.startswith("on")]


PLANTED = "<script>alert('planted')</script><img src=x onerror=alert(1)>"


def test_planted_html_is_shown_as_text(render, tables, study):
    names = {key: {"en": PLANTED, "zh": PLANTED} for key in study["names"]}
    poisoned = {
        name: value.replace("A thesis", PLANTED)
        .replace("Chi-square", PLANTED)
        .replace("utf-8", PLANTED)
        .replace("too_few_answers", PLANTED)
        for name, value in tables.items()
    }
    both = {"en": PLANTED, "zh": PLANTED}
    page = render(
        study={
            "names": names,
            "title": both,
            "question": both,
            "place": both,
            "origin": both,
            "collected": {"en": PLANTED, "zh": PLANTED},
            "claims_source": {"en": PLANTED, "zh": PLANTED},
            "dataset_title": both,
            "versions": {PLANTED: PLANTED},
            "dataset": PLANTED,
        },
        tables=poisoned,
    )
    reader = Reader(page)
    # The page's own, the packed record of its numbers, and what LaTeX makes of characters.
    assert reader.tags["script"] == 3
    assert reader.tags["img"] == 0
    assert page.count("&lt;script&gt;") > 20


@pytest.mark.parametrize("name", ["flow", "source", "sample", "missing", "missing_test",
    "reliability", "items", "factorability", "cfa_fit", "cfa_loadings", "cfa_correlations",
    "validity", "htmt", "method_bias", "descriptives", "correlations", "sem_fit",
    "sem_parameters", "mediation", "hypotheses", "claims", "group_differences", "group_means",
    "post_hoc", "regression", "regression_fit", "answers", "normality", "screening_flags",
    "sensitivity"])  # fmt: skip
@pytest.mark.parametrize("how", ["absent", "header", "empty"])
def test_no_table_is_indispensable(render, tables, name, how):
    header = tables[name].splitlines()[0] + "\n"
    rest = {key: value for key, value in tables.items() if key != name}
    given = {"absent": rest, "header": {**rest, name: header}, "empty": {**rest, name: ""}}[how]
    assert "</html>" in render(tables=given)


def test_a_page_without_any_table_says_so(render):
    page = part(render(tables={}), "en")
    assert "This study states no hypotheses" in page
    assert "No published finding" in page


def test_simulated_data_reproduce_nothing(render, tables):
    claims = tables["claims"].replace(",same,", ",as_simulated,").replace(",differs,",
        ",not_as_simulated,")  # fmt: skip
    page = render(study={"simulated": True}, tables={**tables, "claims": claims})
    assert 'class="banner"' in page
    english = text(part(page, "en"))
    assert "These data were built to follow 5 published findings" in english
    assert "came out the same" not in english
    assert "reproduced" not in english
    assert 'class="banner"' not in render()


def test_every_simulated_table_and_figure_says_so(render):
    drawn = '<svg xmlns="http://www.w3.org/2000/svg"><title>drawn</title></svg>'
    figures = {"reliability.en": drawn, "likert.en": drawn, "group_means.en": drawn}
    page = part(render(study={"simulated": True}, figures=figures), "en")
    blocks = re.findall(r'<(?:div class="table" id="en-table|figure id)', page)
    assert len(blocks) > 25
    assert page.count("the numbers say nothing about the published study") == len(blocks)
    assert page.count("Data file</a>") == 0 and "Data file (simulated)" in page
    assert "simulated" not in text(part(render(), "en"))


def test_the_methods_paragraph_tells_only_what_was_done(render, tables):
    without = {name: value for name, value in tables.items() if name != "mediation"}
    english = text(part(render(), "en"))
    assert "describe cross-sectional data; by themselves they do not show" in english
    assert "5,000 bootstrap samples" in english
    assert (
        "bootstrap" not in text(part(render(tables=without), "en")).split("Methods paragraph")[-1]
    )


def test_a_bootstrap_of_blocks_is_named(render, tables):
    assert "blocks of" not in text(part(render(), "en"))
    head, *rows = tables["mediation"].splitlines()
    rows = [f"{row},{5000 if 'observed' in row else ''}" for row in rows]
    page = render(tables={**tables, "mediation": "\n".join([f"{head},blocks", *rows])})
    english, chinese = text(part(page, "en")), text(part(page, "zh"))
    assert "the bootstrap drew from 5,000 blocks of respondents" in english
    assert "the samples were drawn from 5,000 blocks of them" in english
    assert "a relative error of 1.0% from the lot" in english
    assert "随机划分的 5000 组受访者" in chinese
    assert "分为 5000 组" in chinese


def test_a_figure_without_data_is_left_out(render):
    drawn = '<svg xmlns="http://www.w3.org/2000/svg"><title>drawn</title></svg>'
    page = render(figures={"reliability.en": drawn})
    assert page.count("<title>drawn</title>") == 1
    assert page.count("<figure") == 1


def test_rows_left_out_at_reading_are_told(render, tables):
    plain = render()
    assert "Left out when read" not in plain
    notes = "preview: 2; unfinished: 1; short_rows: 1: 9; only_first: 3: 4, 5, 6"
    source = f'file,format,encoding,rows,columns,sha256,notes\nr.csv,csv,utf-8,20,9,abc,"{notes}"\n'
    page = render(tables={**tables, "source": source})
    assert "Left out when read" in page and "读取时排除" in page
    for text in ("previews of the questionnaire", "never sent", "rows of the first file alone"):
        assert text in page, text
    assert "4, 5, 6" not in page


def test_one_language_needs_no_switch(study, tables, parts):
    own = {**parts, "texts": {"zh": parts["texts"]["zh"]}}
    page = render_page(study, tables, {}, **own)
    assert 'lang="zh-CN"' in page and 'for="lang-zh"' not in page


def test_the_same_inputs_give_the_same_page(render):
    assert render() == render()


def test_claims_of_an_order_and_of_words_are_shown_in_words(render):
    page = render()
    english, chinese = (text(part(page, language)) for language in ("en", "zh"))
    assert "higher for: north 4.10 mean 3.51, others 2.75" in english
    assert "at a medium level medium medium" in english
    assert "较高者：north" in chinese and "中等" in chinese


def test_a_row_that_would_stand_under_the_wrong_headings_is_refused():
    columns = [Column("a"), Column("b")]
    with pytest.raises(ValueError, match="3 cells for 2 columns"):
        Table("t", "caption", columns, [[Cell("x"), Cell("1"), Cell("2")]])


def test_methods_are_told_in_a_paragraph_a_stage(render):
    english = part(render(), "en")
    told = english.split('id="en-methods-text">')[1].split("</div>")[0]
    paragraphs = [text(each) for each in told.split("<p>")[1:]]
    assert len(paragraphs) >= 4
    assert "excluded" in paragraphs[0] and "bootstrap" not in paragraphs[0]
    assert "numpy" in paragraphs[-1].lower()
