"""Everything that can be read in a file, however it is packed, and every way to write a token."""

import base64
import html
import io
import json
import re
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

_LONG_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def contents(content: bytes, depth: int = 4) -> Iterator[bytes]:
    """The bytes of a file; and of what is compressed or encoded in it, the bytes behind that."""
    yield content
    if depth == 0:
        return
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                yield member.comment + member.extra
                yield from contents(archive.read(member), depth - 1)
    elif content[:4] == b"PAR1":
        yield from _parquet(content)
    elif content[:2] == b"\x1f\x8b":
        yield from contents(zlib.decompress(content, 31), depth - 1)
    elif content[:5] == b"%PDF-":
        for stream in _PDF_STREAM.findall(content):
            try:
                yield zlib.decompress(stream)
            except zlib.error:
                continue
    else:
        for encoded in _LONG_BASE64.findall(content):
            yield from contents(_from_base64(encoded), depth - 1)


def _parquet(content: bytes) -> Iterator[bytes]:
    """Every page decoded: the columns as text, their names, and what the file says of itself."""
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(io.BytesIO(content))
    yield repr(table.schema).encode() + repr(table.schema.metadata).encode()
    for name in table.column_names:
        for chunk in table.column(name).unify_dictionaries().chunks:
            values = chunk.dictionary if hasattr(chunk, "dictionary") else chunk
            yield "\n".join(map(str, values.to_pylist())).encode()
    about = pyarrow.parquet.ParquetFile(io.BytesIO(content)).metadata
    for group in range(about.num_row_groups):
        for column in range(about.num_columns):
            yield repr(about.row_group(group).column(column).statistics).encode()


def _from_base64(encoded: bytes) -> bytes:
    """What a run of base64 characters stands for, as far as it can be decoded."""
    plain = encoded.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    return base64.b64decode(plain[: len(plain) // 4 * 4])


def ways_to_write(token: str) -> set[bytes]:
    """The token in every encoding in which it could have been left behind."""
    usual = unicodedata.normalize("NFKC", token).replace("\u200b", "")
    digits = re.sub(r"[ .·_()+-]", "", usual)
    texts = {token, usual, token.lower(), token.upper()}
    if len(digits) >= 9 and digits.isdecimal():
        texts |= {digits, f"{float(digits)!r}", f"{float(digits):e}"}
    for separated in re.split(r"[,，：:@＠]|(?<=微信号)", usual):
        # A half of it is as bad: one coordinate, the id without the word before it.
        if len(separated) >= 9:
            texts.add(separated)
    found: set[bytes] = set()
    for text in texts:
        found |= {text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
        found |= set(_escaped(text))
    return {each for each in found if len(each) >= 6}


def _escaped(text: str) -> Iterator[bytes]:
    plain = text.encode()
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    yield text.encode("gb18030").hex().encode()
    yield urllib.parse.quote(text, safe="").encode()
    yield urllib.parse.quote_plus(text).encode()
    yield html.escape(text).encode()
    yield "".join(f"&#{ord(each)};" for each in text).encode()
    yield "".join(f"&#x{ord(each):x};" for each in text).encode()
    yield text.encode("ascii", "xmlcharrefreplace")
    yield json.dumps(text)[1:-1].encode()
    yield text.encode("unicode_escape")
    for start in range(3):
        # Base64 from any place within a longer text: the characters that depend on it alone.
        encoded = base64.b64encode(b"\0" * start + plain)
        first = -(-start * 8 // 6)
        last = (start + len(plain)) * 8 // 6
        yield encoded[first:last]
        yield encoded[first:last].translate(bytes.maketrans(b"+/", b"-_"))


def left_behind(folders: list[Path], texts: dict[str, str], tokens: list[str]) -> list[str]:
    """Where a token stands: in a file under the folders, in its name, or in one of the texts."""
    needles = {needle: token for token in tokens for needle in ways_to_write(token)}
    seen: set[bytes] = set()
    found = []
    for name, content in _all(folders, texts):
        for piece in contents(content):
            if piece in seen:
                continue
            seen.add(piece)
            found += [f"{token} in {name}" for needle, token in needles.items() if needle in piece]
    return sorted(set(found))


def _all(folders: list[Path], texts: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    for name, text in texts.items():
        yield name, text.encode()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            # Snakemake keeps the names of outputs, in base64, as names of its own files.
            yield f"the name {path}", "\n".join(path.relative_to(folder).parts).encode()
            if path.is_file():
                yield str(path), path.read_bytes()
