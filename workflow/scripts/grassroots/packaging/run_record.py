"""The run record: which machine, which versions, how many seconds each rule took.

Nothing that names a person or a place: no host, no user, no path. The machine is the one that
packs; on a cluster, jobs may have run on others.
"""

import contextlib
import json
import os
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def read_records(folder: Path) -> list[Record]:
    """What Snakemake kept of each output file; one that cannot be read is passed over."""
    found = []
    for path in sorted(folder.rglob("*")):
        with contextlib.suppress(OSError, ValueError):
            record = json.loads(path.read_bytes())
            if isinstance(record, dict):
                found.append(record)
    return found


def run_record(records: Iterable[Record], datasets: Iterable[str]) -> Record:
    """The whole record; of `records` those of the jobs of these datasets, and of the index."""
    jobs = finished_jobs(records, {*datasets, "index"})
    return {
        "machine": machine(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": packages(),
        "started": _time(min((job[2] for job in jobs), default=None)),
        "ended": _time(max((job[3] for job in jobs), default=None)),
        "rules": seconds_by_rule(jobs),
    }


Job = tuple[str, str, float, float]


def finished_jobs(records: Iterable[Record], wanted: set[str]) -> set[Job]:
    """Rule, dataset, start and end (seconds since 1970) of the jobs that are `wanted`.

    A job with several outputs has a record for each. One whose outputs came from the cache between
    checkouts took as long as fetching them.
    """
    jobs = set()
    for record in records:
        match = re.fullmatch(r"logs/(\w+?)(?:/(\w+)|)\.log", (record.get("log") or [""])[0])
        start, end = record.get("starttime"), record.get("endtime")
        if not match or not isinstance(start, float) or not isinstance(end, float):
            continue
        rule, dataset = match.group(1), match.group(2) or "index"
        if dataset in wanted and rule not in {"write_package", "left_out"}:
            jobs.add((rule, dataset, start, end))
    return jobs


def seconds_by_rule(jobs: Iterable[Job]) -> dict[str, Mapping[str, float]]:
    """Rule: how many jobs, their seconds together, and those of each dataset; sorted."""
    found: dict[str, dict[str, float]] = {}
    for rule, dataset, start, end in sorted(jobs):
        found.setdefault(rule, {})[dataset] = round(end - start, 2)
    return {
        rule: {"jobs": len(each), "seconds": round(sum(each.values()), 2), "by_dataset": each}
        for rule, each in found.items()
    }


def machine() -> dict[str, str | int | float | None]:
    """The operating system, the processor and the memory; what cannot be told is None."""
    return {
        "system": platform.system(),
        "release": platform.release(),
        "distribution": _distribution(),
        "architecture": platform.machine(),
        "cpu": _cpu(),
        "cpus": os.cpu_count(),
        "memory_gib": _memory(),
    }


def packages() -> dict[str, str]:
    """The installed packages and their versions, by name."""
    found = {each.metadata["Name"]: each.version for each in distributions()}
    return {name: found[name] for name in sorted(filter(None, found), key=str.lower)}


def _distribution() -> str | None:
    with contextlib.suppress(OSError):
        return platform.freedesktop_os_release().get("PRETTY_NAME")
    return platform.mac_ver()[0] or None


def _cpu() -> str | None:
    with contextlib.suppress(OSError):
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
        if named := re.search(r"^(?:model name|Model)\s*:\s*(.+)$", text, re.M):
            return named.group(1)
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    return platform.processor() or None


def _memory() -> float | None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1)
    return None


def _time(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
