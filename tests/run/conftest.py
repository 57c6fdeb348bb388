"""Where the package lies, for the processes that the tests start."""

import pytest


@pytest.fixture(scope="session")
def scripts(root) -> str:
    return str(root / "workflow" / "scripts")
