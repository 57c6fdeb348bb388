"""The figures as they are drawn and saved: from the tables, in both languages, byte by byte."""

import itertools
import re
import xml.etree.ElementTree as ET

import pytest

from grassroots.figures import (
    coefficients,
    correlations,
    group_means,
    indirect_effects,
    likert,
    loadings,
    path_diagram,
    reliability,
    sample_flow,
    saturation,
    simple_slopes,
    themes,
)
from grassroots.figures.draw import FIGURES, draw_figures
from grassroots.figures.forest import LABEL
from grassroots.figures.palette import BY_MARKER, HIGH1, HIGH3, LOW2, ON_DARK, ON_LIGHT, text_on
from grassroots.figures.svg import to_svg

SVG = "{http://www.w3.org/2000/svg}"
FLOW = "step,reason,n_before,n_removed,n_after\nreturned,,320,0,320\n"
REMOVED = FLOW + "excluded,too_few_answers,320,12,308\nexcluded,duplicate,308,8,300\n"
RELIABILITY = (
    "scale,n_items,n,alpha,alpha_low,alpha_high,omega\n"
    "a,3,301,.6261,.55,.69,.6258\nb,3,301,.88,.86,.9,\n"
)
LOADINGS = (
    "model,estimator,group,factor,item,est,se,z,p,std,std_low,std_high\n"
    "m,ML,,a,x1,1,,,,.77,.66,.88\nm,ML,,a,x2,.55,.1,5,1e-8,.42,.31,.54\n"
    "one_factor:a,ML,,a,x3,1,,,,.11,.1,.2\n"
)
EFFECTS = (
    "model,scores,effect,path,est,se,ci_low,ci_high,method,std,std_low,std_high,share,p,n\n"
    "m,latent,indirect,a -> b -> c,1.2,.3,.5,1.9,delta,.4,.2,.6,.6,.01,75\n"
    "m,observed,indirect,a -> b -> c,.7,.2,-.1,1,percentile,.3,-.04,.6,.6,.06,75\n"
    "m,observed,indirect,a -> b -> c,.7,.2,-.1,1,bca,.3,-.03,.6,.6,.06,75\n"
)
PATHS = (
    "model,estimator,group,lhs,op,rhs,est,se,z,p,std,std_low,std_high\n"
    "m,ML,,b,~,a,1.48,.4,3.7,.0002,.45,.24,.65\nm,ML,,c,~,b,.84,.1,8,1e-9,.89,.79,.98\n"
    "m,ML,,c,~,a,.1,.2,.5,.6,.05,-.1,.2\nm,ML,,x1,=~,a,1,,,,.9,.8,1\n"
)
MEANS = (
    "outcome,by,level,n,mean,sd,ci_low,ci_high,status\n"
    "c,sex,male,30,2.6,.6,2.4,2.8,ok\nc,sex,female,30,2.9,.6,2.7,3.1,ok\n"
    "c,sex,other,3,,,,,small_group\nd,sex,male,30,4,.6,3.9,4.1,ok\n"
)
DIFFERENCES = (
    "outcome,by,test,statistic,df1,df2,p,judged\n"
    "c,sex,welch_t,-2.7,58,,.0061,True\nc,sex,student_t,-2.7,58,,.02,False\n"
)
COEFFICIENTS = (
    "model,outcome,step,term,b,beta,ci_low,ci_high,p\n"
    "m,c,1,intercept,3,,2,4,.001\nm,c,1,sex=female,.2,.11,.1,.3,.01\n"
    "m,c,2,intercept,3,,2,4,.001\nm,c,2,sex=female,.2,.1,.1,.3,.01\n"
    "m,c,2,a,-.4,-.2,-.6,-.2,.01\nm,c,2,b,.1,.05,-.1,.3,.4\n"
)
SLOPES = (
    "model,path,at,value,est,se,t,p,ci_low,ci_high,n,df,x_low,x_high,y_low,y_high,significant\n"
    "w,a -> c,low,2.07,-.23,.07,-3.2,.002,-.36,-.09,320,307,2.8,4.1,3,2.7,\n"
    "w,a -> c,mean,2.6,-.13,.05,-2.6,.01,-.23,-.03,320,307,2.8,4.1,2.77,2.6,\n"
    "w,a -> c,high,3.13,-.04,.07,-.6,.52,-.17,.09,320,307,2.8,4.1,2.55,2.49,\n"
    "w,a -> c,boundary,2.78,-.1,.05,-1.97,.05,-.2,0,320,307,,,,,below\n"
)
CORRELATIONS = (
    "x,y,n,r,ci_low,ci_high,p\na,b,75,.52,.4,.6,.001\na,c,75,-.32,-.4,-.2,.001\n"
    "b,c,75,.04,-.2,.3,.7\n"
)
ANSWERS = "scale,item,answer,n,percent\n" + "".join(
    f"{scale},{item},{answer},1,{percent}\n"
    for scale, item, shares in (
        ("a", "x1", (40, 30, 20, 7, 3)),
        ("a", "x2", (3, 7, 20, 30, 40)),
        ("total", "x1", (40, 30, 20, 7, 3)),
        ("b", "x3", (10, 20, 30, 40)),
        ("odd", "x4", (12.5,) * 8),
    )
    for answer, percent in enumerate(shares, 1)
)
ITEMS = "scale,item,reversed\na,x1,False\na,x2,True\ntotal,x1,False\nb,x3,False\n"
THEMES = (
    "level,theme,code,n_interviews,n_excerpts,suppressed\n"
    "home,,,3,9,False\nhome,family,,3,9,False\nhome,family,care,3,9,False\n"
    "work,,,4,5,False\nwork,pay,,,,True\nwork,blame,,0,0,False\n"
)
SATURATION = "order,interview,new_codes,cumulative_codes,expected_codes\n" + "".join(
    f"{i},P{i:02d},{int(i < 4)},{min(i, 3)},{3 - 2 / i}\n" for i in range(1, 21)
)
EIGENVALUES = "scale,component,observed,parallel,parallel_mean,n,draws\n" + "".join(
    f"{scale},{i},{observed},{limit},{limit},148,1000\n"
    for scale in ("a", "b")
    for i, (observed, limit) in enumerate([(3.2, 1.4), (1.3, 1.2), (0.9, 1.1), (0.6, 0.9)], 1)
)
STUDY = {
    "simulated": False,
    "names": {"a": {"en": "Alpha & <b>", "zh": "甲"}, "x1": {"en": "Item", "zh": "题项"}},
    "structural": [
        {"id": "m", "predictor": "a", "mediators": ["b"], "outcome": "c", "form": "parallel"},
        {"id": "w", "predictor": "a", "mediators": [], "outcome": "c", "moderator": "b"},
    ],
    "alpha": 0.05,
}
TABLES = {
    "flow": REMOVED,
    "reliability": RELIABILITY,
    "cfa_loadings": LOADINGS,
    "mediation": EFFECTS,
    "sem_parameters": PATHS,
    "group_means": MEANS,
    "group_differences": DIFFERENCES,
    "regression": COEFFICIENTS,
    "correlations": CORRELATIONS,
    "answers": ANSWERS,
    "items": ITEMS,
    "themes": THEMES,
    "saturation": SATURATION,
    "missing": "variable,n_missing,percent,n\nx1,12,4,300\nx2,0,0,300\n",
    "missing_patterns": "pattern,n,percent,n_items,n_patterns,suppressed\n"
    "complete,270,90,0,1,False\nx1,20,6.7,1,1,False\n",
    "regression_residuals": "model,step,kind,x,y,sd,n\n"
    + "".join(
        f"m,2,{kind},{x},{x / 2},,6\n" for kind in ("bin", "smooth", "quantile") for x in (-1, 2)
    ),
    "eigenvalues": EIGENVALUES,
    "simple_slopes": SLOPES,
}


