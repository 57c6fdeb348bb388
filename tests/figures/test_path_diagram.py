"""Labels of the path diagram never lie over one another or over a box."""

from itertools import combinations

import pytest
from figure_tables import PATHS, STUDY
from path_models import FORMS, LONG, model

from grassroots.figures import path_diagram
from grassroots.figures.drawing import WIDTH
from grassroots.figures.marks import Stroke
from grassroots.figures.path_layout import Segment, label_boxes
from grassroots.figures.sheet import Box


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("count", "form"), FORMS)
@pytest.mark.parametrize("long", [False, True])
def test_no_label_overlaps_another_text(subject, count, form, language, long):
    tables, study, edges = model(count, form)
    if long:
        study["names"] = dict.fromkeys(study["names"], LONG)
    drawing = path_diagram.draw(subject(tables, study, language))
    texts = drawing.sheet.texts
    assert sum("−" in text for text, _ in texts) == edges
    for (text, box), (other, other_box) in combinations(texts, 2):
        assert not box.overlaps(other_box, -2.0), (text, other)
    for text, box in texts:
        on_arrow = "−" in text
        assert not (on_arrow and any(box.overlaps(each) for each in drawing.sheet.frames)), text
    for text, box in texts:
        assert 0 <= box.left and box.right <= WIDTH, text
        assert 0 <= box.top and box.bottom <= drawing.sheet.height, text
    for one, other in combinations(drawing.sheet.frames, 2):
        assert not one.overlaps(other)


def test_two_models_stand_below_one_another(subject):
    first, study, edges = model(4, "parallel")
    second, other, more = model(3, "serial")
    rows = [line.replace("m,", "k,", 1) for line in second["sem_parameters"].splitlines()[1:]]
    table = first["sem_parameters"] + "\n".join(rows) + "\n"
    study["structural"] = [*study["structural"], {**other["structural"][0], "id": "k"}]
    sheet = path_diagram.draw(subject({"sem_parameters": table}, study)).sheet
    assert sum("−" in text for text, _ in sheet.texts) == edges + more
    for (text, box), (_, other_box) in combinations(sheet.texts, 2):
        assert not box.overlaps(other_box, -2.0), text


def test_an_arrow_is_as_thick_as_its_weight_and_dashed_unless_significant(subject):
    tables, study, _ = model(1, "parallel")
    head, *rows = tables["sem_parameters"].splitlines()
    weights = {rows[0]: (0.8, 0.001), rows[1]: (0.2, 0.001), rows[2]: (0.5, 0.2)}
    lines = []
    for row, (weight, p) in weights.items():
        cells = row.split(",")
        lines.append(",".join([*cells[:9], str(p), str(weight), "0.1", "0.9"]))
    table = "\n".join([head, *lines]) + "\n"
    sheet = path_diagram.draw(subject({"sem_parameters": table}, study)).sheet
    drawn = [mark for mark in sheet.marks if isinstance(mark, Stroke)]
    strong, weak, unsure = drawn
    assert strong.width > unsure.width > weak.width
    assert [bool(line.dashes) for line in drawn] == [False, False, True]


def test_labels_move_out_of_the_way():
    """Two arrows that cross in the middle: both labels cannot stand there."""
    segments = {("a", "d"): Segment((0, 0), (200, 100)), ("c", "b"): Segment((0, 100), (200, 0))}
    sizes = dict.fromkeys(segments, (40.0, 12.0))
    one, other = label_boxes(segments, sizes, [], 200).values()
    assert not one.overlaps(other)


def test_a_label_keeps_off_a_box():
    segments = {("a", "b"): Segment((0, 50), (200, 50))}
    box = Box(80, 30, 120, 70)
    placed = label_boxes(segments, {("a", "b"): (30.0, 12.0)}, [box], 200)
    assert not placed["a", "b"].overlaps(box)


def test_a_box_of_a_path_diagram_is_as_wide_as_its_longest_word(subject):
    names = {"a": {"en": "Industrialisation 1960", "zh": "工业化"}}
    drawing = path_diagram.draw(subject({"sem_parameters": PATHS}, {**STUDY, "names": names}))
    assert "Industrialisation" in [text for text, _ in drawing.sheet.texts]
