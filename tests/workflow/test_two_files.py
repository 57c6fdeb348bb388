"""The exports by text and by number of one survey, as a run reads them."""

import csv
import io

FOLDER = "data/raw/m_county"
TARGET = "results/m_county/data/responses.parquet"
NUMBERS = {
    "从不": "1",
    "偶尔": "2",
    "有时": "3",
    "经常": "4",
    "总是": "5",
    "(空)": "-2",
    "(跳过)": "-3",
}


def test_two_exports_give_what_the_one_gave(new_checkout):
    checkout = new_checkout("one")
    checkout.build(TARGET)
    of_one = (checkout.folder / TARGET).read_bytes()
    text = (checkout.folder / FOLDER / "responses.csv").read_bytes().decode("gb18030")
    header, *body = csv.reader(io.StringIO(text, newline=""))
    coded = [[NUMBERS.get(cell, cell) for cell in row] for row in reversed(body)]
    with (checkout.folder / FOLDER / "numbers.csv").open("w", encoding="utf-16", newline="") as out:
        csv.writer(out, delimiter="\t").writerows([header, *coded])
    codebook = f"{FOLDER}/codebook.yaml"
    words = "    answers: [从不, 偶尔, 有时, 经常, 总是]\n"
    with (
        checkout.edited(codebook, "responses.csv\n", "responses.csv\nsecond_file: numbers.csv\n"),
        checkout.edited(codebook, words, ""),
        checkout.edited(codebook, "expected: [经常]", "expected: [4]"),
    ):
        said = checkout.build(TARGET)
        assert "by text and by number, joined (csv, comma, gb18030): 643 answers" in said
        assert (checkout.folder / TARGET).read_bytes() == of_one
        # What is said of a file is said once.
        assert "is read as" not in checkout.build(TARGET)