def words(drawing):
    return [text for text, _ in drawing.sheet.texts]


@pytest.fixture(params=["en", "zh"])
def drawn(request, texts, font):
    names = list(FIGURES)
    svgs = draw_figures(names, request.param, STUDY, TABLES, texts[request.param], font.path)
    return request.param, svgs


def test_a_figure_says_in_words_what_it_shows(drawn):
    language, svgs = drawn
    for name, svg in svgs.items():
        root = ET.fromstring(svg)
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title.text and description.text
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert title.get("id") == f"figure-{name}-{language}-title"
    assert (".63 [.55, .69]" if language == "en" else "0.63 [0.55, 0.69]") in svgs["reliability"]


def test_a_figure_fits_into_a_page(drawn):
    """No style, script, metadata or date; no ids but its own; colours from the page."""
    _, svgs = drawn
    for svg in svgs.values():
        root = ET.fromstring(svg)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            "svg", "title", "desc", "g", "path", "text"
        }  # fmt: skip
        assert not [element for element in root.iter() if element.get("style")]
        assert len(re.findall(r' id="', svg)) == 2
        painted = {e.get(k) for e in root.iter() for k in ("fill", "stroke")} - {None, "none"}
        assert painted and all(colour.startswith("var(--") for colour in painted)
        assert not [marker for marker in BY_MARKER if marker in svg]


