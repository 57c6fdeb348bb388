"""Coded passages of a REFI-QDA project: project.qde, alone or in the zip that is called .qdpx.

The standard (REFI-QDA 1.5, 2019) keeps in one XML file the users, the codes (nested), and for each
source its selections with positions in Unicode code points, each with one coding or more; a coding
points to its code and says who made it. The texts lie in the XML or in the zip under sources/.
"""

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from grassroots.interviews.passages import CodedFile, Passage, UnreadableInterviews

SELECTIONS = ("PlainTextSelection", "TranscriptSelection")
PROJECT = "project.qde"
LARGEST = 200_000_000
"""Bytes that a member of the zip may unpack to."""

ReadText = Callable[[str], str]


def is_project(head: bytes) -> bool:
    """Whether a file that begins so is a project file by itself."""
    return b"urn:QDA-XML:project" in head


def read_project_file(path: Path) -> CodedFile:
    """The passages of a project.qde that stands alone: only texts within it are known."""
    return _read(path.read_bytes(), lambda _: "")


def read_archive(path: Path) -> CodedFile:
    """The passages of a .qdpx; UnreadableInterviews if it holds no project."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {PurePosixPath(name).name: name for name in archive.namelist()}
            project = next((own for own in names if own.lower().endswith(".qde")), "")
            if not project:
                raise UnreadableInterviews(f"a zip without {PROJECT}", "refi_no_project")

            def text(reference: str) -> str:
                name = names.get(PurePosixPath(reference.removeprefix("internal://")).name)
                return _member(archive, name).decode("utf-8-sig", "replace") if name else ""

            return _read(_member(archive, names[project]), text)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError) as error:
        raise UnreadableInterviews(str(error), "refi_damaged") from error


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST:
        raise UnreadableInterviews(f"{name} is larger than {LARGEST} bytes", "refi_large")
    return archive.read(name)


def _read(xml: bytes, text_of: ReadText) -> CodedFile:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        # The standard has none, and entities can be made to fill the memory.
        raise UnreadableInterviews("a document type declaration, which no project has", "refi_xml")
    try:
        root = ET.fromstring(xml)
    except ET.ParseError as error:
        raise UnreadableInterviews(f"not XML: {error}", "refi_xml") from error
    users = {_guid(user): user.get("name") or user.get("id") or "" for user in _all(root, "User")}
    codes = {_guid(code): code.get("name", "") for code in _all(root, "Code")}
    passages = []
    for source in _sources(root):
        passages += _source_passages(source, users, codes, text_of)
    return CodedFile("refi_qda", passages)


def _sources(root: ET.Element) -> Iterator[ET.Element]:
    """The sources themselves; the text of a PDF, picture or sound is within its own."""
    for part in root:
        if _name(part) == "Sources":
            yield from part


def _source_passages(
    source: ET.Element, users: dict[str, str], codes: dict[str, str], text_of: ReadText
) -> list[Passage]:
    interview = source.get("name", "")
    found = []
    for part in source.iter():
        if _name(part) not in ("TextSource", "Transcript", "Representation"):
            continue
        text = _content(part, text_of)
        for selection in part:
            if _name(selection) not in SELECTIONS:
                continue
            start, end = (selection.get(key, "") for key in ("startPosition", "endPosition"))
            excerpt = ""
            if text and start.isdecimal() and end.isdecimal():
                excerpt = " ".join(text[int(start) : int(end)].split())
            for coding in selection:
                for reference in coding:
                    if _name(coding) != "Coding" or _name(reference) != "CodeRef":
                        continue
                    coder = coding.get("creatingUser") or selection.get("creatingUser") or ""
                    code = codes.get(reference.get("targetGUID", "").lower(), "")
                    place = f"characters {start} to {end}"
                    user = users.get(coder.lower(), "")
                    found.append(Passage(place, interview, code, user, excerpt, f"{start}-{end}"))
    return found


def _content(part: ET.Element, text_of: ReadText) -> str:
    """The text that the positions count in."""
    within = next((each.text for each in part if _name(each) == "PlainTextContent"), None)
    return within or text_of(part.get("plainTextPath", ""))


def _all(root: ET.Element, name: str) -> Iterator[ET.Element]:
    return (element for element in root.iter() if _name(element) == name)


def _name(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _guid(element: ET.Element) -> str:
    return element.get("guid", "").lower()
