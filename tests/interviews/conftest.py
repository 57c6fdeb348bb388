"""A small coding scheme, and the same six passages in every form that is read."""

import csv
import io
import sqlite3
import zipfile

import pytest

# interview, code, coder, excerpt, reviewed; the second passage was coded by both.
PASSAGES = [
    ("P01", "care", "Zhang San", "I fetch the child first.", "yes"),
    ("P01", "pay", "Zhang San", "<b>Pay</b> & rank.", "yes"),
    ("P01", "pay", "Li Si", "<b>Pay</b> & rank.", "yes"),
    ("P02", "blame", "Zhang San", "Blame falls below.", "no"),
    ("P02", "care", "Li Si", "Blame falls below.", "no"),
    ("P03", "pay", "Zhang San", "Not enough.", "yes"),
]
LEVELS = {"home": "individual", "work": "organisation"}
CODES = {"care": "home", "pay": "work", "blame": "work"}
TEXTS = {
    name: "\n".join(dict.fromkeys(p[3] for p in PASSAGES if p[0] == name))
    for name in ("P01", "P02", "P03")
}


@pytest.fixture
def plan():
    return {
        "levels": ["individual", "organisation"],
        "themes": dict(LEVELS),
        "codes": dict(CODES),
        "tags": {},
        "leave_out": [],
        "reviewed": True,
        "reviewed_tag": None,
        "encoding": "utf-8",
        "unit": "excerpt",
        "smallest": 1,
    }


def csv_text(header, rows):
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([header, *rows])
    return buffer.getvalue()


def own_rows():
    return [
        (interview, code, CODES[code], LEVELS[CODES[code]], coder, excerpt, reviewed)
        for interview, code, coder, excerpt, reviewed in PASSAGES
    ]


OWN_HEADER = ["interview", "code", "theme", "level", "coder", "excerpt", "reviewed"]


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_text(csv_text(OWN_HEADER, own_rows()), encoding="utf-8-sig")
    return path


def taguette_rows():
    """One row a tag; highlight 2 has two tags, and highlight 9 none."""
    rows, numbers = [], {}
    for interview, code, _, excerpt, reviewed in PASSAGES:
        number = numbers.setdefault((interview, excerpt), len(numbers) + 1)
        row = (number, f"{interview}.docx", f"tag.{code}", excerpt)
        if row not in rows:
            rows.append(row)
        mark = (number, f"{interview}.docx", "checked", excerpt)
        if reviewed == "yes" and mark not in rows:
            rows.append(mark)
    return [*rows, (9, "P03.docx", "", "nothing")]


TAGUETTE_HEADER = ["id", "document", "tag", "content"]


@pytest.fixture
def taguette(tmp_path):
    path = tmp_path / "all_tags.csv"
    path.write_text(csv_text(TAGUETTE_HEADER, taguette_rows()), encoding="utf-8")
    return path


@pytest.fixture
def taguette_xlsx(tmp_path):
    import xlsxwriter

    path = tmp_path / "highlights.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("highlights")
        for number, row in enumerate([TAGUETTE_HEADER, *taguette_rows()]):
            sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def qualcoder_report(tmp_path):
    header = ["File", "Coder", "Coded", "Id", "Codename", "Coded_Memo", "Category", "Category"]
    rows = [
        (f"{interview}.txt", coder, excerpt, f"ctid:{i}", code, "", CODES[code], "all")
        for i, (interview, code, coder, excerpt, _) in enumerate(PASSAGES, 1)
    ]
    rows.append(("P03.png", "Li Si", "image", "imid:1", "pay", "", "work", "all"))
    path = tmp_path / "report.csv"
    path.write_text(csv_text(header, rows), encoding="utf-8-sig")
    return path


@pytest.fixture
def qualcoder_project(tmp_path):
    path = tmp_path / "data.qda"
    connection = sqlite3.connect(path)
    connection.executescript(
        "create table code_name (cid integer primary key, name text, memo text, catid integer,"
        " owner text, date text, color text);"
        "create table source (id integer primary key, name text, fulltext text, mediapath text,"
        " memo text, owner text, date text, av_text_id integer, risid integer);"
        "create table code_text (ctid integer primary key, cid integer, fid integer, seltext text,"
        " pos0 integer, pos1 integer, owner text, date text, memo text, avid integer,"
        " important integer);"
    )
    codes, files = list(CODES), list(TEXTS)
    connection.executemany("insert into code_name (cid, name) values (?, ?)", enumerate(codes))
    connection.executemany("insert into source (id, name) values (?, ?)", enumerate(files))
    for interview, code, coder, excerpt, _ in PASSAGES:
        start = TEXTS[interview].index(excerpt)
        row = (codes.index(code), files.index(interview), excerpt, start, start + len(excerpt))
        connection.execute(
            "insert into code_text (cid, fid, seltext, pos0, pos1, owner)"
            " values (?, ?, ?, ?, ?, ?)",
            (*row, coder),
        )
    connection.commit()
    connection.close()
    return path


def project_xml(within=False):
    """A REFI-QDA project; with the texts within it, or beside it in the zip."""
    users = {coder: f"U{i}" for i, coder in enumerate(dict.fromkeys(p[2] for p in PASSAGES))}
    guids = {code: f"C{i}" for i, code in enumerate(CODES)}
    sources = []
    for interview, text in TEXTS.items():
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        content = f"<PlainTextContent>{escaped}</PlainTextContent>" if within else ""
        selections = "".join(
            f'<PlainTextSelection guid="s{i}" startPosition="{text.index(excerpt)}" '
            f'endPosition="{text.index(excerpt) + len(excerpt)}">'
            f'<Coding guid="k{i}" creatingUser="{users[coder]}"><CodeRef targetGUID='
            f'"{guids[code].lower()}"/></Coding></PlainTextSelection>'
            for i, (own, code, coder, excerpt, _) in enumerate(PASSAGES)
            if own == interview
        )
        sources.append(
            f'<TextSource guid="T{interview}" name="{interview}" '
            f'plainTextPath="internal://{interview}.txt">{content}{selections}</TextSource>'
        )
    named = "".join(f'<User guid="{guid}" name="{name}"/>' for name, guid in users.items())
    inner = "".join(
        f'<Code guid="{g}" name="{name}" isCodable="true"/>' for name, g in guids.items()
    )
    codes = f'<Code guid="C9" name="all" isCodable="false">{inner}</Code>'
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<Project name="p" origin="test" xmlns="urn:QDA-XML:project:1.0">'
        f"<Users>{named}</Users><CodeBook><Codes>{codes}</Codes></CodeBook>"
        f"<Sources>{''.join(sources)}</Sources></Project>"
    )


@pytest.fixture
def refi_archive(tmp_path):
    path = tmp_path / "project.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", project_xml())
        for name, text in TEXTS.items():
            archive.writestr(f"sources/{name}.txt", text.encode("utf-8-sig"))
    return path


@pytest.fixture
def refi_file(tmp_path):
    path = tmp_path / "project.qde"
    path.write_text(project_xml(within=True), encoding="utf-8")
    return path
