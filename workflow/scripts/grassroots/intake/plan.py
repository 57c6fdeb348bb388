"""The mapping plan of one dataset, from its codebook and the protocol's instruments."""

from collections.abc import Mapping
from typing import Any

from grassroots.study.codebook import Codebook, ScaleColumns
from grassroots.study.instrument import Instrument, Response


def mapping_plan(codebook: Codebook, instruments: Mapping[str, Instrument]) -> dict[str, Any]:
    """What `map_responses` follows, in plain data of a fixed order."""
    background = {
        name: {
            "column": part.column,
            "levels": {str(value): level for value, level in part.levels.items()},
            "missing_codes": [str(code) for code in part.missing_codes],
        }
        for name, part in codebook.background.items()
    }
    items = {}
    for scale, part in codebook.scales.items():
        response = instruments[scale].response
        for item, column in zip(instruments[scale].items, part.items, strict=True):
            items[item] = {
                "column": column,
                "answers": answer_numbers(part, response),
                "missing_codes": [str(code) for code in part.missing_codes],
                "min": response.min,
                "max": response.max,
                "whole": response.whole,
            }
    meta = codebook.meta.model_dump(mode="json", exclude_defaults=True)
    return {"meta": meta, "background": background, "items": items}


def answer_numbers(part: ScaleColumns, response: Response) -> dict[str, float]:
    """Each answer in words with its number; words in a list count up from the lowest answer."""
    if isinstance(part.answers, dict):
        return dict(part.answers)
    return {words: response.min + place for place, words in enumerate(part.answers)}
