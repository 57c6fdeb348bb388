"""Personal data recognised by its form, whatever column it stands in; and by what a header says.

Forms are looked for in the text as a person reads it: characters of full width are the usual ones,
invisible characters are none. A name that stands alone has no form: it is known only where a header
or the words around it say so, and `may_name` says where a message had better be silent.
"""

import functools
import re
import unicodedata
from collections.abc import Callable

# The hundred most common family names, and the common ones of two characters.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜"
    "叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺"
    "顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_DOUBLE = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 端木".split()
# Those that no everyday word before a title ends in: 工程科长 and 上周书记 name nobody.
_BEFORE_TITLE = (
    "王李张刘陈杨黄赵吴徐孙朱胡郭罗郑宋唐韩冯邓曹彭肖袁潘蒋蔡杜魏吕沈姚卢崔谭汪廖贾韦邹孟熊秦邱"
    "尹薛闫陶郝龚邵覃"
)
_TITLES = "(?:科长|处长|局长|所长|镇长|乡长|县长|站长|书记|主任)"
_INTRODUCES = r"(?:姓名|联系人|我叫|我的名字[叫是])\s?[是为]?\s?:?\s?"

# Not within a longer number, and not among the decimals of one.
_FREE = r"(?<!\d)(?<!\d\.)"
_GAP = r"[ .·_/—–-]{0,3}"
_DATE = r"(?:19|20)\d\d[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])"
_HEX = "[0-9a-f]"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_ID = "[a-z0-9][a-z0-9_-]"
_SERVICE = "(?:微信|薇信|qq|扣扣|wechat|weixin)"
_PLATE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# The smallest number of eight digits, see personal_answer.
TOO_LONG = 10**7

_NUMBERED = "(?:学号|工号|警号|学籍号|员工编号|职工号|社保号|档案号|准考证号)"


def _card(digits: str) -> bool:
    """Whether the last digit is the check digit of a bank card (Luhn 1960)."""
    numbers = [int(digit) for digit in reversed(digits) if digit.isdecimal()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in numbers[1::2]]
    return (sum(numbers[::2]) + sum(doubled)) % 10 == 0


def _no_time(digits: str) -> bool:
    """Whether digits are more than a date and a time of day written without marks."""
    return not re.fullmatch(rf"{_DATE}(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?", digits)


def _introduced(text: str) -> bool:
    """Whether what follows the words that introduce a name begins as names do."""
    return _begins_as_name(re.sub(_INTRODUCES, "", text))


def _begins_as_name(text: str) -> bool:
    return text[:1] in _SURNAMES or text[:2] in _DOUBLE


def _any(_: str) -> bool:
    return True


