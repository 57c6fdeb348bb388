"""The output cache between checkouts: only where it is asked for, only in a private folder."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "SNAKEMAKE_OUTPUT_CACHE"


class OpenCacheFolder(Exception):
    """The cache folder can be read or written by others."""


def between_checkouts(environment: Mapping[str, str]) -> bool:
    """Whether rules may take results from the cache: true if the variable names a folder.

    Snakemake gives the files in it to everybody (mode 0666), so the folder itself must be closed:
    raises OpenCacheFolder if it is missing or its mode is not 0700.
    """
    place = environment.get(VARIABLE, "")
    if not place:
        return False
    folder = Path(place)
    if not folder.is_dir():
        raise OpenCacheFolder(f"{VARIABLE}: {place} is not a folder; make it: mkdir -m 700 {place}")
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode != 0o700 or folder.stat().st_uid != os.getuid():
        raise OpenCacheFolder(
            f"{VARIABLE}: {place} is open to others (mode {mode:04o}); close it: chmod 700 {place}"
        )
    return True
