"""The editions of an opened page: which there are, and the one that is seen."""

LANGUAGES = ["en", "zh"]


def languages(page):
    return [name for name in LANGUAGES if page.locator(f"#lang-{name}").count()]


def choose(page, language):
    page.evaluate("name => document.getElementById(`lang-${name}`).click()", language)


def shown(page):
    """The edition that can be seen."""
    return page.locator(".edition:visible")
