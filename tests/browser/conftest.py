"""The pages of the last run, opened in Debian's Chromium.

GRASSROOTS_RESULTS names the results folder; without it, results/ of the checkout.
"""

import os
from pathlib import Path

import pytest


def results():
    return Path(os.environ.get("GRASSROOTS_RESULTS", Path(__file__).parents[2] / "results"))


def built_pages():
    return [path for path in [results() / "index.html", *sorted(results().glob("*/report.html"))]
            if path.exists()]  # fmt: skip


def pytest_generate_tests(metafunc):
    """One test for each page; a single skipped one if no page was built."""
    if "page_file" in metafunc.fixturenames:
        pages = built_pages()
        if "of_a_dataset" in metafunc.fixturenames:
            pages = [page for page in pages if page.name != "index.html"]
        skip = pytest.mark.skip(reason=f"no page in {results()}: run the study first")
        metafunc.parametrize(
            "page_file",
            pages or [pytest.param(None, marks=skip)],
            ids=[f"{page.parent.name}/{page.name}" for page in pages] or ["none"],
        )


@pytest.fixture
def of_a_dataset():
    """Asked for by a test that the index is not for: it has no answer, figure or fold."""


@pytest.fixture
def visit(browser, page_file):
    """Open the page: in light or dark, with what it asked of the network."""
    contexts = []

    def of(theme="light", width=1280, height=800, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on(
            "console",
            lambda said: page.errors.append(said.text) if said.type == "error" else None,
        )
        page.goto(page_file.as_uri())
        return page

    yield of
    for context in contexts:
        context.close()
