"""docs/licences.md in step with the lock files, and the lock files with a hash for everything."""

import re
from importlib.metadata import PackageNotFoundError, distribution

import pytest

from grassroots.packaging.licences import LOCKS, licence, locked, packages, page

ROW = re.compile(r"^\| ([\w.-]+) \| ([^|]+) \| ([^|]*) \| (study|tests|Slurm) \|$", re.M)


@pytest.fixture(scope="module")
def rows(root):
    text = (root / "docs/licences.md").read_text(encoding="utf-8")
    return {name: (versions, found, use) for name, versions, found, use in ROW.findall(text)}


@pytest.mark.parametrize("file", [*LOCKS])
def test_every_locked_package_has_hashes(root, file):
    text = (root / "envs" / file).read_text(encoding="utf-8")
    entries = locked(text)
    assert len(entries) == len(re.findall(r"^[A-Za-z0-9]", text, re.M)), "every line is an entry"
    assert [entry.name for entry in entries if entry.hashes == 0] == []
    assert text.count("--hash=sha256:") == sum(entry.hashes for entry in entries)
    assert all(re.fullmatch(r"[0-9a-f]{64}", h) for h in re.findall(r"--hash=sha256:(\w+)", text))


def test_every_lock_file_is_listed(root):
    locks = {path.name for path in (root / "envs").glob("requirements*.txt")}
    assert locks == set(LOCKS)


def test_an_entry_without_a_hash_is_seen():
    text = "a==1 \\\n    --hash=sha256:00\n    # via b\nb==2 ; python_version < '3'\n    # via c\n"
    assert [(e.name, e.version, e.hashes) for e in locked(text)] == [("a", "1", 1), ("b", "2", 0)]


def test_the_page_lists_what_is_locked(root, rows):
    expected = {
        name: (", ".join(versions), use) for name, (versions, use) in packages(root).items()
    }
    assert {name: (versions, use) for name, (versions, _, use) in rows.items()} == expected


def test_no_package_is_without_a_licence(rows):
    assert [name for name, (_, found, _) in rows.items() if not found.strip()] == []


def test_the_page_says_what_the_installed_packages_say(root, rows):
    """Of the versions that are installed here; a lock may have another for another Python."""
    compared = 0
    for name, (versions, found, _) in rows.items():
        try:
            first = distribution(name).version == versions.split(", ")[0]
        except PackageNotFoundError:
            continue
        if first:
            assert found == licence(name), name
            compared += 1
    assert compared > 80


def test_copyleft_packages_are_named_at_the_top(root, rows):
    text = (root / "docs/licences.md").read_text(encoding="utf-8")
    top = text[: text.index("## All")]
    gpl = {name for name, (_, found, _) in rows.items() if re.search(r"GPL|General Public", found)}
    assert "pingouin" in gpl
    assert set(re.findall(r"^- \*\*(.+?)\*\*", top, re.M)) == gpl


def test_the_page_can_be_written(root):
    text = page(root)
    assert text.startswith("# Licences") and f"All {len(packages(root))} packages" in text


def test_a_package_that_says_nothing_has_none():
    assert licence("no-such-package") == ""