def test_names_are_text_and_not_markup(drawn):
    language, svgs = drawn
    if language == "en":
        assert "Alpha &amp; &lt;b&gt;" in svgs["reliability"]


def test_figures_are_the_same_bytes_each_time(drawn, texts, font):
    language, svgs = drawn
    again = draw_figures(list(FIGURES), language, STUDY, TABLES, texts[language], font.path)
    assert again == svgs


@pytest.mark.parametrize(
    "tables", [{}, {name: text.splitlines()[0] for name, text in TABLES.items()}]
)
def test_without_data_a_figure_says_so(tables, texts, font):
    svgs = draw_figures(list(FIGURES), "zh", {"names": {}}, tables, texts["zh"], font.path)
    assert set(svgs) == set(FIGURES)
    for svg in svgs.values():
        assert ET.fromstring(svg).get("data-empty") == "true"


def test_the_flow_names_each_exclusion(subject):
    texts = words(sample_flow.draw(subject({"flow": REMOVED})))
    assert "Received: 320" in texts and "Analysed: 300" in texts
    assert "Too few answers" in texts and "Excluded: 12" in texts
    assert texts.count("Remaining: 308") == 1


def test_a_flow_without_exclusions_is_two_boxes(subject):
    assert words(sample_flow.draw(subject({"flow": FLOW}))) == ["Received: 320", "Analysed: 320"]


def test_reliabilities_print_alpha_and_its_interval(subject):
    texts = words(reliability.draw(subject({"reliability": RELIABILITY})))
    assert ".63 [.55, .69]" in texts and ".88 [.86, .90]" in texts


def test_loadings_leave_out_the_models_of_omega(subject):
    texts = words(loadings.draw(subject({"cfa_loadings": LOADINGS}, STUDY)))
    assert "Item" in texts and "x3" not in texts
    assert ".42 [.31, .54]" in texts


def test_effects_show_the_judged_interval_and_no_other(subject):
    drawing = indirect_effects.draw(subject({"mediation": EFFECTS}, STUDY))
    texts = words(drawing)
    assert texts.count("Indirect via b") == 2
    assert ".30 [−.04, .60]" in texts and ".30 [−.03, .60]" not in texts


def test_a_path_that_is_not_significant_is_dashed(subject):
    drawing = path_diagram.draw(subject({"sem_parameters": PATHS}, STUDY))
    svg = to_svg(drawing.sheet, "x", "t", "d")
    dashed = re.findall(r"<path[^>]*stroke-dasharray[^>]*>", svg)
    assert len(dashed) == 1
    widths = [float(width) for width in re.findall(r'stroke-width="([\d.]+)"', svg)]
    assert max(widths) > 3 > min(widths)


