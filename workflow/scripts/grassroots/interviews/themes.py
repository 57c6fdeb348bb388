"""How many interviews and passages speak of each level, theme and code."""

from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.interviews.coding import Coding

THEME_COLUMNS = ["level", "theme", "code", "n_interviews", "n_excerpts", "suppressed"]
EXCERPT_COLUMNS = ["theme", "code", "interview", "excerpt"]


def themes_table(
    codings: Sequence[Coding], plan: Mapping[str, Any], smallest: int
) -> list[dict[str, str]]:
    """A row a level (theme and code empty), a theme (code empty) and a code, as the protocol has.

    A passage that several coders coded alike counts once. Counts of fewer than `smallest`
    interviews, but zero, are left empty and said to be suppressed.
    """
    rows = []
    for level in plan["levels"]:
        themes = [theme for theme, own in plan["themes"].items() if own == level]
        codes = {code: theme for code, theme in plan["codes"].items() if theme in themes}
        rows.append(_row(codings, (level, "", ""), set(codes), smallest))
        for theme in themes:
            own = [code for code in codes if codes[code] == theme]
            rows.append(_row(codings, (level, theme, ""), set(own), smallest))
            rows += [_row(codings, (level, theme, code), {code}, smallest) for code in own]
    return rows


def excerpts_table(codings: Sequence[Coding], plan: Mapping[str, Any]) -> list[dict[str, str]]:
    """The reviewed passages, each once a code, theme by theme in the order of the file."""
    rows = {}
    for code, theme in plan["codes"].items():
        for each in codings:
            if each.code == code and each.excerpt:
                rows[code, each.passage] = {
                    "theme": theme,
                    "code": code,
                    "interview": each.interview,
                    "excerpt": each.excerpt,
                }
    return list(rows.values())


def _row(
    codings: Sequence[Coding], names: tuple[str, str, str], codes: set[str], smallest: int
) -> dict[str, str]:
    own = [each for each in codings if each.code in codes]
    interviews = {each.interview for each in own}
    hidden = 0 < len(interviews) < smallest
    counts = len(interviews), len({each.passage for each in own})
    level, theme, code = names
    return {
        "level": level,
        "theme": theme,
        "code": code,
        "n_interviews": "" if hidden else str(counts[0]),
        "n_excerpts": "" if hidden else str(counts[1]),
        "suppressed": str(hidden),
    }
