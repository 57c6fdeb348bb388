"""Which words mean the same in questionnaires of civil servants, in Chinese and English.

Every set is one meaning. What is not here is compared letter by letter.
"""

import difflib
import re
import unicodedata

# Kept in the order in which they are looked for: a question about 毕业院校类型 asks for the school.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "gender": ("性别", "gender", "sex"),
    "age": ("年龄", "岁数", "age", "how old"),
    "political_status": ("政治面貌", "政治身份", "political status", "political affiliation"),
    "marital_status": ("婚姻", "婚否", "marital", "married"),
    "school_type": ("院校", "学校类型", "毕业学校", "type of school", "university type",
                    "school type"),
    "major": ("专业类别", "所学专业", "专业是", "专业", "major", "field of study"),
    "education": ("学历", "文化程度", "教育程度", "受教育", "education", "degree"),
    "tenure": ("工作年限", "工龄", "任职年限", "从业年限", "工作时间", "参加工作", "years of work",
               "tenure", "years of service", "working years", "seniority"),
    "post_type": ("岗位类型", "岗位类别", "岗位性质", "工作岗位", "岗位", "type of post", "post"),
    "work_nature": ("工作性质", "工作类型", "nature of work"),
    "rank": ("职级", "行政级别", "级别", "职务层次", "职务", "rank", "grade"),
    "position": ("职务", "职位", "职级", "行政级别", "position"),
    "monthly_income": ("月收入", "收入", "工资", "薪酬", "income", "salary", "pay"),
    "hometown": ("生源地", "籍贯", "家乡", "户籍", "hometown", "home town", "place of origin"),
    "unit": ("单位类型", "单位性质", "所在单位", "部门", "type of unit", "department"),
    "children": ("子女", "孩子", "children"),
    "identity": ("编制", "身份", "人员类别", "staffing"),
}  # fmt: skip

_LEVELS: tuple[tuple[str, ...], ...] = (
    ("男", "男性", "male", "man", "m"),
    ("女", "女性", "female", "woman", "f"),
    ("中共党员", "中共党员含预备党员", "中共党员含预备", "党员", "共产党员", "中共预备党员",
     "预备党员",
     "communist party member", "party member", "cpc member"),
    ("共青团员", "团员", "youth league member", "communist youth league member"),
    ("群众", "普通群众", "无党派", "无党派人士", "no affiliation", "none", "the masses"),
    ("民主党派", "民主党派成员", "member of a democratic party", "democratic party"),
    ("未婚", "单身", "unmarried", "single", "never married"),
    ("已婚", "在婚", "married"),
    ("离异", "离婚", "丧偶", "离异丧偶", "离异或丧偶", "离婚或丧偶",
     "divorced or widowed", "divorced", "widowed", "separated"),
    ("大专", "专科", "大学专科", "高职", "junior college", "associate degree", "college"),
    ("本科", "大学本科", "学士", "bachelor", "bachelor's degree", "undergraduate"),
    ("研究生", "硕士", "博士", "硕士研究生", "博士研究生", "硕士及以上", "研究生及以上",
     "硕士研究生及以上", "研究生硕士及以上", "graduate", "master",
     "master's degree", "master's degree or above", "doctorate", "phd", "postgraduate"),
    ("高中", "中专", "高中中专", "初中", "高中及以下", "高中中专及以下", "中专及以下", "高中或中专",
     "secondary school", "secondary school or below", "high school", "high school or below"),
    ("科员", "办事员", "办事员科员", "科员及以下", "一级科员", "二级科员", "普通科员", "clerk",
     "clerk or section member", "section member"),
    ("副科", "副科级", "副科长", "副主任科员", "deputy section head"),
    ("正科", "正科级", "科级", "主任科员", "section head"),
    ("副处", "副处级", "副处及以上", "副处级及以上", "处级及以上",
     "处级", "正处",
     "正处级", "县处级",
     "deputy division head", "deputy division head or above", "division head"),
    ("综合管理", "综合管理类", "管理岗", "综合管理岗", "general management", "management"),
    ("专业技术", "专业技术类", "技术岗", "专业技术岗", "professional", "technical",
     "professional and technical"),
    ("行政执法", "行政执法类", "执法岗", "行政执法岗", "law enforcement",
     "administrative law enforcement"),
    ("本地", "本市", "本县", "本地生源", "local"),
    ("外地", "外市", "外省", "外地生源", "elsewhere", "other place"),
    ("985211高校", "985211", "985高校", "211高校", "重点院校", "双一流", "双一流高校",
     "key university"),
    ("普通本科院校", "普通本科", "一般本科", "ordinary university"),
)  # fmt: skip
_MEANING = {word: group for group, words in enumerate(_LEVELS) for word in words}


def plain(text: str) -> str:
    """A text without blanks and marks, in characters of usual width and in lower case."""
    usual = unicodedata.normalize("NFKC", text).lower()
    usual = re.sub(r"^\s*[a-h\d]{1,2}\s*[.、)]\s*", "", usual)
    return re.sub(
        r"[\s()（）/、,，.。~～\-—_\"“”'‘’:：?？]+", "" if _chinese(usual) else " ", usual
    ).strip()


def likeness(one: str, other: str) -> float:
    """How far two wordings of an answer mean the same, from 0 to 1."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if a in _MEANING and _MEANING[a] == _MEANING.get(b):
        return 0.9
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 2 and shorter in longer and _chinese(shorter):
        return 0.75
    meanings = {
        _MEANING[word] for word in _MEANING if len(word) >= 2 and word in b and _chinese(word)
    }
    if a in _MEANING and _MEANING[a] in meanings:
        return 0.7
    ratio = difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()
    return 0.65 * ratio if ratio >= 0.6 else 0.0


def english(words: str) -> str:
    """The English words of an answer that is known in Chinese, or that is English itself."""
    if not _chinese(words):
        return words.strip()
    group = _MEANING.get(plain(words))
    if group is None:
        return ""
    return next(each for each in _LEVELS[group] if not _chinese(each) and len(each) > 1)


def asks_for(question: str) -> list[str]:
    """The usual questions that the words of a question could be, by their names."""
    text = unicodedata.normalize("NFKC", question).lower()
    return [
        name
        for name, words in QUESTIONS.items()
        if any(
            word in text if _chinese(word) else re.search(rf"\b{word}\b", text) for word in words
        )
    ]


def _names(text: str, word: str) -> bool:
    return word in text if _chinese(word) else bool(re.search(rf"\b{word}\b", text))


def _chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))
