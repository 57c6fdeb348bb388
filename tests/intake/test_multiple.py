import pytest

from grassroots.intake.multiple import is_list_of_codes, options_of, without_written


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("其他〖分居〗", "其他"), ("其他〖a〗┋家庭", "其他┋家庭"), ("甲〖a〗┋乙〖b〗", "甲┋乙"),
        ("甲〖a┋b〗c〗┋乙", "甲┋乙"), ("甲〖没有写完", "甲"), ("甲〖a〗b", "甲"),
        ("甲〖两\n行〗→乙", "甲→乙"), ("甲", "甲"), (3, 3), (None, None),
    ],
)  # fmt: skip
def test_nothing_that_was_written_stays(cell, left):
    assert without_written([cell, "乙"]) == ([left, "乙"], int(cell != left))


def test_options_of_a_choice_and_places_of_a_ranking():
    cells = ["甲┋乙", "乙", "", None, "（空）", " 甲 "]
    assert options_of(cells, "┋", ("（空）",)) == {
        "甲": [1, 0, None, None, None, 1],
        "乙": [1, 1, None, None, None, 0],
    }
    assert options_of(["乙→甲", "甲"], "→") == {"乙": [1, None], "甲": [2, 1]}


def test_a_hundred_different_parts_are_no_options():
    assert options_of([f"{n}┋{n + 1}" for n in range(100)], "┋") == {}


@pytest.mark.parametrize(
    ("cells", "are"),
    [
        (["a b", "b", "a", "a b", None], True),
        (["1 2", "2", "1"], True),
        (["a", "b", "a"], False),
        (["very tired", "very busy", "tired and busy"], False),
        (["a a", "a"], False),
        (["我 很累", "我 很忙", "我"], False),
        ([], False),
    ],
)
def test_codes_in_one_cell_are_told_from_written_words(cells, are):
    assert is_list_of_codes(cells, " ") == are
