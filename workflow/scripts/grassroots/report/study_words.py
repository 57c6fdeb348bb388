"""The study's own texts, which come bilingual from its protocol and codebook."""

from collections.abc import Mapping
from typing import Any

Bilingual = Mapping[str, str]


def titled(text: Bilingual | str | None, language: str, otherwise: str = "") -> str:
    """A bilingual text in one language; a plain text as it is; `otherwise` if there is none."""
    if isinstance(text, str):
        return text
    if not text:
        return otherwise
    return text.get(language) or next(iter(text.values()))


def exploratory_models(study: Mapping[str, Any]) -> set[str]:
    """The ids of the structural models that the study did not plan."""
    models = study.get("structural") or []
    return {model["id"] for model in models if model.get("exploratory")}


def planned(study: Mapping[str, Any], rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows without those of exploratory models; all of them if all are exploratory."""
    exploratory = exploratory_models(study)
    return [row for row in rows if row["model"] not in exploratory] or rows


class StudyWords:
    """Titles of one study in one language; an id without a title stands for itself."""

    def __init__(self, study: Mapping[str, Any], language: str) -> None:
        self._study = study
        self._names: Mapping[str, Bilingual] = study.get("names", {})
        self.language = language

    def text(self, key: str) -> str:
        """A text of the study such as its title; '' if it has none."""
        return self._in_language(self._study.get(key), "")

    def name(self, identifier: str) -> str:
        """The title of a scale, item, variable or model."""
        return self._in_language(self._names.get(identifier), identifier)

    def within(self, identifier: str) -> str:
        """A title in the middle of a sentence: as its protocol writes it there, or as it is."""
        title = self._names.get(identifier) or {}
        own = title.get("within") if self.language == "en" else None
        return own or self.name(identifier)

    def readable(self, identifier: str) -> str:
        """The title; an id without one with blanks for its underscores."""
        title = self.name(identifier)
        return title if title != identifier else identifier.replace("_", " ")

    def term(self, term: str) -> tuple[str, str]:
        """A term of a regression: its variable and, for a category (`gender=female`), its level."""
        variable, _, level = term.partition("=")
        return self.name(variable), self.level(variable, level) if level else ""

    def level(self, variable: str, level: str) -> str:
        """The title of a variable's level."""
        return self._in_language(self._names.get(f"{variable}={level}"), level)

    def statement(self, hypothesis: str, otherwise: str) -> str:
        """The hypothesis as a sentence; `otherwise` if the study does not state it."""
        return self._in_language(self._names.get(hypothesis), otherwise)

    def path(self, path: str) -> str:
        """`a -> b -> c` with titles and arrows; `*`, which stands for any mediator, left out."""
        steps = [step.strip() for step in path.split("->")]
        return " → ".join(self.name(step) for step in steps if step != "*")

    def mediators(self, path: str) -> str:
        """What stands between the first and the last step of a path, as it stands in a sentence."""
        steps = path.split("->")[1:-1]
        return " → ".join(self.within(step.strip()) for step in steps)

    def _in_language(self, text: Bilingual | str | None, otherwise: str) -> str:
        return titled(text, self.language, otherwise)
