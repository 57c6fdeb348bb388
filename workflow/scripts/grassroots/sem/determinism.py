"""Results that do not depend on how many threads the linear algebra library is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    """The loaded BLAS libraries."""
    return ThreadpoolController()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Keep BLAS to one thread: how a product is split over threads changes its last bits."""
    with _controller().limit(limits=1, user_api="blas"):
        yield
