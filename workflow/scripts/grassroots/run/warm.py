"""One process that has the libraries loaded, and becomes a copy of itself for each script.

Loading pandas, SciPy or semopy takes longer than most of what a script then computes. A run on this
machine therefore starts one such process; Snakemake starts every script as ever, by way of
`warm_client.py`, which hands it over. The script runs in a process of its own, forked for it: what
it imports, changes or breaks is gone with it. The project's own modules are loaded beforehand too,
as they are when the run begins; that is also when the digests are taken that its results carry.

The process ends with Snakemake, however that ends, and takes its scripts with it.
"""

import atexit
import contextlib
import functools
import gc
import importlib
import os
import runpy
import selectors
import shlex
import signal
import socket
import struct
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

# "no": every script loads its own libraries.
SWITCH = "GRASSROOTS_WARM"
CLIENT = Path(__file__).with_name("warm_client.py")
SCRIPTS = CLIENT.parents[2]

# What the scripts import; a test keeps the list. Nearly all of them need the first ones: no script
# is taken on before these are loaded. The others are loaded while the first scripts run.
FIRST = [
    "numpy",
    "pandas",
    "pyarrow.csv",
    "pyarrow.compute",
    "pyarrow.parquet",
    # pandas imports these where it reads Parquet, as most scripts do
    "pyarrow.dataset",
    "pandas.core.arrays.arrow.extension_types",
]
THEN = [
    "scipy.special",
    "scipy.stats",
    "scipy.optimize",
    "yaml",
    "threadpoolctl",
    "pyreadstat",
    "python_calamine",
    "statsmodels.regression.linear_model",
    "pingouin",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "PIL.PngImagePlugin",
    "jinja2",
    "markupsafe",
    "xlsxwriter",
    "semopy",
]

# Snakemake gives these to every job of one thread. The libraries look at them when they are loaded.
ONE_THREAD = dict.fromkeys(
    [
        "GOTO_NUM_THREADS",
        "MKL_NUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
    ],
    "1",
)


@functools.cache
def start(root: Path) -> Path | None:
    """Start the process for a run in `root`, once; where it is reached, seen from there.

    None where there is none: on other systems than Linux, where a process with these libraries
    cannot safely be copied, and where the user does not want one.
    """
    if sys.platform != "linux" or os.environ.get(SWITCH) == "no":
        return None
    address = Path(".snakemake", f"warm.{os.getpid()}.sock")
    environment = os.environ | ONE_THREAD | {"PYTHONPATH": str(SCRIPTS)}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "grassroots.run.warm", str(address)],
        cwd=root,
        env=environment,
        stdin=subprocess.PIPE,  # never written to: the system closes it when Snakemake is killed
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(process.communicate)
    return address


def command(root: Path) -> str:
    """What a script's command begins with so that it is handed over; empty if it is not."""
    address = start(root)
    if address is None:
        return ""
    handing_over = shlex.join([sys.executable, "-I", "-S", str(CLIENT), str(address)])
    return handing_over.replace("{", "{{").replace("}", "}}")  # Snakemake formats it


@dataclass
class Script:
    """A script that runs: its process, and the client that waits for it."""

    process: int
    client: socket.socket


class Warm:
    """Serves clients until Snakemake ends."""

    def __init__(self, listener: socket.socket, snakemake: int) -> None:
        self.listener = listener
        self.selector = selectors.DefaultSelector()
        self.selector.register(listener, selectors.EVENT_READ, self._accept)
        self.selector.register(snakemake, selectors.EVENT_READ, self._end)
        self.running: list[Script] = []

    def serve(self, seconds: float | None = None) -> None:
        """Do what has come up; wait for it so long, without limit if None."""
        for key, _ in self.selector.select(seconds):
            if self.selector.get_map().get(key.fd) is key:  # not closed by the one before
                key.data()

    def _end(self) -> None:
        for script in self.running:
            os.kill(script.process, signal.SIGKILL)
        raise SystemExit

    def _accept(self) -> None:
        client, _ = self.listener.accept()
        client.settimeout(10)
        try:
            request, terminal = _received(client)
        except (OSError, ValueError, struct.error):
            client.close()
            return
        ended, writing = os.pipe()
        gc.freeze()  # so that the copy's collector leaves the pages alone that both share
        process = os.fork()
        if process == 0:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.close(ended)
            for opened in (self.listener, self.selector, *(each.client for each in self.running)):
                opened.close()
            _become(request, terminal)
        os.close(writing)
        for descriptor in terminal:
            os.close(descriptor)
        script = Script(process, client)
        self.running.append(script)
        self.selector.register(client, selectors.EVENT_READ, lambda: self._abandon(script))
        self.selector.register(ended, selectors.EVENT_READ, lambda: self._close(script, ended))
        with contextlib.suppress(OSError):
            client.sendall(b"+")

    def _abandon(self, script: Script) -> None:
        """The client is gone, so nobody waits for what the script makes."""
        self.selector.unregister(script.client)
        os.kill(script.process, signal.SIGKILL)

    def _close(self, script: Script, ended: int) -> None:
        _, status = os.waitpid(script.process, 0)
        with contextlib.suppress(OSError):
            script.client.sendall(struct.pack("!i", os.waitstatus_to_exitcode(status)))
        self.selector.unregister(ended)
        os.close(ended)
        with contextlib.suppress(KeyError):
            self.selector.unregister(script.client)
        script.client.close()
        self.running.remove(script)


@dataclass
class Request:
    """A script, the folder that it runs in, and its environment: each name, =, value."""

    script: str
    folder: bytes
    environment: list[bytes]


def _received(client: socket.socket) -> tuple[Request, list[int]]:
    """What a client asks for, and the descriptors of its standard input, output and error."""
    head, descriptors, _, _ = socket.recv_fds(client, 4, 3)
    (length,) = struct.unpack("!i", head)
    with client.makefile("rb") as stream:
        script, folder, *environment = stream.read(length).split(b"\0")
    return Request(os.fsdecode(script), folder, environment), descriptors


def _become(request: Request, terminal: list[int]) -> None:
    """Run a script as `python script` would, and end as it would."""
    status = 1
    try:
        for number, descriptor in enumerate(terminal):
            os.dup2(descriptor, number)
            os.close(descriptor)
        os.chdir(request.folder)
        os.environ.clear()
        os.environb.update(setting.split(b"=", 1) for setting in request.environment)
        sys.argv = [request.script]
        sys.path[0] = os.path.dirname(request.script)
        runpy.run_path(request.script, run_name="__main__")
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status & 0xFF)


def _load(module: str) -> None:
    """What cannot be loaded is told by the script that wants it."""
    with contextlib.suppress(Exception):
        importlib.import_module(module)


def main(address: Path) -> None:
    """Load all that scripts import, serving in between, then serve until standard input is closed.

    A script as a module does nothing but import what it needs.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the scripts
    gc.set_threshold(10_000)  # scripts are short, and make much before they leave any of it
    address.parent.mkdir(exist_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        before = os.umask(0o177)  # nobody else may have scripts run
        listener.bind(str(address))
        os.umask(before)
        listener.listen(64)
        try:
            warm = Warm(listener, sys.stdin.fileno())
            for library in FIRST:
                _load(library)
            for module in (*THEN, *sorted(script.stem for script in SCRIPTS.glob("*.py"))):
                warm.serve(0)
                _load(module)
            while True:
                warm.serve()
        finally:
            address.unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
