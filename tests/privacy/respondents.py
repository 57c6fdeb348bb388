"""Everybody's answers as a table, and the same with the tokens planted in it."""

from planted import at

META = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
CONSENT, GENDER, AGE = "1、您是否同意参加", "2、您的性别", "3、您的年龄"
ITEMS = [f"4、感受—题目{number}" for number in range(1, 5)]
MAPPED = [CONSENT, GENDER, AGE, *ITEMS]
PEOPLE = 48

Table = list[list[str]]


def answers() -> Table:
    """The header and the answers of everybody, nothing planted."""
    rows = [[*META, *MAPPED]]
    for person in range(PEOPLE):
        start = [f"{person + 1}", f"2026/3/{person % 20 + 1} 10:05:07", f"{200 + person}秒"]
        likert = [str((person * 7 + item * person + item) % 5 + 1) for item in range(4)]
        half = ["微信", "N/A", f"192.0.2.{person}(A省-S市)", "同意", "男女"[person % 2]]
        rows.append([*start, *half, str(22 + person % 31), *likert])
    return rows


def planted_answers() -> Table:
    """The same with every token that a table can hold in somebody's row or in the header."""
    table = answers()
    header = table[0]
    for number, token in enumerate(at("column", "address", "header")):
        name = "来自IP" if token.where == "address" else token.header or token.value
        if name not in header:
            header.append(name)
            for row in table[1:]:
                row.append("")
        row = table[1 + number % 7]
        row[header.index(name)] = token.value if token.where != "header" else "1"
    header.insert(len(META), "")
    unnamed = at("unnamed")
    for number, row in enumerate(table[1:]):
        row.insert(len(META), unnamed[number].value if number < len(unnamed) else "")
    return table


def spoiled(token: str, column: str) -> Table:
    """The answers with one token in a column that is mapped."""
    table = answers()
    table[3][table[0].index(column)] = token
    return table
