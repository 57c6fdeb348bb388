"""The headers with which platforms export a small questionnaire, as their own files have them."""

QUALTRICS = [
    *("StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)"),
    *("Finished", "RecordedDate", "ResponseId", "RecipientEmail", "Q1", "Q2_1", "Q2_2", "Q3"),
]
TEXTS = [
    *("Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration"),
    *("Finished", "Recorded Date", "Response ID", "Recipient Email"),
    *("Your\nsex?", "How - I am tired", "How - I am busy", "Which"),
]

LIME = ["id", "submitdate", "lastpage", "startlanguage", "startdate", "datestamp", "ipaddr"]
LIME_TEXT = ["Response ID", "Date submitted", "Last page", "Start language", "Date started"]
LIME_TEXT += ["Date last action", "IP address"]

KOBO = ["start", "end", "deviceid", "about/sex", "scale/tired", "about/why", "about/why/a"]
KOBO += ["about/why/b", "_id", "_uuid", "_submission_time", "_index"]

WJX = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
WORDS = ["非常不同意", "不同意", "一般", "同意", "非常同意"]
AGREE = {words: place for place, words in enumerate(WORDS, start=1)}
ENGLISH = {"Strongly disagree": 1, "Disagree": 2, "Agree": 4, "Strongly agree": 5}
