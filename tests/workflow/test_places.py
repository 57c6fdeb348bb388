"""Full disks, closed folders, no network: what a run says, what it keeps, and how it goes on."""

import shutil
import subprocess

import pytest

pytestmark = [pytest.mark.root, pytest.mark.slow]

RESTYLED = ("report/style.css", "--accent: #00568a", "--accent: #00568b")


def restyle(checkout):
    file, old, new = RESTYLED
    path = checkout.folder / file
    path.write_text(path.read_text().replace(old, new))


@pytest.mark.parametrize("place", ["results", "."])
def test_a_full_disk_is_said_and_nothing_is_lost(finished, finished_copy, mounted, tmp_path, place):
    # One of the two data sets is there, the other is to be built on a disk that has no room for it.
    checkout, disk = finished_copy, finished_copy.folder / place
    shutil.rmtree(checkout.folder / "results" / "holzinger1939")
    kept = disk.rename(tmp_path / "kept")
    disk.mkdir()
    used = sum(path.stat().st_blocks * 512 for path in kept.rglob("*"))
    mounted(disk, "-t", "tmpfs", "-o", f"size={used + 300_000}", "tmpfs")
    shutil.copytree(kept, disk, dirs_exist_ok=True, symlinks=True)
    before = checkout.contents()

    status, printed = checkout.study()
    assert status != 0
    assert "[R103]" in printed
    assert "Traceback" not in printed
    after = checkout.contents()
    assert all(after[name] == content for name, content in before.items() if "/" in name)

    subprocess.run(["mount", "-o", "remount,size=1g", str(disk)], check=True)
    status, printed = checkout.study()
    assert status == 0, printed
    assert checkout.contents() == finished.contents()


@pytest.mark.parametrize("place", ["results", ".snakemake", "."])
@pytest.mark.parametrize("command", ["study", "snakemake"])
def test_a_folder_that_cannot_be_written_is_named(finished_copy, mounted, place, command):
    checkout = finished_copy
    restyle(checkout)
    folder, before = checkout.folder / place, checkout.contents()
    mounted(folder, "--bind", str(folder))
    subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
    if command == "study":
        status, printed = checkout.study()
    else:
        run = checkout.snakemake()
        status, printed = run.returncode, run.stdout
    assert status != 0
    assert "[R102]" in printed and "docs/errors.md#R102" in printed
    assert "Traceback" not in printed
    assert checkout.contents() == before

    subprocess.run(["mount", "-o", "remount,bind,rw", str(folder)], check=True)
    status, printed = checkout.study()
    assert status == 0, printed
    page = "political_democracy/report.html"
    assert checkout.contents()[page] != before[page]


def test_a_run_needs_no_network_and_writes_no_raw_file(finished, finished_copy, mounted):
    checkout = finished_copy
    for place in ("results", ".snakemake", "logs"):
        shutil.rmtree(checkout.folder / place)
    raw = checkout.folder / "data" / "raw"
    mounted(raw, "--bind", str(raw))
    subprocess.run(["mount", "-o", "remount,bind,ro", str(raw)], check=True)
    apart = ["unshare", "--net", "--"]
    seen = subprocess.run([*apart, "cat", "/proc/net/dev"], capture_output=True, text=True)
    assert [line.split(":")[0].strip() for line in seen.stdout.splitlines()[2:]] == ["lo"]
    status, printed = checkout.study(*apart)
    assert status == 0, printed
    expected = finished.contents()
    assert checkout.contents() == {name: expected[name] for name in expected if "/" in name} | {
        "index.html": expected["index.html"]
    }
