"""Which code it was: the commit, where there is one, and always a digest."""

import hashlib
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Version = dict[str, Any]


def git_version(root: Path) -> Version:
    """`commit` and whether the tree is `clean`; both None where git or a repository is missing.

    A repository further up, into which a tarball was unpacked, says nothing about this code.
    """
    try:
        top = _git(root, "rev-parse", "--show-toplevel")
        if Path(top).resolve() != root.resolve():
            return {"commit": None, "clean": None}
        commit = _git(root, "rev-parse", "HEAD")
        return {"commit": commit, "clean": not _git(root, "status", "--porcelain")}
    except (OSError, subprocess.CalledProcessError):
        return {"commit": None, "clean": None}


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def code_sha256(files: Mapping[str, bytes]) -> str:
    """One digest of all code files, by name and content: that of the list `sha256sum` prints."""
    lines = [f"{sha256(content)}  {name}\n" for name, content in sorted(files.items())]
    return sha256("".join(lines).encode())


def sha256(content: bytes) -> str:
    """The digest of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
