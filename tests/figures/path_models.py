"""Structural models of one to four mediators, as tables and studies, with short and long names."""

from itertools import combinations

NAMES = {
    "en": ["Public service motivation", "Self-efficacy", "Career calling", "Perceived support",
           "Role conflict at work", "Job burnout"],
    "zh": ["公共服务动机", "自我效能感", "职业使命感", "组织支持感", "角色冲突", "职业倦怠"],
}  # fmt: skip


def model(count, form):
    scales = ["x", *(f"m{index}" for index in range(1, count + 1)), "y"]
    if form == "serial":
        edges = list(combinations(scales, 2))
    else:
        inner = scales[1:-1]
        edges = [("x", m) for m in inner] + [(m, "y") for m in inner] + [("x", "y")]
    rows = "\n".join(
        f"m,ML,,{target},~,{source},1,.1,9,.0001,-.{31 + index},-.{41 + index},-.{21 + index}"
        for index, (source, target) in enumerate(edges)
    )
    table = f"model,estimator,group,lhs,op,rhs,est,se,z,p,std,std_low,std_high\n{rows}\n"
    structural = {"id": "m", "predictor": "x", "mediators": scales[1:-1], "outcome": "y",
                  "form": form}  # fmt: skip
    names = [*range(count + 1), 5]
    titles = {
        scale: {language: NAMES[language][index] for language in NAMES}
        for scale, index in zip(scales, names, strict=True)
    }
    return {"sem_parameters": table}, {"structural": [structural], "names": titles}, len(edges)


FORMS = [(1, "parallel"), (2, "parallel"), (3, "parallel"), (4, "parallel"), (2, "serial"),
         (3, "serial"), (4, "serial")]  # fmt: skip
LONG = {
    "en": "Perceived organisational support for grassroots civil servants at work",
    "zh": "基层公务员所感知到的组织支持与工作资源",
}
ITEM = {
    "en": "In the last month I often felt that unforeseen tasks left me no time for my own work",
    "zh": "最近一个月里，我常常因为临时任务而没有时间完成自己的本职工作",
}


def with_indicators(count, form, items=60, heavy=None):
    """The model with as many items in all, spread over its factors; items with p beyond .05 too.

    A `heavy` factor, by its place, has all but two of each other one.
    """
    tables, study, edges = model(count, form)
    scales = ["x", *study["structural"][0]["mediators"], "y"]
    rows = []
    factors = [scales[index % len(scales)] for index in range(items)]
    if heavy is not None:
        factors[2 * len(scales) :] = [scales[heavy]] * (items - 2 * len(scales))
    for index, factor in enumerate(factors):
        p = "" if index < len(scales) else (".3" if index % 10 == 9 else ".0001")
        rows.append(
            f"m,ML,,{factor},=~,item_{index + 1},1,.1,9,{p},"
            f".{51 + index % 40},.{41 + index % 40},.{61 + index % 39}"
        )
        study["names"][f"item_{index + 1}"] = ITEM
    tables["sem_parameters"] += "\n".join(rows) + "\n"
    return tables, study, edges
