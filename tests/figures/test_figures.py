"""The figures as they are drawn and saved: from the tables, in both languages, byte by byte."""

import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from figure_tables import (
    ANSWERS,
    COEFFICIENTS,
    CORRELATIONS,
    DIFFERENCES,
    EFFECTS,
    FLOW,
    ITEMS,
    LOADINGS,
    MEANS,
    PATHS,
    RELIABILITY,
    REMOVED,
    SATURATION,
    SLOPES,
    STUDY,
    TABLES,
    THEMES,
)

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
from grassroots.figures.palette import HIGH1, HIGH3, LOW2, ON_DARK, ON_LIGHT, text_on
from grassroots.figures.svg import to_svg

SVG = "{http://www.w3.org/2000/svg}"


def svgs_of(*given):
    drawn = draw_figures(*given, forms=["svg"])
    return {name: files["svg"].decode() for name, files in drawn.items()}


def words(drawing):
    return [text for text, _ in drawing.sheet.texts]


@pytest.fixture(params=["en", "zh"])
def drawn(request, texts, font):
    names = list(FIGURES)
    svgs = svgs_of(names, request.param, STUDY, TABLES, texts[request.param], font.path)
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


def test_names_are_text_and_not_markup(drawn):
    language, svgs = drawn
    if language == "en":
        assert "Alpha &amp; &lt;b&gt;" in svgs["reliability"]


def test_figures_are_the_same_bytes_each_time(drawn, texts, font):
    language, svgs = drawn
    again = svgs_of(list(FIGURES), language, STUDY, TABLES, texts[language], font.path)
    assert again == svgs


@pytest.mark.parametrize(
    "tables", [{}, {name: text.splitlines()[0] for name, text in TABLES.items()}]
)
def test_without_data_nothing_is_drawn(tables, texts, font):
    assert not svgs_of(list(FIGURES), "zh", {"names": {}}, tables, texts["zh"], font.path)


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
        svgs = svgs_of(list(FIGURES), language, study, TABLES, texts[language], font.path)
        for svg in svgs.values():
            root = ET.fromstring(svg)
            assert root.find(f"{SVG}title").text.endswith(f"({word})")
            assert word in [element.text for element in root.iter(f"{SVG}text")]
    plain = svgs_of(list(FIGURES), "en", STUDY, TABLES, texts["en"], font.path)
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


def test_long_labels_of_bars_take_two_lines(subject):
    names = {"x1": {"en": "My family complains that I am always at work", "zh": "题"}}
    plain = likert.draw(subject({"answers": ANSWERS, "items": ITEMS}))
    drawing = likert.draw(subject({"answers": ANSWERS, "items": ITEMS}, {"names": names}))
    assert [text for text in words(drawing) if text.startswith(("My", "I am"))]
    assert not any(text.endswith("…") for text in words(drawing))
    assert drawing.sheet.height == plain.sheet.height + likert.LINE