# What it is, its form (capitals and small letters are the same), and what else must hold. What a
# form before has found is not looked at again.
_FORMS: list[tuple[str, str, Callable[[str], bool]]] = [
    ("e-mail address", r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", _any),
    ("device id", rf"(?<!\w){_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}(?!\w)", _any),
    ("device id", rf"(?<!\w)(?:{_HEX}{{2}}[:-]){{5}}{_HEX}{{2}}(?!\w)", _any),
    ("device id", rf"(?<![0-9a-z])(?=\d*[a-f])(?=[a-f]*\d){_HEX}{{12,}}(?![0-9a-z])", _any),
    # An openid begins with a small o and has small letters, capitals and digits.
    (
        "WeChat or QQ id",
        rf"(?<![\w-])(?-i:o)(?=\S{{0,40}}(?-i:[A-Z]))(?=\S{{0,40}}\d){_ID}{{26}}(?![\w-])",
        _any,
    ),
    ("WeChat or QQ id", r"wxid_[a-z0-9_-]+", _any),
    ("identity number", rf"{_FREE}[1-9]\d{{5}}[ -]?{_DATE}[ -]?\d{{3}}[\dx](?!\d)", _any),
    ("identity number", rf"{_FREE}\d{{17}}x", _any),
    ("phone number", rf"{_FREE}1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)", _any),
    ("phone number", rf"{_FREE}1[3-9]\d[ .-]\d{{3}}[ .-]\d{{5}}(?!\d)", _any),
    ("phone number", rf"{_FREE}1[3-9]\d\d[ -]\d{{4}}[ -]\d{{3}}(?!\d)", _any),
    ("phone number", rf"{_FREE}1(?:[ .-]\d){{10}}(?!\d)", _any),
    ("phone number", r"[〇零一二三四五六七八九幺]{11,}", _any),
    ("phone number", r"(?<!\d)(?:0\d{2,3}[ -]|\(0\d{2,3}\)[ -]?)\d{7,8}(?!\d)", _any),
    ("WeChat or QQ id", rf"{_SERVICE}\s?[号id是为]{{0,4}}\s?:\s?{_ID}{{4,}}", _any),
    ("WeChat or QQ id", rf"{_SERVICE}\s?[号是为]{{1,3}}\s?{_ID}{{4,}}", _any),
    (
        "WeChat or QQ id",
        rf"{_SERVICE}\s?[号id是为]{{0,4}}\s?(?=[a-z_-]*\d){_ID}{{4,}}",
        _any,
    ),
    ("WeChat or QQ id", r"(?<![a-z])vx\s?:?\s?[a-z][a-z0-9_-]{5,}", _any),
    ("IP address", rf"(?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET}(?!\d)", _any),
    ("IP address", rf"(?<![\w:])(?:{_HEX}{{1,4}}:){{7}}{_HEX}{{1,4}}(?![\w:])", _any),
    (
        "IP address",
        rf"(?<![\w:])(?=\S{{0,40}}\d)(?:{_HEX}{{1,4}}:){{1,7}}(?::{_HEX}{{1,4}}){{1,6}}(?![\w:])",
        _any,
    ),
    ("coordinates", r"-?\d{1,3}\.\d{4,}\s?[,;/ ]\s?-?\d{1,3}\.\d{4,}", _any),
    ("coordinates", r"\d{1,3}°\s?\d{1,2}(?:\.\d+)?\s?['′]", _any),
    ("coordinates", r"(?:北纬|南纬|东经|西经|经度|纬度)\s?:?\s?\d+\.?\d*", _any),
    ("coordinates", r"(?:lat|lon|lng|latitude|longitude)\s?[:=]\s?-?\d+\.\d+", _any),
    ("licence plate", rf"[{_PLATE}][A-Z][ ·•-]?(?=[A-Z]*\d)[A-Z0-9]{{4,5}}[A-Z0-9挂学警]", _any),
    ("passport number", r"(?<![A-Z0-9])[EGDSPHM]\d{8}(?!\d)", _any),
    ("personal number", rf"{_NUMBERED}\s?[是为]?\s?:?\s?[A-Z]{{0,4}}-?\d{{3,}}", _any),
    (
        "personal number",
        r"(?:student|employee|staff)\s?(?:id|no\.?|number)\s?[:#]?\s?[A-Z]{0,4}-?\d{3,}",
        _any,
    ),
    ("name", rf"{_INTRODUCES}[\u4e00-\u9fff]{{2,4}}", _introduced),
    ("name", rf"[{_BEFORE_TITLE}]{_TITLES}", _any),
    ("name", r"(?:my name is|full name:)\s?(?-i:[A-Z])\w+", _any),
    (
        "address",
        r"(?:路|街|巷|弄|村|小区|花园|大厦|胡同|组|(?<!街)道)\s?\d{1,5}(?:-\d{1,4})?\s?"
        r"(?:弄|栋|幢|单元|室|号(?!\s?(?:文|线|通知|令)))",
        _any,
    ),
    ("address", r"\d{1,3}\s?(?:栋|幢|号楼)\s?(?:\d\s?单元)?\s?\d{3,4}(?![\d年])", _any),
    ("bank card", rf"{_FREE}[3-6]\d{{3}}(?:[ -]\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?(?!\d)", _card),
    # No answer and no date has so many digits; cards, identity numbers and devices do.
    ("long number", rf"{_FREE}\d{{11,}}", _no_time),
]

# Headers as `said_by_header` compares them: small letters, nothing between the words.
_BY_HEADER = {
    "name": "姓名 名字 真实姓名 受访者姓名 联系人 填写人 填表人 name fullname firstname lastname "
    "surname yourname username submittername recipientfirstname recipientlastname",
    "phone number": "手机 手机号 手机号码 移动电话 电话 电话号 电话号码 联系电话 联系方式 phone "
    "mobile telephone phonenumber mobilephone mobilenumber mobilephonenumber cellphone "
    "cellphonenumber telephonenumber devicephonenum",
    "identity number": "身份证 身份证号 身份证号码 证件号码 护照号 护照号码 idcard passport",
    "e-mail address": "邮箱 邮箱地址 电子邮箱 电子邮箱地址 电子邮件 邮件地址 email emailaddress "
    "recipientemail",
    "WeChat or QQ id": "微信 微信号 微信名 微信昵称 昵称 qq qq号 qq号码 wechat weixin openid "
    "unionid",
    "address": "地址 住址 家庭住址 家庭地址 通讯地址 联系地址 详细地址 homeaddress",
    "device id": "imei mac地址 macaddress 设备 设备号 设备id 设备编号 deviceid uuid ua useragent "
    "simserial simid subscriberid",
    "IP address": "ip ip地址 来自ip ipaddress ipaddr",
    "coordinates": "经度 纬度 经纬度 坐标 定位 location gps",
    "bank card": "银行卡 银行卡号",
    "licence plate": "车牌 车牌号 车牌号码",
    "personal number": "学号 工号 警号 编号 员工编号 职工号 用户id 用户名 studentid studentnumber "
    "employeeid employeenumber userid participantid token externalreference externaldatareference",
    "date of birth": "出生日期 生日 dateofbirth birthday",
}
_KIND_OF_HEADER = {word: kind for kind, words in _BY_HEADER.items() for word in words.split()}
_PLACE = re.compile(r"\w*(?:latitude|longitude|geolocation)")
_AROUND_HEADER = re.compile(
    r"^(?:第?\d{1,3}题?\s*[、.:)]|@?\d{1,3}_|q\d+\s*[._:、])?\s*"
    r"(?:请)?(?:填写|输入|留下|提供|写下)?"
    r"(?:您|你|本人|受访者|被访者|(?:what is )?your\b)?的?"
    r"|(?:\(.*\)|\[.*\]|是|:|\?|\*|必填|选填|_+)*$",
    re.I,
)


# The cities of a study share their headers and codes.
@functools.lru_cache(maxsize=10_000)
def looks_personal(value: str) -> str:
    """The kind of personal data that `value` contains by its form, or an empty string."""
    text = _as_read(value)
    for kind, form, holds in _compiled():
        if any(holds(found.group()) for found in form.finditer(text)):
            return kind
    return ""


def personal_answer(value: str) -> str:
    """The same for a whole answer, where a bare number of eight digits or more counts too.

    Such are QQ, student and service numbers, dates of birth; amounts are given in thousands.
    """
    found = looks_personal(value)
    bare = re.fullmatch(r"\d{8,}(?:\.0*)?", _as_read(value).strip())
    return found or ("long number" if bare else "")


def masked(text: str) -> str:
    """The text with the kind, as in [phone number], in place of each thing that looks personal."""
    if not looks_personal(text):
        return text
    text = _as_read(text)
    for kind, form, holds in _compiled():
        text = form.sub(lambda found: f"[{kind}]" if holds(found[0]) else found[0], text)  # noqa: B023
    return text


@functools.lru_cache(maxsize=10_000)
def said_by_header(header: str) -> str:
    """The kind of personal data that a header announces, such as 姓名; empty if it does not.

    Only a header that is nothing but such a word, with its number and what is usual around it:
    a statement on phones or WeChat groups is an item like any other. Of a path such as about/phone
    the last part counts.
    """
    last = _as_read(header).strip().rsplit("/", 1)[-1]
    text = re.sub(r"[\s_-]", "", _AROUND_HEADER.sub("", last)).lower()
    return _KIND_OF_HEADER.get(text, "coordinates" if _PLACE.fullmatch(text) else "")


def may_name(text: str) -> bool:
    """Whether a text that stands alone could be somebody's name; many an ordinary word could."""
    text = _as_read(text).strip()
    if re.fullmatch(r"[小老阿][\u4e00-\u9fff]", text):
        return text[1] in _SURNAMES
    if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text):
        return _begins_as_name(text) and len(text) <= (4 if text[:2] in _DOUBLE else 3)
    return bool(re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}", text))


@functools.cache
def _compiled() -> list[tuple[str, re.Pattern[str], Callable[[str], bool]]]:
    """The forms, made when the first text is looked at: most jobs never look at one."""
    return [(kind, re.compile(form, re.I), holds) for kind, form, holds in _FORMS]


def _as_read(text: str) -> str:
    """Full width made usual, characters that nobody sees left out."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(each for each in text if unicodedata.category(each) != "Cf")
