"""Personal data recognised by its form, whatever column it stands in."""

import re

_PERSONAL = (
    (re.compile(r"\d{17}[\dXx]|\d{15}"), "identity number"),
    (re.compile(r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}"), "phone number"),
    (re.compile(r"(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)"), "phone number"),
    (
        re.compile(
            r"(微信|QQ|wechat|weixin)\s*(号|id)?\s*[:：]?\s*[A-Za-z0-9][-\w]{4,}", re.I | re.A
        ),
        "WeChat or QQ id",
    ),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "e-mail address"),
    (re.compile(r"\d{1,3}(\.\d{1,3}){3}"), "IP address"),
    (re.compile(r"-?\d{1,3}\.\d{4,}\s*[,，]\s*-?\d{1,3}\.\d{4,}"), "coordinates"),
)


def looks_personal(value: str) -> str:
    """The kind of personal data that `value` contains by its form, or an empty string."""
    for pattern, kind in _PERSONAL:
        if pattern.search(value):
            return kind
    return ""
