"""The sections of the rules that read interviews and judge what follows from findings."""

from typing import TYPE_CHECKING, Any

from grassroots.study.codebook_interviews import InterviewFile
from grassroots.study.model import Text
from grassroots.study.protocol import Protocol
from grassroots.study.protocol_interviews import Interviews

if TYPE_CHECKING:
    from grassroots.study.load import Dataset, Study

Section = dict[str, Any]


def coding_plan(declared: InterviewFile, design: Interviews) -> Section:
    """What `codings` and the tables of themes follow, in plain data of a fixed order."""
    return {
        "levels": list(design.levels),
        "themes": {name: theme.level for name, theme in design.themes.items()},
        "codes": {code: name for name, theme in design.themes.items() for code in theme.codes},
        "tags": dict(declared.tags),
        "leave_out": list(declared.leave_out),
        "reviewed": declared.reviewed,
        "reviewed_tag": declared.reviewed_tag,
    }


def interviews(study: "Study", dataset: "Dataset") -> Section:
    """The design of the coding, and how the file's tags map onto it."""
    declared, design = dataset.codebook.interviews, dataset.protocol.interviews
    smallest = declared.smallest_count
    return {
        **coding_plan(declared, design),
        "encoding": declared.encoding,
        "unit": design.unit,
        "smallest": study.config.smallest_cell if smallest is None else smallest,
    }


def voice_findings(protocol: Protocol) -> Section:
    """What decides on themes and recommendations: nothing of their wording."""
    themes = protocol.interviews.themes if protocol.interviews else {}
    return {
        "themes": {
            name: [evidence.model_dump(mode="json") for evidence in theme.speaks]
            for name, theme in themes.items()
        },
        "recommendations": {
            name: {
                "level": advice.level,
                "hypotheses": list(advice.hypotheses),
                "evidence": [evidence.model_dump(mode="json") for evidence in advice.evidence],
            }
            for name, advice in protocol.recommendations.items()
        },
    }


def voice_titles(protocol: Protocol) -> dict[str, Text]:
    """Names of levels, themes and codes; no variable can have a point in its name."""
    design = protocol.interviews
    if design is None:
        return {}
    titles = {f"interviews.level={name}": title for name, title in design.levels.items()}
    for name, theme in design.themes.items():
        titles[f"interviews.theme={name}"] = theme.title
        titles |= {f"interviews.code={code}": title for code, title in theme.codes.items()}
    return titles


def voice_page(protocol: Protocol, declared: InterviewFile | None) -> Section:
    """What the page says of interviews and recommendations besides their tables."""
    advice = {
        name: {"title": each.title.model_dump(), "text": each.text.model_dump()}
        for name, each in protocol.recommendations.items()
    }
    if not declared or not protocol.interviews:
        return {"recommendations": advice, "interviews": None}
    facts = declared.facts
    return {
        "recommendations": advice,
        "interviews": {
            "unit": protocol.interviews.unit,
            "excerpts": protocol.interviews.excerpts,
            "reviewed": declared.reviewed,
            "facts": {
                name: value.model_dump()
                for name in type(facts).model_fields
                if (value := getattr(facts, name)) is not None
            },
        },
    }
