"""Snakemake's process ends when its jobs have ended."""

import threading

from grassroots.run.ending import stop_timers


def test_timers_neither_ring_nor_hold_the_process():
    rung = []
    timer = threading.Timer(600, lambda: rung.append(True))
    timer.start()
    stop_timers()
    timer.join(timeout=20)
    assert not timer.is_alive()
    assert not rung
