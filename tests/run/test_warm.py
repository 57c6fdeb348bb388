"""Scripts handed over to a process with the libraries loaded: they run and end as by themselves."""

import ast
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grassroots.run.code import SCRIPTS, imported_modules
from grassroots.run.warm import CLIENT, FIRST, ONE_THREAD, THEN

SERVER = """
import sys
from pathlib import Path
from grassroots.run import warm
warm.FIRST = warm.THEN = []
warm.SCRIPTS = Path("own")
sys.path.append("own")
warm.main(Path(sys.argv[1]))
"""
WHERE = "import os\nprint(os.getppid(), os.getpid())\n"


@pytest.fixture
def server(tmp_path, scripts):
    """A process with no libraries and three scripts, two of them broken, as Snakemake starts it."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "misspelt.py").write_text("import misspelt\nprint(")
    (tmp_path / "own" / "unfinished.py").write_text("1 / 0")
    (tmp_path / "own" / "whole.py").write_text("WORD = 'read once'")
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", SERVER, "here.sock"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": scripts},
        stdin=subprocess.PIPE,
    )
    wait_for((tmp_path / "here.sock").exists)
    yield process
    process.stdin.close()
    process.wait(timeout=20)


@pytest.fixture
def start(tmp_path):
    """Starts a script of this text as Snakemake does."""

    def of(text, threads="1", python=sys.executable, **environment):
        script = tmp_path / "script.py"
        script.write_text(text)
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(CLIENT), "here.sock", python, str(script)],
            cwd=tmp_path,
            env=os.environ | {"OMP_NUM_THREADS": threads} | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return of


def wait_for(what):
    """Wait until something holds, half a minute at most."""
    end = time.monotonic() + 30
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def ended(process):
    """Exit status, standard output, last line of standard error."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out, (err.splitlines() or [""])[-1]


ENDS = {
    "well": ("print('done')", (0, "done\n", "")),
    "with a status": ("import sys\nsys.exit(3)", (3, "", "")),
    "with a word": ("import sys\nsys.exit('no such thing')", (1, "", "no such thing")),
    "with an error": ("print(1)\n1 / 0", (1, "1\n", "ZeroDivisionError: division by zero")),
    "killed": ("import os\nos.kill(os.getpid(), 9)", (-9, "", "")),
    "aborted": ("import os\nos.abort()", (-6, "", "")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "end"), ENDS.values(), ids=list(ENDS))
def test_a_script_ends_as_it_would_by_itself(server, start, text, end):
    assert ended(start(text)) == end
    assert ended(start(text, threads="2")) == end


def test_a_script_sees_what_it_would_see_by_itself(server, start):
    text = (
        "import os, sys\nprint(__name__, sys.argv, sys.path[0], os.getcwd(), os.environ['OWN'])\n"
    )
    assert ended(start(text, OWN="a\nb")) == ended(start(text, threads="2", OWN="a\nb"))


def test_own_modules_are_those_of_the_beginning_and_broken_ones_are_told_by_the_script(
    server, start, tmp_path
):
    loaded = "import sys\nprint('whole' in sys.modules)"
    wait_for(lambda: ended(start(loaded)) == (0, "True\n", ""))
    (tmp_path / "own" / "whole.py").write_text("WORD = 'read again'")
    assert ended(start("import whole\nprint(whole.WORD)")) == (0, "read once\n", "")
    assert ended(start("import misspelt"))[2] == "SyntaxError: '(' was never closed"
    assert ended(start("import unfinished"))[2] == "ZeroDivisionError: division by zero"


def test_scripts_run_in_processes_of_their_own_side_by_side(server, start):
    runs = [start(WHERE + "import time\ntime.sleep(.2)") for _ in range(3)]
    found = [ended(run)[1].split() for run in runs]
    assert {parent for parent, _ in found} == {str(server.pid)}
    assert len({own for _, own in found}) == 3


def test_what_a_script_changes_is_gone_with_it(server, start):
    ended(start("import os, sys\nsys.left = os.environ['LEFT'] = 'behind'\nos.chdir('/')"))
    found = ended(start("import os, sys\nprint(hasattr(sys, 'left'), 'LEFT' in os.environ)"))
    assert found == (0, "False False\n", "")


@pytest.mark.parametrize("how", [{"threads": "2"}, {"python": "python3"}])
def test_a_job_that_the_process_does_not_suit_runs_by_itself(server, start, how):
    status, out, _ = ended(start(WHERE, **how))
    assert status == 0
    assert out.split()[0] == str(os.getpid())


def test_without_the_process_a_script_runs_by_itself(start, tmp_path):
    assert ended(start(WHERE))[1].split()[0] == str(os.getpid())
    (tmp_path / "here.sock").touch()
    assert ended(start(WHERE))[1].split()[0] == str(os.getpid())


SLOW = WHERE + "import sys, time\nsys.stdout.flush()\ntime.sleep(600)"


def gone(process):
    """Whether a process of this number has ended."""
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_script_ends_with_the_job_that_waits_for_it(server, start):
    job = start(SLOW)
    script = job.stdout.readline().split()[1]
    job.kill()
    wait_for(lambda: gone(script))
    assert ended(start("print('next')")) == (0, "next\n", "")


def test_all_end_with_snakemake(server, start, tmp_path):
    job = start(SLOW)
    script = job.stdout.readline().split()[1]
    server.stdin.close()
    assert server.wait(timeout=20) == 0
    assert ended(job)[0] == -signal.SIGKILL
    wait_for(lambda: gone(script))
    assert not (tmp_path / "here.sock").exists()


def test_nobody_else_can_have_scripts_run(server, tmp_path):
    assert (tmp_path / "here.sock").stat().st_mode & 0o777 == 0o600


def test_the_libraries_are_those_that_the_scripts_import():
    imported = set()
    for script in SCRIPTS.glob("*.py"):
        for file in imported_modules(script):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    imported |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    imported.add(node.module.split(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"grassroots"}
    assert {name.split(".")[0] for name in (*FIRST, *THEN)} == foreign


def test_jobs_of_one_thread_have_the_settings_that_the_libraries_were_loaded_with():
    from snakemake.shell import shell

    given = shell(f"'{sys.executable}' -c 'import os; print(dict(os.environ))'", read=True)
    environment = ast.literal_eval(given)
    assert {name for name in environment if name.endswith("_THREADS")} == set(ONE_THREAD)
    assert ONE_THREAD.items() <= environment.items()
