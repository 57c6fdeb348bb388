"""What a value should have been, in the words of the messages instead of pydantic's."""

from collections.abc import Mapping
from typing import Any

from grassroots.study.faults import Fault, nearest_name, quoted

# pydantic's type of error: the key of the sentence that says what is expected.
_EXPECTED = {
    "string_type": "expected_text",
    "int_type": "expected_whole",
    "int_parsing": "expected_whole",
    "int_from_float": "expected_whole",
    "int_parsing_size": "expected_whole",
    "float_type": "expected_number",
    "float_parsing": "expected_number",
    "finite_number": "expected_finite",
    "bool_type": "expected_truth",
    "bool_parsing": "expected_truth",
    "dict_type": "expected_keys",
    "model_type": "expected_keys",
    "model_attributes_type": "expected_keys",
    "list_type": "expected_list",
    "tuple_type": "expected_list",
    "literal_error": "expected_one_of",
    "union_tag_invalid": "expected_one_of",
    "greater_than": "expected_above",
    "greater_than_equal": "expected_at_least",
    "less_than": "expected_below",
    "less_than_equal": "expected_at_most",
    "too_short": "expected_more",
    "too_long": "expected_fewer",
    "string_too_short": "expected_some_text",
    "string_too_long": "expected_shorter",
}
_PATTERNS = {
    "^[A-Za-z][A-Za-z0-9_]*$": "expected_name",
    "^-?[0-9]*\\.?[0-9]+$": "expected_printed",
}
_LIMITS = ("gt", "ge", "lt", "le", "min_length", "max_length")


def wrong_value(place: Mapping[str, Any], detail: Mapping[str, Any]) -> Fault:
    """The fault of a value that pydantic refused for anything but a missing or unknown key.

    `place` holds file, line and where; `detail` is one of pydantic's errors.
    """
    kind, context = detail["type"], detail.get("ctx", {})
    words = {"expected": detail["msg"]}
    limits = [context[key] for key in _LIMITS if key in context]
    words |= {"limit": f"{limits[0]:g}"} if limits else {}
    phrases = {}
    if kind == "string_pattern_mismatch":
        key = _PATTERNS.get(context["pattern"], "")
    else:
        key = _EXPECTED.get(kind, "")
    if key:
        phrases["expected"] = key
    choices = _choices(context)
    if choices:
        words["choices"] = ", ".join(choices)
    found = detail["input"]
    if kind == "union_tag_invalid":
        found = context["tag"]
    if isinstance(found, dict | list | tuple) and kind in ("too_short", "too_long"):
        words["found"] = str(len(found))
    elif found is None or isinstance(found, dict | list | tuple):
        phrases["found"] = (
            "found_nothing"
            if found is None
            else "found_keys"
            if isinstance(found, dict)
            else "found_list"
        )
    else:
        words["found"] = quoted(str(found).lower() if isinstance(found, bool) else found)
    near = nearest_name(str(found), choices) if choices else ""
    edit = f"{place['where'].rpartition('.')[2]}: {near}" if near and _is_key(place) else ""
    return Fault("F106", **place, words=words, nearest=near, edit=edit, phrases=phrases)


def _is_key(place: Mapping[str, Any]) -> bool:
    return not place["where"].endswith("]")


def _choices(context: Mapping[str, Any]) -> list[str]:
    """The words of which one is expected, as pydantic lists them: 'a', 'b' or 'c'."""
    listed = context.get("expected_tags") or context.get("expected", "")
    if not isinstance(listed, str) or "'" not in listed:
        return []
    return listed.split("'")[1::2]
