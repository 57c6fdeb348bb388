"""Whether a file that a codebook names is there, can be opened, and lies beside the codebook."""

import errno
import os
from pathlib import Path
from typing import Any

from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name, quoted, unopened


def leaves_folder(name: str) -> bool:
    """Whether the name of a file is a path, or hidden."""
    return "/" in name or "\\" in name or name.startswith(".")


def place_faults(document: Document[Any], path: Path, place: tuple[str | int, ...]) -> list[Fault]:
    """What is wrong with a file of the dataset's folder, which the codebook names at `place`.

    A link may lead to a file in the same folder only: a study that is passed on must not read what
    lies elsewhere on the machine of whoever runs it. The folder itself may be a link.
    """
    folder, name = path.parent, path.name
    try:
        home, there = folder.resolve(), path.resolve(strict=True)
        if home not in there.parents:
            return [document.fault("S108", place, file=quoted(name))]
        if not (there.is_file() or there.is_dir()):
            # A pipe or a device: opening it could wait for ever.
            raise OSError(errno.EINVAL, "it is no ordinary file")
        there.open("rb").close()
        return []
    except (FileNotFoundError, ValueError):
        beside = sorted(p.name for p in folder.iterdir() if p.is_file())
        near = nearest_name(name, [each for each in beside if not each.endswith(".yaml")])
        edit = f"{place[-1]}: {near}" if near else ""
        return [document.fault("S101", place, near, edit, file=quoted(name))]
    except RuntimeError:  # Python before 3.13 says so of links in a circle
        error = OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    except OSError as found:
        error = found
    why = unopened(error)
    words = {"file": quoted(name), **why["words"]}
    return [document.fault("S116", place, phrases=why["phrases"], **words)]
