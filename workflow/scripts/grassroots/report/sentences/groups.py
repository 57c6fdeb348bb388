"""Sentences on differences between groups: Welch's test first, then what theses print beside it."""

import re

from markupsafe import Markup

from grassroots.report.chapters.groups import EFFECTS
from grassroots.report.chapters.post_hoc import order
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct, is_true
from grassroots.report.sentences.phrases import Phrases
from grassroots.report.tables import symbol_markup
from grassroots.report.view import View

# The confidence of an effect size's interval where the table does not say it.
CONFIDENCE = {"eta2": 0.90}


def group_sentences(view: View) -> list[Markup]:
    """Of every outcome the judged tests; of the first also the classical ones and those on ranks.

    So does the page: what was tested besides of the other outcomes stands in the file. Of these
    others the tests without a finding share a sentence.
    """
    rows = [row for row in view.tables.rows("group_differences") if row["statistic"]]
    found: list[Markup] = []
    for index, outcome in enumerate(distinct(rows, "outcome")):
        own = [row for row in rows if row["outcome"] == outcome]
        judged = [row for row in own if is_true(row["judged"])]
        if index == 0:
            found += [_judged(view, row) for row in judged]
            for by in distinct(own, "by"):
                found += _others(view, {row["test"]: row for row in own if row["by"] == by})
        else:
            differing = [row for row in judged if number(row["p"]) < view.alpha]
            found += [_judged(view, row) for row in differing]
            found += _same(view, [row for row in judged if row not in differing])
    return found


def _same(view: View, rows: list[Row]) -> list[Markup]:
    """`Cynicism did not differ significantly by age, F(…) = …, p = …; by rank, …`."""
    if not rows:
        return []
    phrases, words = Phrases(view), view.words
    parts = []
    for row in rows:
        result = phrases.listed(*_test(view, row))
        parts.append(words("say.by", variable=view.titles.within(row["by"]), result=result))
    tests = Markup(words("list.semicolon")).join(parts)
    return [words("say.several.same", outcome=view.titles.name(rows[0]["outcome"]), tests=tests)]


def _judged(view: View, row: Row) -> Markup:
    """The test that decides, with the means where there are two groups."""
    pair = _pair(view, row) if row["test"] == "welch_t" else []
    significant = number(row["p"]) < view.alpha
    if not pair:
        key = "say.groups.differ" if significant else "say.groups.same"
        sentence = view.words(key, **_named(view, row), result=_result(view, row))
        return sentence + (_post_hoc(view, row) if significant else "")
    # In the order of the levels, in which the statistic has its sign.
    first, second = pair
    above = number(first["mean"]) > number(second["mean"])
    key = ("higher" if above else "lower") if significant else "same"
    return view.words(
        f"say.pair.{key}",
        **_named(view, row),
        within=view.titles.within(row["outcome"]),
        first=_group(view, first),
        second=_group(view, second),
        result=_result(view, row),
    )


def _pair(view: View, row: Row) -> list[Row]:
    """The two groups that were compared, if both may be shown."""
    levels = view.tables.rows("group_means", outcome=row["outcome"], by=row["by"])
    shown = [level for level in levels if level["mean"]]
    return shown if len(shown) == 2 else []


def _group(view: View, level: Row) -> Markup:
    """`female (M = 2.78, SD = 0.62)`."""
    phrases = Phrases(view)
    values = phrases.listed(
        phrases.equals("M", "mean", level["mean"]), phrases.equals("SD", "mean", level["sd"])
    )
    name = view.titles.level(level["by"], level["level"])
    return view.words("say.group", level=name, values=values)


def _named(view: View, row: Row) -> dict[str, str]:
    return {"outcome": view.titles.name(row["outcome"]), "variable": view.titles.within(row["by"])}


def _result(view: View, row: Row) -> Markup:
    """`t(313.43) = −2.21, p = .028 (Holm: p = .140), d = −0.25, 95% CI [−0.47, −0.03]`."""
    phrases = Phrases(view)
    statistic, p = _test(view, row)
    # Where the test is not significant by itself a correction cannot make it so.
    if row["p_adjusted"] and number(row["p"]) < view.alpha:
        p += view.words("say.holm", p=phrases.p(row["p_adjusted"]))
    return phrases.listed(statistic, p, *_effect(view, row))


def _test(view: View, row: Row) -> tuple[Markup, Markup]:
    """Statistic and p."""
    phrases = Phrases(view)
    symbol = "t" if row["test"] in ("welch_t", "student_t") else "F"
    statistic = phrases.equals(symbol, "statistic", row["statistic"], row["df1"], row["df2"])
    return statistic, phrases.p(row["p"])


def _effect(view: View, row: Row) -> list[Markup]:
    if not row["effect_size"]:
        return []
    symbol, kind = EFFECTS[row["effect"]]
    name = symbol_markup(symbol)
    if row["effect"] == "rank_biserial":
        name += Markup("<sub>rb</sub>")
    size = Phrases(view).equals(name, kind, row["effect_size"])
    if not row["effect_low"]:
        return [size]
    level = row.get("effect_confidence") or CONFIDENCE.get(row["effect"], 1 - view.alpha)
    interval = Phrases(view).interval(
        kind, row["effect_low"], row["effect_high"], 1 - number(level)
    )
    return [size, interval]


def _post_hoc(view: View, row: Row) -> Markup:
    """Which groups differ by Games and Howell, by their names."""
    found = order(view, row["outcome"], row["by"], "games_howell")
    if not found or not any(sign in found for sign in "<"):
        return Markup("")
    levels = view.tables.rows("group_means", outcome=row["outcome"], by=row["by"])
    comma = view.words.plain("list.comma")
    less = view.numbers.style.less

    def named(match: re.Match[str]) -> str:
        return view.titles.level(row["by"], levels[int(match.group()) - 1]["level"])

    signs = {",": comma, "<": less, "; ": view.words.plain("list.semicolon")}
    parts = re.split(r"(<|,|; )", found)
    text = "".join(signs.get(part, re.sub(r"\d+", named, part)) for part in parts)
    return view.words("sentence.space") + view.words("say.post_hoc", order=text)


def _others(view: View, tests: dict[str, Row]) -> list[Markup]:
    """What is printed beside: the test that assumes equal variances, and the one on ranks."""
    phrases = Phrases(view)
    found = []
    classical = tests.get("student_t") or tests.get("anova")
    if classical:
        result = phrases.listed(*_test(view, classical))
        named = _named(view, classical)
        levene = tests.get("levene_mean")
        if levene:
            variances = phrases.listed(*_test(view, levene))
            key = "say.levene.differ" if number(levene["p"]) < view.alpha else "say.levene.same"
            found.append(view.words(key, **named, levene=variances, result=result))
        else:
            found.append(view.words("say.classical", **named, result=result))
    ranks = tests.get("mann_whitney") or tests.get("kruskal")
    if ranks:
        symbol = "U" if ranks["test"] == "mann_whitney" else "H"
        freedom = (ranks["df1"],) if symbol == "H" else ()
        result = phrases.listed(
            phrases.equals(symbol, "statistic", ranks["statistic"], *freedom),
            phrases.p(ranks["p"]),
            *_effect(view, ranks),
        )
        found.append(view.words(f"say.{ranks['test']}", **_named(view, ranks), result=result))
    return found
