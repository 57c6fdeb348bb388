"""The end of Snakemake's process, when all jobs have ended."""

import threading


def stop_timers() -> None:
    """Cancel the timers that would hold the process for up to a second more.

    Snakemake sets one whenever it has begun jobs, to look again whether it may begin more in this
    second. There are none left to begin.
    """
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()
