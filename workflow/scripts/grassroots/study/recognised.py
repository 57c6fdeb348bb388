"""What was recognised of a raw file, in one line for the person who runs the study."""

from collections.abc import Mapping

from grassroots.study.faults import catalogue


def recognised_text(dataset: str, found: Mapping[str, str], language: str) -> str:
    """The line for one dataset; `found` is the record of `Export.record`, and the file."""
    said = catalogue(language)
    platform = said[f"platform_{found['platform']}"]
    if found["variant"]:
        platform += said["variant_" + found["variant"].replace(" ", "_")]
    form = [found["format"]]
    form += [said[f"delimiter_{found['delimiter']}"]] if found["delimiter"] else []
    form += [found["encoding"]] if found["encoding"] else []
    form += [said["sheet"].format(place=found["sheet"])] if found["sheet"] else []
    if found["header_row"] not in ("0", "1"):
        form.append(said["header_row"].format(row=found["header_row"]))
    notes = [note.partition(": ") for note in found["notes"].split("; ") if note]
    line = said["recognised"].format(
        dataset=dataset,
        platform=platform,
        form=said["list_mark"].join(form),
        **{key: found[key] for key in ("file", "rows", "columns")},
    )
    further = []
    for key, _, value in notes:
        count, _, rows = value.partition(": ")
        further.append(said[f"note_{key}"].format(count=count, rows=rows))
    return "\n".join([line, *(f"  {note}" for note in further)])
