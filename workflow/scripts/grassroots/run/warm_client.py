"""Run a command: a Python script by the process of `warm.py`, all else as it stands.

    python -I -S warm_client.py ADDRESS COMMAND...

Ends as the script ends. Where the process cannot be reached, or the job has more than one thread or
another Python than that process, the command runs by itself. Needs nothing but Python and
loads little of that, so that it starts at once.
"""

import os
import struct
import sys

# Importing `socket` or `signal` takes as long as all else here.
from _socket import AF_UNIX, SCM_RIGHTS, SOL_SOCKET, socket

KILLED = 9  # the number of SIGKILL


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
    environment = [name + b"=" + value for name, value in os.environb.items()]
    text = b"\0".join([os.fsencode(script), os.getcwdb(), *environment])
    server = socket(AF_UNIX)
    terminal = [(SOL_SOCKET, SCM_RIGHTS, struct.pack("3i", 0, 1, 2))]
    try:
        server.connect(address)
        server.sendmsg([struct.pack("!i", len(text))], terminal)
        server.sendall(text)
        if server.recv(1) != b"+":
            return
    except OSError:
        return
    status = server.recv(4)
    # Without a word the process was killed, and the script with it.
    code = struct.unpack("!i", status)[0] if len(status) == 4 else -KILLED
    if code < 0:
        os.kill(os.getpid(), -code)
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
