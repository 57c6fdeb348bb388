"""Files changed at random: a study either loads or has faults with codes, and nothing else happens.

The short profile looks at some hundred files in seconds; the long one, `-m slow`, at thousands.
"""

import io
import zipfile
from pathlib import Path

import pytest
from broken_tables import SAV, XLSX, spss
from hypothesis import given, settings
from hypothesis import strategies as st
from small_study import CLAIMS, CODEBOOK, CONFIG, PROTOCOL, RAW, STRAIN, SmallStudy, answers

SHORT, LONG = 60, 3000
# What breaks readers: quotes, separators, ends, numbers out of bounds, YAML's own characters.
SNIPPETS = [
    *(b'"', b"'", b",", b";", b"\t", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"\\"),
    *(b"[", b"]", b"{", b"}", b"- ", b": ", b"&a ", b"*a", b"!!int ", b"%", b"@", b"|", b">", b"?"),
    *(b"1e999", b"-1", b"99999999999999999999", b"nan", b"=1+1", b"<", b"&", b"\xe4\xb8", b"~"),
    *("〖".encode(), "┋".encode(), "１".encode(), "\u202e".encode(), "序号".encode(), b"\x1b[31m"),
]
place = st.floats(min_value=0, max_value=1, exclude_max=True)
change = st.one_of(
    st.tuples(st.just("flip"), place, st.integers(0, 255)),
    st.tuples(st.just("insert"), place, st.sampled_from(SNIPPETS)),
    st.tuples(st.just("cut"), place, st.integers(1, 400)),
    st.tuples(st.just("double"), place, st.integers(1, 400)),
    st.tuples(st.just("end"), place, st.none()),
)
changes = st.lists(change, min_size=1, max_size=6)


def changed(content: bytes, steps: list[tuple]) -> bytes:
    for kind, share, what in steps:
        at = int(share * len(content))
        if kind == "flip":
            content = content[:at] + bytes([what]) + content[at + 1 :]
        elif kind == "insert":
            content = content[:at] + what + content[at:]
        elif kind == "cut":
            content = content[:at] + content[at + what :]
        elif kind == "double":
            content = content[: at + what] + content[at:]
        else:
            content = content[:at]
    return content


def within_zip(content: bytes, steps: list[tuple], number: int) -> bytes:
    """A zip with one of its members changed, so that it opens and is wrong inside."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        names = sorted(old.namelist())
        chosen = names[number % len(names)]
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
            for name in names:
                part = old.read(name)
                new.writestr(name, changed(part, steps) if name == chosen else part)
    return again.getvalue()


def looked_at(study: SmallStudy, path: Path, content: bytes) -> None:
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        faults = study.faults()
    finally:
        path.write_bytes(before)
    for fault in faults:
        for language in ("en", "zh"):
            text = fault.text(language)
            assert text.startswith(f"[{fault.code}] ")
            assert text.replace("\n", "").isprintable(), ascii(text)


PROFILES = [SHORT, pytest.param(LONG, marks=pytest.mark.slow)]


def profile(examples: int):
    """The short one looks at the same files every time."""
    return settings(
        max_examples=examples, deadline=None, database=None, derandomize=examples == SHORT
    )


@pytest.fixture
def study(tmp_path):
    small = SmallStudy(tmp_path, rows=answers(30)).write()
    assert small.faults() == []
    return small


@pytest.mark.parametrize("examples", PROFILES)
@pytest.mark.parametrize("file", [CONFIG, PROTOCOL, STRAIN, CODEBOOK, CLAIMS, RAW])
def test_a_text_file_changed_at_random(study, file, examples):
    path = study.path(file)

    @profile(examples)
    @given(changes)
    def look(steps):
        looked_at(study, path, changed(path.read_bytes(), steps))

    look()


@pytest.mark.parametrize("examples", PROFILES)
def test_an_spss_file_changed_at_random(study, examples):
    spss()(study)
    path = study.path(SAV)

    @profile(examples)
    @given(changes)
    def look(steps):
        looked_at(study, path, changed(path.read_bytes(), steps))

    look()


@pytest.mark.parametrize("examples", PROFILES)
def test_a_workbook_changed_at_random(study, examples):
    path = study.xlsx().path(XLSX)

    @profile(examples)
    @given(changes)
    def look(steps):
        looked_at(study, path, changed(path.read_bytes(), steps))

    look()


@pytest.mark.parametrize("examples", PROFILES)
def test_a_workbook_changed_inside_its_zip(study, examples):
    path = study.xlsx().path(XLSX)

    @profile(examples)
    @given(changes, st.integers(0, 20))
    def look(steps, number):
        looked_at(study, path, within_zip(path.read_bytes(), steps, number))

    look()


CELLS = (
    st.text(max_size=12)
    | st.floats().map(str)
    | st.integers().map(str)
    | st.sampled_from(
        [
            "１",
            "3、同意",
            "a┋b",
            "-2",
            "(跳过)",
            "〖x〗",
            "1900-01-00",
            "=1+1",
            '"',
            "0x1",
            "1_0",
            "٣",
        ]
    )
)


@pytest.mark.parametrize("examples", PROFILES)
def test_answers_of_any_text(study, examples):
    """Any text in any cell: an answer is a number, a level or nothing, or it is named."""

    @profile(examples)
    @given(st.lists(st.tuples(st.integers(2, 31), st.sampled_from(study.header), CELLS)))
    def look(cells):
        rows = [list(row) for row in study.rows]
        try:
            for row, name, text in cells:
                study.cell(row, name, text)
            looked_at(study, study.path(RAW), study.path(RAW).read_bytes())
        except UnicodeEncodeError:
            pass  # half a character, which no file holds
        study.rows[:] = rows
        study.csv()

    look()
