"""The planted tokens: one row a token, all of them made up. What is asserted of them is elsewhere.

Addresses are from blocks reserved for documentation, check digits are right, names are nobody's.
`where`: column (one that nothing maps, under the header given), address (mapped for screening
only), header (of a column that nothing maps), unnamed (a cell under no header), sheet (its name,
and a cell of a second sheet), label (of a value, a variable or the file), interview.
`alone`: whether the form alone tells; what it does not tell is known by its header or its place.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    """One piece of personal data."""

    kind: str
    value: str
    where: str
    header: str = ""
    alone: bool = True


TOKENS = [
    Token("IP v4", "203.0.113.77", "address"),
    Token("IP v4", "198.51.100.23", "column", "登录地址"),
    Token("IP v6", "2001:db8:85a3::8a2e:370:7334", "column", "ip6"),
    Token("IP v6", "2001:0db8:0000:0042:0000:8a2e:0370:7335", "unnamed"),
    Token("mobile", "13812345678", "column", "来源详情"),
    Token("mobile", "139-1234-5679", "column", "您的手机"),
    Token("mobile", "137 1234 5670", "column", "联系方式"),
    Token("mobile", "+86 136 1234 5671", "column", "phone"),
    Token("mobile", "1351-2345-672", "unnamed"),
    Token("mobile", "158.123.45673", "interview"),
    Token("mobile", "１３３１２３４５６７４", "column", "电话"),
    Token("mobile", "1 5 0 1 2 3 4 5 6 7 5", "column", "备用电话"),
    Token("mobile", "一八八一二三四五六七六", "column", "联系人电话"),
    Token("mobile", "138\u200b1234\u200b5677", "column", "手机二"),
    Token("landline", "0356-2023456", "column", "办公电话"),
    Token("landline", "(010)62345678", "label"),
    Token("identity", "110101199003070011", "column", "序号"),
    Token("identity", "11010519491231002X", "column", "身份证号"),
    Token("identity", "110105 19491231 002x", "label"),
    Token("identity", "140502670401001", "column", "旧身份证号"),
    Token("e-mail", "planted.person@example.cn", "column", "邮箱"),
    Token("e-mail", "second＠example.org", "label"),
    Token("e-mail", "third(at)example.org", "interview"),
    Token("WeChat", "微信号：zhangsan_lisi", "column", "备注"),
    Token("WeChat", "wxid_planted123abc", "column", "微信"),
    Token("WeChat", "vx:planted88zs", "sheet"),
    Token("QQ", "QQ：1234567890", "column", "其他联系"),
    Token("QQ", "2987654321", "column", "QQ", alone=False),
    Token("openid", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "column", "openid"),
    Token("IMEI", "490154203237518", "column", "IMEI"),
    Token("MAC", "00:1B:44:11:3A:B7", "column", "mac"),
    Token("UUID", "123e4567-e89b-42d3-a456-426614174000", "column", "device"),
    Token("Android id", "9774d56d682e549c", "unnamed"),
    Token("bank card", "6222020200112230015", "column", "银行卡号"),
    Token("bank card", "6222 0202 0011 2230", "interview"),
    Token("licence plate", "晋E·A7D93", "column", "车牌"),
    Token("licence plate", "沪AD45721", "sheet"),
    Token("passport", "E83920147", "column", "护照号"),
    Token("student number", "学号2016110234", "column", "说明"),
    Token("employee number", "YG-20470913", "column", "工号", alone=False),
    Token("coordinates", "35.490712,112.851347", "column", "位置"),
    Token("coordinates", "北纬35.490731", "column", "地点"),
    Token("latitude", "35.490744", "column", "LocationLatitude", alone=False),
    Token("name", "王晓萌", "column", "姓名", alone=False),
    Token("name", "Zhang Sanfeng", "column", "name", alone=False),
    Token("name", "欧阳晓萌", "label", alone=False),
    Token("name", "李晓芃", "interview", alone=False),
    Token("name", "我叫赵晓芃", "header"),
    Token("phone in a header", "谁的手机是13412345679", "header"),
    Token("e-mail in a header", "转发到fifth@example.net", "header"),
    Token("address", "凤台西街4127号", "column", "住址"),
    Token("address", "建设路88号3栋502室", "column", "单位"),
    Token("free text", "有事打17712345680找我，谢谢", "column", "5、您还有什么建议"),
    Token("free text", "张书记让我加班到天亮", "column", "6、您的看法"),
    Token("free text", "本人家住太行路下面第二家", "column", "7、其他", alone=False),
    Token("minute of sending", "2026/3/2 9:05:07", "column", "提交答卷时间", alone=False),
]


def at(*places: str) -> list[Token]:
    """The tokens of these places."""
    return [token for token in TOKENS if token.where in places]


# Ordinary answers, headers and sentences: nothing here is anybody's.
WORDS = """
1 5 0 99 -3 -2 1.5 3.75 12 281秒 4分41秒 0:04:41 00:04:41 35 35.5 60% 1/5 N/A (跳过) (空) 9999999
2016 2016年 2016年3月 2016-03-02 2016/3/2 2016.3.2 20160302 20160302090507 8:00~18:00 12:30-13:30
3000-5000 3001~4500元 15000-200000 3000元及以下 8000元以上 120万 1,234,567 1500-3000元，3001-4500元
3.3333333333333335 2.15384615384615 0.138123456789 1e-05 1.23456789e-10 25岁及以下 26~35岁 11~20年
男 女 总是 从不 非常同意 同意 高中(中专)及以下 其他(离异/丧偶) 985/211高校 办事员/科员 中共党员 大专
题目1 Q12_Row1 11、第一部分—题目24 13、工作方式—电话 微信工作群很多 QQ群通知 微信群每天有200条消息
单位经常打我的手机 我的电话很多 街道12号文件 道路12号线 工程科长 上周书记来检查 感谢主任 村主任
高主任科员 党委书记 原主任 一二三四五六日 A::B 3栋楼 第3组5人 工作12年，3500-4500元 第1-3题 x1 y12
"""
ORDINARY = [
    *WORDS.split(),
    "2016-03-02 09:05:07",
    "2024/2/23 13:30:37",
    "2013 2014 2015 2016",
    "3000 4000 5000 6000",
    "1985-1990 2001",
    "Strongly Agree",
    "5 points (very often)",
    "wechat groups take time",
    "QQ and WeChat groups",
    "1234.5678, 2345.6",
]
