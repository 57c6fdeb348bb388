"""The digest of a rule's code: computations change it, words about them do not."""

import json
import os
import shutil

import pytest

from grassroots.run import code


@pytest.fixture
def scripts(tmp_path, monkeypatch):
    folder = tmp_path / "scripts"
    shutil.copytree(code.SCRIPTS, folder)
    lock = tmp_path / "requirements.txt"
    shutil.copy(code.LOCK, lock)
    monkeypatch.setattr(code, "SCRIPTS", folder)
    monkeypatch.setattr(code, "LOCK", lock)
    forget()
    yield folder
    forget()


def forget():
    code._tree.cache_clear()
    code._files.cache_clear()
    code._known.clear()
    code._rules.clear()
    code._stamp_of_all.cache_clear()
    code._lock_digest.cache_clear()


def digest_after(path, old, new, rule="estimate_reliability"):
    before = code.code_digest(rule)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    forget()
    return before, code.code_digest(rule)


def test_imports_are_followed_wherever_they_stand(scripts):
    script = scripts / "check_method_bias.py"
    found = {str(p.relative_to(scripts)) for p in code.imported_modules(script)}
    assert "grassroots/sem/fit.py" in found  # imported inside a function
    assert "grassroots/sem/fit_indices.py" in found  # imported by a module that is imported
    assert "grassroots/__init__.py" in found
    assert not any("description" in name or "report" in name for name in found)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("estimate_reliability.py", '"""Estimate', '# a comment\n"""Other words. Estimate'),
        ("grassroots/measurement/items.py", '"""Item analysis', '"""Another docstring'),
        ("grassroots/measurement/items.py", "import numpy", "# why\n\n\nimport numpy"),
    ],
)
def test_words_change_nothing(scripts, file, old, new):
    before, after = digest_after(scripts / file, old, new)
    assert before == after


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("estimate_reliability.py", "1 - plan", "2 - plan"),
        ("grassroots/measurement/items.py", "0.27", "0.33"),
        ("grassroots/run/tables.py", '"utf-8"', '"utf-16"'),
        ("grassroots/__init__.py", '"""The', 'X = 1\n"""The'),
    ],
)
def test_computations_do(scripts, file, old, new):
    before, after = digest_after(scripts / file, old, new)
    assert before != after


def test_a_module_that_is_not_imported_changes_nothing(scripts):
    before, after = digest_after(
        scripts / "grassroots/inference/regression.py", '"""', 'A = 1\n"""'
    )
    assert before == after


def test_the_lock_file_counts(scripts):
    before, after = digest_after(code.LOCK, "numpy==", "numpy==9.")
    assert before != after


def test_a_rule_without_a_script_is_an_error(scripts):
    with pytest.raises(FileNotFoundError):
        code.code_digest("no_such_rule")


def remembered_with(memory, part, key, edit):
    """Take up a memory in which one entry has been changed."""
    memorised = json.loads(memory.read_text())
    memorised[part][key] = edit(memorised[part][key])
    memory.write_text(json.dumps(memorised))
    forget()
    code.recall_digests(memory)


def test_what_is_remembered_of_a_file_is_used_until_it_changes(scripts, tmp_path):
    script, memory = scripts / "fit_cfa.py", tmp_path / "memory" / "code.json"
    code.recall_digests(memory)
    first = code.code_digest("fit_cfa")
    code.remember_digests(memory)
    (scripts / "new.py").touch()  # so that the rules' digests are taken anew, from those of files
    remembered_with(
        memory, "files", str(script), lambda known: [known[0], "remembered", *known[2:]]
    )
    assert code.code_digest("fit_cfa") != first
    os.utime(script, ns=(1, 1))
    code._tree.cache_clear()
    code._rules.clear()
    assert code.code_digest("fit_cfa") == first


@pytest.mark.parametrize(
    "change",
    [
        lambda scripts: os.utime(scripts / "grassroots/sem/fit.py", ns=(1, 1)),
        lambda scripts: (scripts / "grassroots/sem/another.py").touch(),
        lambda scripts: (scripts / "grassroots/sem/equality.py").unlink(),
        lambda scripts: code.LOCK.write_text("numpy==9\n"),
    ],
)
def test_what_is_remembered_of_a_rule_is_used_until_any_file_changes(scripts, tmp_path, change):
    memory = tmp_path / "code.json"
    code.code_digest("fit_cfa")
    code.remember_digests(memory)
    remembered_with(memory, "rules", "fit_cfa", lambda digest: "remembered")
    assert code.code_digest("fit_cfa") == "remembered"
    change(scripts)
    forget()
    code.recall_digests(memory)
    assert code.code_digest("fit_cfa") != "remembered"


def test_a_broken_memory_is_no_memory(tmp_path):
    memory = tmp_path / "code.json"
    memory.write_text("{")
    code.recall_digests(memory)
    assert code.code_digest("fit_cfa")
