"""KoboToolbox and ODK exports: groups and names as one path, columns about the sending."""

import re
from collections.abc import Sequence

from grassroots.intake.reading import RawTable
from grassroots.intake.shape import Shape, roles

_SENT = {
    *(
        "_id",
        "_uuid",
        "_submission_time",
        "_submitted_by",
        "_validation_status",
        "_notes",
        "_status",
    ),
    *(
        "__version__",
        "_version_",
        "_tags",
        "_index",
        "_attachments",
        "_xform_id_string",
        "_geolocation",
    ),
    *("meta/instanceID", "meta/rootUuid", "formhub/uuid"),
}
# ODK Central writes its own.
_SENT_ODK = {
    *("SubmissionDate", "KEY", "SubmitterID", "SubmitterName", "meta-instanceID", "instanceID"),
    *("AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits"),
    *("FormVersion", "meta-instanceName"),
}
_FORM = {
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "phonenumber",
    "simserial",
    "subscriberid",
}
_FORM |= {"audit", "simid", "devicephonenum", "background-audio"}
_ROLES = {"submitted": ("_submission_time", "SubmissionDate", "end", "today")}
_OTHER = re.compile(r"_(geolocation|attachments|validation_status).*|_version_+.*|.*_URL")


def is_kobo(columns: Sequence[str]) -> bool:
    """Whether the headers are those of an export of KoboToolbox or ODK."""
    plain = set(columns)
    return len(plain & _SENT) >= 2 or len(plain & _SENT_ODK) >= 3


def kobo_shape(table: RawTable) -> Shape:
    """The columns by their paths; the options of a multiple choice stand as rows of its path."""
    columns = table.columns
    meta = roles(columns, _ROLES)
    about = {c for c in columns if c in _SENT | _SENT_ODK | _FORM or _OTHER.fullmatch(c)}
    asked = [column for column in columns if column not in about]
    return Shape(
        columns=columns,
        questions={column: column.rsplit("/", 1)[-1] for column in asked},
        matrices={c: c.rsplit("/", 1)[0] for c in asked if "/" in c},
        meta=meta,
        span=("start", "end") if {"start", "end"} <= set(columns) else None,
        ignored={c: "about the answering" for c in columns if c in about - {*meta.values()}},
    )