def test_long_item_names_stay_clear_of_the_plot(subject):
    long = "An item whose wording goes on and on beyond all that has room in one line or in two"
    study = {**STUDY, "names": {"x1": {"en": long, "zh": "题" * 60}}}
    for language in ("en", "zh"):
        drawing = loadings.draw(subject({"cfa_loadings": LOADINGS}, study, language))
        labels = [box for text, box in drawing.sheet.texts if text[0] in "Awo题"]
        assert labels and all(box.right <= LABEL for box in labels)
        assert any(text.endswith("…") for text, _ in drawing.sheet.texts)


def test_questionnaires_that_were_issued_stand_on_top(subject):
    flow = REMOVED.replace("returned,,320", "issued,,400,0,400\nreturned,,320")
    texts = words(sample_flow.draw(subject({"flow": flow})))
    assert texts.index("Issued: 400") < texts.index("Received: 320")
    assert "Not returned" in texts and "80" in texts


def test_answers_diverge_from_the_middle(subject):
    """Half of the middle answer, and all below it, lie left of zero."""
    first, second = likert._scales(subject({"answers": ANSWERS, "items": ITEMS}))["a"]
    assert (second.label, second.below, second.net) == ("x1", 80, -60)
    assert (first.label, first.below, first.net) == ("x2 (R)", 20, 60)


def test_answers_stand_once_and_sorted_by_agreement(subject):
    texts = words(likert.draw(subject({"answers": ANSWERS, "items": ITEMS})))
    assert texts.index("x2 (R)") < texts.index("x1") and texts.count("x1") == 1
    assert "total" not in texts and "x4" not in texts
    # 7 and 3 percent have no number; the four answers of b have a legend of their own.
    assert "40" in texts and "7" not in texts and "+60" in texts and "\u221260" in texts
    assert texts.count("b") == 2


def test_numbers_on_the_bars_can_be_read():
    assert text_on(HIGH3) is ON_DARK and text_on(LOW2) is ON_LIGHT


def test_the_heat_map_prints_every_number_and_shades_by_size(subject):
    texts = words(correlations.draw(subject({"correlations": CORRELATIONS,
                                             "reliability": RELIABILITY})))  # fmt: skip
    assert {".52", "\u2212.32", ".04", ".63", ".88"} <= set(texts)
    assert correlations.shade(0.52) is HIGH3 and correlations.shade(0.1) is HIGH1
    assert correlations.shade(-0.32) is LOW2 and correlations.shade(0.09) is None


def test_means_are_those_of_the_first_outcome_with_the_judged_p(subject):
    tables = {"group_means": MEANS, "group_differences": DIFFERENCES}
    texts = words(group_means.draw(subject(tables)))
    assert "sex, p = .006" in texts and "2.90 [2.70, 3.10]" in texts
    assert "too few" in texts and not [text for text in texts if text.startswith("4.00")]


def test_coefficients_leave_out_the_controls_and_have_the_interval_of_b(subject):
    texts = words(coefficients.draw(subject({"regression": COEFFICIENTS})))
    assert "\u2212.20 [\u2212.30, \u2212.10]" in texts and ".05 [\u2212.05, .15]" in texts
    assert not [text for text in texts if "female" in text]
    only = "\n".join(COEFFICIENTS.splitlines()[:3]) + "\n"
    assert "sex: female" in words(coefficients.draw(subject({"regression": only})))


def test_labels_have_room_beside_the_zero_line(subject):
    names = {"b": {"en": "Democracy 1960", "zh": "民主"}}
    drawing = indirect_effects.draw(subject({"mediation": EFFECTS}, {**STUDY, "names": names}))
    line = min(box.left for text, box in drawing.sheet.texts if text in ("0", "-.2", "\u2212.2"))
    labels = [box for text, box in drawing.sheet.texts if text.startswith("Indirect")]
    assert labels and all(box.right + 8 < line for box in labels)


