"""Run a command: a Python script by the process of `warm.py`, all else as it stands.

    python -I -S warm_client.py ADDRESS COMMAND...

Ends as the script ends. Where the process cannot be reached, or the job has more than one thread or
another Python than that process, the command runs by itself. Needs nothing but Python, so that it
starts at once.
"""

import json
import os
import signal
import socket
import struct
import sys


def main(address: str, command: list[str]) -> None:
    """Hand the command over if it is a script for this Python; else become it."""
    if (
        len(command) == 2
        and command[0] == sys.executable
        and os.environ.get("OMP_NUM_THREADS") == "1"
    ):
        handed_over(address, command[1])
    os.execvp(command[0], command)


def handed_over(address: str, script: str) -> None:
    """End as the script ends; return if nobody has begun to run it."""
    request = {"script": script, "folder": os.getcwd(), "environment": dict(os.environ)}
    text = json.dumps(request).encode()
    with socket.socket(socket.AF_UNIX) as server:
        try:
            server.connect(address)
            socket.send_fds(server, [struct.pack("!i", len(text))], [0, 1, 2])
            server.sendall(text)
            if server.recv(1) != b"+":
                return
        except OSError:
            return
        status = server.recv(4)
    # Without a word the process was killed, and the script with it.
    code = struct.unpack("!i", status)[0] if len(status) == 4 else -signal.SIGKILL
    if code < 0:
        signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
        os.kill(os.getpid(), -code)
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
