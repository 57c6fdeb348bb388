"""Answers that can be read and still cannot be meant: looked for once all answers can be read."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.intake.mapping import Responses
from grassroots.study.codebook import Codebook
from grassroots.study.documents import Document
from grassroots.study.faults import NOTHING, Fault
from grassroots.study.protocol import Protocol


def implausible(
    responses: Responses, document: Document[Codebook], protocol: Protocol, shown: str
) -> list[Fault]:
    """Scales that nobody answered, numbers that cannot be, dates to come, nobody who would stay."""
    faults = [
        *_unanswered(responses, document, shown),
        *_numbers(responses, document, protocol, shown),
        *_dates(responses, document, shown),
    ]
    return faults or _nobody(responses, document, protocol, shown)


def _unanswered(responses: Responses, document: Document[Codebook], shown: str) -> list[Fault]:
    """An instrument without a single answer, be it that its missing codes cover all of them."""
    faults = []
    items = iter(responses.items.values())
    for scale, part in document.model.scales.items():
        columns = [next(items) for _ in part.items]
        if any(value is not None for column in columns for value in column):
            continue
        words = {"scale": scale, "count": str(len(columns)), "file": shown}
        words["codes"] = ", ".join(map(str, part.missing_codes))
        key = "missing_codes" if part.missing_codes else "items"
        advice = {"advice": "codes_cover" if part.missing_codes else "columns_empty"}
        faults.append(document.fault("D209", ("scales", scale, key), phrases=advice, **words))
    return faults


def _numbers(
    responses: Responses, document: Document[Codebook], protocol: Protocol, shown: str
) -> list[Fault]:
    """Numbers outside the range that the protocol gives a variable.

    Where it gives no lowest, zero is it if most are not below: -99 is a code, and no age.
    """
    faults = []
    for name, values in responses.background.items():
        variable = protocol.background[name]
        if variable.levels:
            continue
        given = {
            row: float(value)
            for row, value in zip(responses.row_numbers, values, strict=True)
            if isinstance(value, int | float)
        }
        if not given:
            continue
        low, high = variable.min, variable.max
        negative = sum(value < 0 for value in given.values())
        if low is None and 2 * negative < len(given):
            low = 0
        wrong = {
            row: value
            for row, value in given.items()
            if (low is not None and value < low) or (high is not None and value > high)
        }
        if wrong:
            codes = [f"{value:g}" for value in sorted(set(wrong.values()))]
            words = {"count": str(len(wrong)), "file": shown, "name": name}
            words |= {"values": _some(codes), "rows": _some(wrong)}
            ends = {"low": low, "high": high}
            words |= {end: f"{value:g}" for end, value in ends.items() if value is not None}
            within = "up_to" if low is None else "from" if high is None else "closed"
            edit = f"missing_codes: [{', '.join(codes[:8])}]"
            faults.append(
                document.fault(
                    "D210", ("background", name), "", edit, {"range": f"range_{within}"}, **words
                )
            )
    return faults


def _dates(responses: Responses, document: Document[Codebook], shown: str) -> list[Fault]:
    """Days of sending after tomorrow (a clock east of here may be a day ahead).

    The dates of simulated answers are made up.
    """
    if document.model.simulated:
        return []
    latest = (datetime.date.today() + datetime.timedelta(days=1)).isoformat()
    dates = responses.meta.get("submitted_on", [])
    wrong = {
        row: date
        for row, date in zip(responses.row_numbers, dates, strict=bool(dates))
        if date is not None and date > latest
    }
    if not wrong:
        return []
    words = {"count": str(len(wrong)), "file": shown, "rows": _some(wrong)}
    words["values"] = _some(sorted(set(wrong.values())))
    return [document.fault("D208", ("meta", "submitted"), **words)]


def _nobody(
    responses: Responses, document: Document[Codebook], protocol: Protocol, shown: str
) -> list[Fault]:
    """No respondent whom the screening of the protocol would leave."""
    least = protocol.screening.minimum_answered * len(responses.items)
    stays = map(_stays(responses, protocol.screening.exclude), range(len(responses.row_numbers)))
    answered = zip(*responses.items.values(), strict=True)
    for ok, answers in zip(stays, answered, strict=True):
        if ok and len(answers) - answers.count(None) >= least:
            return []
    words = {"file": shown, "share": f"{protocol.screening.minimum_answered:.0%}"}
    words["exclude"] = ", ".join(protocol.screening.exclude) or NOTHING
    return [document.fault("D211", ("scales",), **words)]


def _stays(responses: Responses, exclude: Sequence[str]) -> Any:
    def of_row(row: int) -> bool:
        refused = "no_consent" in exclude and not responses.meta["consent"][row]
        failed = (
            "failed_attention_check" in exclude
            and responses.meta["attention_checks_failed"][row] > 0
        )
        return not (refused or failed)

    return of_row


def _some(values: Sequence[Any] | Mapping[Any, Any]) -> str:
    shown = [str(value) for value in values]
    return ", ".join(shown[:8]) + (" …" if len(shown) > 8 else "")