def test_simulated_figures_say_so_in_the_file(texts, font):
    study = {**STUDY, "simulated": True}
    for language, word in (("en", "Simulated data"), ("zh", "模拟数据")):
        svgs = draw_figures(list(FIGURES), language, study, TABLES, texts[language], font.path)
        for svg in svgs.values():
            root = ET.fromstring(svg)
            assert root.find(f"{SVG}title").text.endswith(f"({word})")
            assert word in [element.text for element in root.iter(f"{SVG}text")]
    plain = draw_figures(list(FIGURES), "en", STUDY, TABLES, texts["en"], font.path)
    assert not [svg for svg in plain.values() if "imulated" in svg]


def test_every_text_lies_on_its_sheet(drawn, subject):
    language, _ = drawn
    for name, draw in FIGURES.items():
        sheet = draw(subject(TABLES, STUDY, language)).sheet
        for text, box in sheet.texts:
            assert box.left >= -0.01 and box.right <= sheet.width + 0.01, (name, text)
            assert box.top >= -1 and box.bottom <= sheet.height + 1, (name, text)


def test_themes_have_bars_by_level_and_no_bar_for_a_hidden_count(subject):
    drawing = themes.draw(subject(TABLES, STUDY))
    said = words(drawing)
    assert said.index("home") < said.index("family") < said.index("work") < said.index("pay")
    assert "interviews, of 20" in said
    assert [said[said.index(theme) + 1] for theme in ("family", "pay", "blame")] == [
        "3", "not shown", "0",
    ]  # fmt: skip
    assert "family: 3" in drawing.description
    assert themes.draw(subject({"themes": THEMES})) is None


def test_saturation_names_as_many_interviews_as_have_room(subject):
    drawing = saturation.draw(subject(TABLES, STUDY))
    named = [text for text in words(drawing) if text.startswith("P")]
    assert named == [f"P{i:02d}" for i in range(1, 21, 2)]
    boxes = [box for text, box in drawing.sheet.texts if text in named]
    assert not [pair for pair in itertools.pairwise(boxes) if pair[0].overlaps(pair[1])]
    assert saturation.draw(subject({"saturation": SATURATION[: SATURATION.index("2,P02")]})) is None


def test_simple_slopes_are_drawn_from_end_to_end(subject):
    drawing = simple_slopes.draw(subject({"simple_slopes": SLOPES}, STUDY))
    texts = words(drawing)
    assert "\u22121 SD (2.07): b = \u22120.23, p = .002" in texts
    assert "\u22121 SD (2.80)" in texts and "+1 SD (4.10)" in texts
    assert not any("2.78" in text for text in texts)  # a boundary is no line
    assert "mean (2.60): b = \u22120.13, p = .010" in drawing.description
    assert simple_slopes.draw(subject({"simple_slopes": SLOPES.split("\n")[0]}, STUDY)) is None


def test_two_categories_have_their_names(subject):
    head = SLOPES.split("\n")[0]
    rows = (
        "w,a -> c,male,0,.2,.1,2,.04,.01,.4,99,90,1,2,3,3.2,\n"
        "w,a -> c,female,1,.4,.1,4,.001,.2,.6,99,90,1,2,3,3.4,\n"
    )
    names = {"b=female": {"en": "Women", "zh": "\u5973"}}
    study = {**STUDY, "names": names}
    drawing = simple_slopes.draw(subject({"simple_slopes": f"{head}\n{rows}"}, study))
    assert "Women: b = 0.40, p = .001" in words(drawing)


def test_effects_of_exploratory_models_are_not_in_the_figure(subject):
    study = {"structural": [{"id": "m", "exploratory": True}, {"id": "n"}]}
    other = "n,latent,indirect,a -> b -> c,1,.3,.5,1.9,delta,.55,.2,.6,.6,.01,75\n"
    shown = words(indirect_effects.draw(subject({"mediation": EFFECTS + other}, study)))
    assert any(".55" in text for text in shown) and not any(".40" in text for text in shown)
    alone = words(indirect_effects.draw(subject({"mediation": EFFECTS}, study)))
    assert any(".40" in text for text in alone)
