"""The style that CONTRIBUTING.md asks for, and the files whose form others rely on."""

import re
import subprocess
import sys

import pytest

CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "CITATION.cff": [
        "check_jsonschema",
        "--builtin-schema",
        "vendor.citation-file-format",
        "CITATION.cff",
    ],
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
def test_python_and_citation(command, root):
    passes([sys.executable, "-m", *command], root)


def test_snakefiles_are_formatted(root):
    files = [root / "Snakefile", root / "workflow/Snakefile", *(root / "workflow").rglob("*.smk")]
    assert len(files) > 2
    passes([sys.executable, "-m", "snakefmt", "--check", *map(str, files)], root)


def test_snakemake_lint(root):
    passes([sys.executable, "-m", "snakemake", "--lint"], root)


def test_one_version_everywhere(root):
    project = re.search(r'^version = "(.+)"', (root / "pyproject.toml").read_text("utf-8"), re.M)
    citation = re.search(r"^version: (.+)$", (root / "CITATION.cff").read_text("utf-8"), re.M)
    newest = re.search(r"^## (\S+)", (root / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert project.group(1) == citation.group(1) == newest.group(1)


def test_every_link_in_the_documents_leads_somewhere(root):
    folders = ("*.md", "config/*.md", "docs/**/*.md", "data/raw/*/*.md")
    documents = [document for folder in folders for document in root.glob(folder)]
    assert root / "README.zh.md" in documents
    dead = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
        if not (document.parent / target).exists()
    ]
    assert dead == []


def passes(command, root):
    finished = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr
