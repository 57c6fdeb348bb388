"""Coded passages of a QualCoder project: the SQLite file data.qda in the project's folder."""

import sqlite3
from pathlib import Path

from grassroots.interviews.passages import CodedFile, Passage, UnreadableInterviews

MAGIC = b"SQLite format 3\x00"

# Coded texts with the names of their code and file, in the order of the files.
PASSAGES = """
select code_text.ctid, source.name, code_name.name, code_text.owner, code_text.seltext,
       code_text.pos0, code_text.pos1
from code_text
join code_name on code_name.cid = code_text.cid
join source on source.id = code_text.fid
order by code_text.fid, code_text.pos0, code_text.pos1, code_text.ctid
"""


def read_database(path: Path) -> CodedFile:
    """The passages of a project; UnreadableInterviews if the file is another database."""
    # immutable: nothing is written beside a raw file, not even a journal.
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(address, uri=True)
        try:
            rows = connection.execute(PASSAGES).fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise UnreadableInterviews(
            f"a database, but no QualCoder project: {error}", "qualcoder_other"
        ) from error
    return CodedFile(
        "qualcoder",
        [
            Passage(
                f"coding {number}",
                name or "",
                code or "",
                owner or "",
                " ".join((text or "").split()),
                f"{start}-{end}",
            )
            for number, name, code, owner, text, start, end in rows
        ],
    )
