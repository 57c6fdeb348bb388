"""Columns and scales: by how many there are, their order, and the range of the answers."""

from grassroots.drafting.blocks import Block, matrix_blocks, runs_of_items
from grassroots.drafting.scales import match_scales

FIVE = ["1", "2", "3", "4", "5"]


def block(column, stem, rows, values=FIVE, labels=None):
    columns = [column(f"{stem}—row {n}", values, labels) for n in range(1, rows + 1)]
    return Block(stem, tuple(columns), matrix=True)


def drafted(instruments, blocks, speech):
    return {draft.name: draft for draft in match_scales(instruments, blocks, speech)}


def headers(draft):
    return [each.header for each in draft.columns.value]


def test_by_count_wherever_they_stand(column, instrument, speech):
    blocks = [block(column, "A", 4), block(column, "B", 6)]
    found = drafted({"six": instrument(6), "four": instrument(4, prefix="f")}, blocks, speech)
    assert headers(found["six"])[0] == "B—row 1"
    assert headers(found["four"])[0] == "A—row 1"
    assert found["six"].columns.sure > 0.9


def test_of_equal_counts_the_range_decides(column, instrument, speech):
    blocks = [block(column, "A", 4), block(column, "B", 4, FIVE[:4])]
    instruments = {"of_four": instrument(4, high=4), "of_five": instrument(4, prefix="f")}
    found = drafted(instruments, blocks, speech)
    assert headers(found["of_four"])[0] == "B—row 1"
    assert headers(found["of_five"])[0] == "A—row 1"


def test_of_equal_counts_and_ranges_the_order_decides_and_says_so(column, instrument, speech):
    blocks = [block(column, "A", 4), block(column, "B", 4)]
    found = drafted({"one": instrument(4), "two": instrument(4, prefix="t")}, blocks, speech)
    assert [headers(found[name])[0] for name in ("one", "two")] == ["A—row 1", "B—row 1"]
    assert all(found[name].columns.sure < 0.7 for name in ("one", "two"))
    assert "order" in found["one"].columns.reason


def test_the_title_counts_for_more_than_the_order(column, instrument, speech):
    blocks = [block(column, "量表t", 4), block(column, "量表i", 4)]
    found = drafted({"one": instrument(4), "two": instrument(4, prefix="t")}, blocks, speech)
    assert headers(found["one"])[0] == "量表i—row 1"


def test_a_scale_in_two_matrices_and_two_scales_in_one(column, instrument, speech):
    found = drafted({"one": instrument(7)}, [block(column, "A", 3), block(column, "B", 4)], speech)
    assert len(found["one"].columns.value) == 7
    both = {"one": instrument(3), "two": instrument(4, prefix="t")}
    found = drafted(both, [block(column, "C", 7)], speech)
    assert headers(found["two"]) == [f"C—row {n}" for n in (4, 5, 6, 7)]
    assert found["two"].columns.sure < 0.7


def test_a_row_too_many_is_listed_and_hardly_sure(column, instrument, speech):
    found = drafted({"one": instrument(6)}, [block(column, "A", 7)], speech)
    assert len(found["one"].columns.value) == 7
    assert found["one"].columns.sure < 0.5


def test_nothing_like_it_is_nothing(column, instrument, speech):
    assert drafted({"one": instrument(20)}, [block(column, "A", 4)], speech)["one"].columns is None


def test_rows_worded_as_the_items_are_put_in_their_order(column, instrument, speech):
    texts = ["Work tires me out", "I sleep badly at night", "My family complains of it"]
    items = {f"w{n}": {"text": {"en": text, "zh": "甲"}} for n, text in enumerate(texts, 1)}
    rows = [column(f"A—{text}", FIVE) for text in reversed(texts)]
    found = drafted({"w": instrument(3, items=items)}, [Block("A", tuple(rows), True)], speech)
    assert headers(found["w"]) == [f"A—{text}" for text in texts]


def test_answers_in_words_and_with_another_start(column, instrument, speech):
    words = ["同意", "不同意", "非常同意", "不确定", "非常不同意"]
    found = drafted({"one": instrument(3)}, [block(column, "A", 3, words)], speech)["one"]
    assert found.answers.value == ["非常不同意", "不同意", "不确定", "同意", "非常同意"]
    found = drafted(
        {"one": instrument(3)}, [block(column, "B", 3, ["甲", "乙", "丙", "丁", "戊"])], speech
    )
    assert found["one"].answers is None
    assert set(found["one"].words) == {"甲", "乙", "丙", "丁", "戊"}
    found = drafted(
        {"one": instrument(3)}, [block(column, "C", 3, ["0", "1", "2", "3", "4"])], speech
    )
    assert found["one"].answers.value == {"0": 1, "1": 2, "2": 3, "3": 4, "4": 5}
    found = drafted({"one": instrument(3)}, [block(column, "D", 3)], speech)
    assert found["one"].answers is None
    assert found["one"].words == ()


def test_labels_that_run_against_the_codes_are_followed(column, instrument, speech):
    labels = {"1": "非常同意", "2": "同意", "3": "不确定", "4": "不同意", "5": "非常不同意"}
    found = drafted({"one": instrument(3)}, [block(column, "A", 3, FIVE, labels)], speech)["one"]
    assert found.answers.value[0] == "非常不同意"


def test_blocks_by_headers(column):
    columns = [
        column("1、年龄", ["3"]), column("2、感受—甲", FIVE), column("2、感受—乙", FIVE),
        column("Q3_Row1", FIVE), column("Q3_Row2", FIVE), column("备注", ["x" * 9]),
        column("x1", FIVE), column("x2", FIVE), column("x3", FIVE), column("y1", FIVE),
    ]  # fmt: skip
    assert [block.stem for block in matrix_blocks(columns)] == ["2、感受", "Q3"]
    runs = runs_of_items(columns[6:])
    assert [len(block.columns) for block in runs] == [3]
