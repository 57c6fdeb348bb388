"""A Wenjuanxing export that the project has never seen: 42 columns, words of its own."""

import datetime
from pathlib import Path

import numpy as np

from grassroots.simulation.wenjuanxing import (
    EMPTY,
    SKIPPED,
    Matrix,
    headers,
    time_of_sending,
    write_csv,
    write_xlsx,
)

# Questions and answers that no dataset of the project has in these words, and how likely each is.
QUESTIONS = {
    "知情同意：您是否愿意参加本次匿名调查？": {"愿意": 0.97, "不愿意": 0.03},
    "性别：": {"男性": 0.55, "女性": 0.45},
    "目前的婚姻状况是": {"单身": 0.3, "已婚": 0.6, "离婚或丧偶": 0.1},
    "您参加工作多少年了？": {"不满3年": 0.2, "3-5年": 0.2, "6-10年": 0.2, "11-20年": 0.2,
                         "20年以上": 0.2},
    "您所在岗位属于": {"综合管理类": 0.5, "专业技术类": 0.2, "行政执法类": 0.3},
    "您的行政级别": {"科员": 0.55, "副科级": 0.25, "正科级": 0.1, "副处级及以上": 0.05,
                    "未定级": 0.05},
    "每月税后收入（元）": {"3000以下": 0.1, "3001-4000": 0.3, "4001-5000": 0.3, "5001-8000": 0.2,
                         "8000以上": 0.1},
    "您的年龄段": {"25岁以下": 0.2, "26-35岁": 0.3, "36-45岁": 0.3, "46岁以上": 0.2},
    "所在单位": {"县直部门": 0.5, "乡镇街道": 0.5},
}  # fmt: skip
CHECK = "为保证质量，本题请选“比较符合”"
AGREEMENT = ["非常不符合", "比较不符合", "一般", "比较符合", "非常符合"]
CONFIDENCE = ["完全不正确", "有点正确", "多数正确", "完全正确"]
SECRET = "13812345678"


def questionnaire() -> list[str | Matrix]:
    """Nine single questions, a matrix of 15 rows and a check, one of 10, and free text."""
    work = [f"工作感受描述{number}" for number in range(1, 16)]
    work.insert(7, CHECK)
    oneself = [f"看法{number}" for number in range(1, 11)]
    return [
        *QUESTIONS,
        Matrix("请根据实际情况选择", work),
        Matrix("对自己的看法", oneself),
        "您的其他建议或联系方式",
    ]


def write_export(path: Path, words: bool = True, n: int = 260, seed: int = 7) -> None:
    """Write the export, by text or by number; csv files in GB18030."""
    rng = np.random.Generator(np.random.PCG64(seed))
    rows = [_row(row, words, rng) for row in range(n)]
    header = headers(questionnaire())
    if path.suffix == ".csv":
        write_csv(path, header, rows, "gb18030")
    else:
        write_xlsx(path, header, rows)


def _row(row: int, words: bool, rng: np.random.Generator) -> list[str | int]:
    chosen = [int(rng.choice(len(each), p=list(each.values()))) for each in QUESTIONS.values()]
    strain = rng.standard_normal()
    # The last six of the fifteen are worded positively, as in the scale that is meant.
    signs = [-1 if item >= 9 else 1 for item in range(15)]
    work = [_answer(3 + 0.8 * sign * strain, 5, rng) for sign in signs]
    work.insert(7, 4 if rng.random() < 0.96 else int(rng.integers(1, 4)))
    oneself = [_answer(2.6 - 0.4 * strain, 4, rng) for _ in range(10)]
    if words:
        said = [list(each)[place] for place, each in zip(chosen, QUESTIONS.values(), strict=True)]
        answers = [AGREEMENT[a - 1] for a in work] + [CONFIDENCE[a - 1] for a in oneself]
    else:
        said, answers = [place + 1 for place in chosen], [*work, *oneself]
    cells: list[str | int] = [*said, *answers]
    if chosen[0] == 1:
        cells[1:] = [SKIPPED if words else -3] * (len(cells) - 1)
    elif rng.random() < 0.1:
        cells[12] = EMPTY if words else -2
    note = str(rng.choice([EMPTY, "希望减负", f"请联系我 {SECRET}"], p=[0.8, 0.15, 0.05]))
    when = datetime.datetime(2026, 9, 1, 8) + datetime.timedelta(minutes=37 * row)
    about = [row + 1, time_of_sending(when), f"{int(rng.integers(90, 500))}秒", "微信", "N/A"]
    return [*about, f"192.0.2.{row % 250}(A省-H市)", *cells, note]


def _answer(mean: float, highest: int, rng: np.random.Generator) -> int:
    return int(np.clip(round(mean + 0.7 * rng.standard_normal()), 1, highest))
