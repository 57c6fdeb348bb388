"""R, where it is installed: found before the first job, so that a rule can declare it."""

import functools
import os
import re
import shutil
import subprocess
from pathlib import Path

VERSION = 'cat(as.character(utils::packageVersion("lavaan")))'
SECONDS = 600
"""An R that hangs must not hold the study."""


LIBRARIES = (
    "/usr/local/lib/R/site-library",
    "/usr/lib/R/site-library",
    "/usr/lib/R/library",
    "/usr/local/lib/R/library",
)


@functools.cache
def lavaan_here() -> dict[str, str]:
    """The path of Rscript and the version of its lavaan; both empty where one is missing.

    Asked before every run, so R itself is started (0.2 seconds) only if lavaan is in none of the
    usual libraries.
    """
    path = shutil.which("Rscript")
    version = (_installed_version("lavaan") or _version_by_r(path)) if path else ""
    return {"rscript": path or "", "lavaan": version} if version else {"rscript": "", "lavaan": ""}


@functools.cache
def r_versions() -> dict[str, str]:
    """The versions of lavaan and, where its library is a usual one, of R; empty without lavaan."""
    found = {"R": _installed_version("base"), "lavaan": lavaan_here()["lavaan"]}
    return {name: version for name, version in found.items() if version} if found["lavaan"] else {}


def _installed_version(package: str) -> str:
    """The version in the first library that has the package, in R's order of libraries."""
    named = [os.environ.get(name, "") for name in ("R_LIBS", "R_LIBS_USER", "R_LIBS_SITE")]
    libraries = [folder for names in named for folder in names.split(os.pathsep) if folder]
    for library in (*libraries, *LIBRARIES):
        description = Path(library, package, "DESCRIPTION")
        if description.is_file():
            found = re.search(r"^Version: *(\S+)", description.read_text("utf-8", "replace"), re.M)
            return found.group(1).replace("-", ".") if found else ""
    return ""


def _version_by_r(path: str) -> str:
    asked = [path, "--vanilla", "-e", VERSION]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=SECONDS)
    return done.stdout.strip() if done.returncode == 0 else ""


def run_r(rscript: str, code: str, folder: str | Path) -> str:
    """What R prints when it runs `code` in a folder; its complaints go to the job's log.

    Raises RuntimeError if R fails.
    """
    done = subprocess.run(
        [rscript, "--vanilla", "-"],
        input=code,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    if done.returncode != 0:
        raise RuntimeError(f"R failed: {done.stderr.strip()}")
    return done.stdout
