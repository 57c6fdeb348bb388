"""Zip files that are the same bytes whenever the same parts are packed."""

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(parts: Mapping[str, bytes], mode: int = 0o600) -> bytes:
    """A zip file of the parts in their order, without times; `mode` is theirs when unpacked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            archive.writestr(info, content)
    return target.getvalue()


def repacked(archive: bytes) -> bytes:
    """A zip file packed anew, so that it holds no times."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return packed({part.filename: source.read(part) for part in source.infolist()})
