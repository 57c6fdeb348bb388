"""The texts of the page in one language, by key.

A text may hold placeholders (`{n}`) and, as its only markup, `<i>…</i>` for statistical symbols.
Everything else in it, and every value put into it, is escaped.
"""

import re
from collections.abc import Mapping

import yaml
from markupsafe import Markup, escape

Texts = Mapping[str, str]

_ITALIC = re.compile(r"</?i>")
_RELATION = re.compile(" ([=<>≤≥]|&lt;|&gt;) ")


def read_catalogue(text: str) -> dict[str, str]:
    """Key: text, from a flat YAML mapping; raises ValueError if it is not one."""
    loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(loaded, dict) or not all(isinstance(v, str) for v in loaded.values()):
        raise ValueError("a catalogue is a flat mapping of keys to texts")
    return loaded


class Words:
    """The catalogue of one language; an unknown key raises KeyError."""

    def __init__(self, language: str, texts: Texts) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, **values: object) -> Markup:
        """The text as HTML; a value that is Markup is taken as it is, any other is escaped."""
        text = str(escape(self._texts[key]))
        text = text.replace("&lt;i&gt;", "<i>").replace("&lt;/i&gt;", "</i>")
        text = _RELATION.sub("\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", text)
        return Markup(text).format(**values)

    def plain(self, key: str, **values: object) -> str:
        """The text without markup: for figures, attributes and file-like places."""
        return _ITALIC.sub("", self._texts[key]).format(**values)

    def has(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return key in self._texts

    def either(self, key: str, otherwise: str) -> str:
        """The plain text of `key`, or `otherwise` made readable if there is no such key."""
        return self.plain(key) if key in self._texts else otherwise.replace("_", " ")

    def both(self, parts: list[str] | list[Markup]) -> Markup:
        """The parts as they stand in a sentence: `a`, `a and b`, `a, b and c`."""
        if len(parts) < 2:
            return Markup("").join(parts)
        return self.sequence(parts[:-1]) + self("list.and") + parts[-1]

    def sequence(self, parts: list[str] | list[Markup]) -> Markup:
        """The parts as an enumeration, with the comma of the language."""
        return Markup(self("list.comma")).join(parts)
