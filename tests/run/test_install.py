"""An installation that is cut short: real make and pip, and an index on this machine."""

import contextlib
import hashlib
import http.server
import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

WHEEL = "demo-1.0-py3-none-any.whl"


def wheel():
    """A package with nothing but a name."""
    content = io.BytesIO()
    about = "demo-1.0.dist-info"
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("demo.py", "")
        archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n")
        archive.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{about}/RECORD", f"demo.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n")
    return content.getvalue()


class Index(http.server.ThreadingHTTPServer):
    """An index of one package. Its first download stops halfway, until it may go on."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.wheel = wheel()
        self.downloads = 0
        self.halfway, self.go = threading.Event(), threading.Event()

    @property
    def requirement(self):
        digest = hashlib.sha256(self.wheel).hexdigest()
        place = f"http://127.0.0.1:{self.server_port}/simple/"
        return f"--index-url {place}\ndemo==1.0 --hash=sha256:{digest}\n"


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        is_wheel = self.path.endswith(".whl")
        page = f'<a href="/{WHEEL}">{WHEEL}</a>'.encode()
        content = self.server.wheel if is_wheel else page
        self.send_response(200)
        self.send_header("Content-Type", "application/zip" if is_wheel else "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.server.downloads += is_wheel
        half = len(content) // 2 if is_wheel and self.server.downloads == 1 else 0
        if half:
            self.wfile.write(content[:half])
            self.wfile.flush()
            self.server.halfway.set()
            self.server.go.wait(60)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(content[half:])

    def log_message(self, *_):
        pass


@pytest.fixture
def index():
    server = Index()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def make(root, tmp_path, index):
    """How to begin `make` in a checkout that needs nothing but that package."""
    shutil.copy(root / "Makefile", tmp_path)
    shutil.copytree(root / "envs", tmp_path / "envs")
    package = Path("workflow", "scripts", "grassroots")
    shutil.copytree(root / package / "run", tmp_path / package / "run")
    shutil.copy(root / package / "__init__.py", tmp_path / package)
    (tmp_path / "envs" / "requirements.txt").write_text(index.requirement)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "MAKE", "MFLAGS"))}

    def begin(*arguments):
        python = getattr(sys, "_base_executable", sys.executable)
        return subprocess.Popen(
            ["make", ".venv/installed", f"PYTHON={python}", *arguments],
            cwd=tmp_path,
            env=clean | {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    return begin


def test_an_interrupted_installation_starts_again(make, tmp_path, index):
    killed = make()
    assert index.halfway.wait(120)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    stamp = tmp_path / ".venv" / "installed"
    assert not stamp.exists()

    again = make()
    printed, _ = again.communicate(timeout=120)
    assert again.returncode == 0, printed
    assert "Installing into .venv" in printed
    assert stamp.exists()
    subprocess.run([tmp_path / ".venv" / "bin" / "python", "-c", "import demo"], check=True)

    third = make()
    printed, _ = third.communicate(timeout=120)
    assert third.returncode == 0 and "Installing" not in printed
    assert index.downloads == 2


def test_a_second_installation_in_one_folder_leaves_the_first_alone(make, tmp_path, index):
    first = make()
    assert index.halfway.wait(120)
    second = make()
    printed, _ = second.communicate(timeout=120)
    assert second.returncode != 0
    assert "[R101]" in printed and "另有一次运行" in printed
    index.go.set()
    printed, _ = first.communicate(timeout=120)
    assert first.returncode == 0, printed
    assert (tmp_path / ".venv" / "installed").exists()


def test_a_package_other_than_the_locked_one_is_refused(make, tmp_path, index):
    index.halfway.set()
    index.downloads = 1
    index.wheel += b"x"
    process = make()
    printed, _ = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "DO NOT MATCH THE HASHES" in printed
    assert not (tmp_path / ".venv" / "installed").exists()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_every_package_of_the_lock_has_its_digest(root, lock):
    lines = (root / "envs" / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    packages = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert len(packages) > 10
    assert [line for line in packages if "==" not in line or "--hash=sha256:" not in line] == []
