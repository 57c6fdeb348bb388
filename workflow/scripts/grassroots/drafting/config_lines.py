"""The lines of a new dataset in config.yaml, put after those that are there; comments stay."""

from grassroots.study.yaml_source import YamlFault, load_yaml


def with_dataset(text: str, name: str, protocol: str) -> str | None:
    """config.yaml with one more dataset, or None if this cannot be done with certainty.

    The result is read again: nothing but the new dataset may have changed.
    """
    try:
        before = load_yaml(text)[0]
    except YamlFault:
        return None
    datasets = before.get("datasets") if isinstance(before, dict) else None
    if not isinstance(datasets, dict) or not datasets or name in datasets:
        return None
    lines = text.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if line.startswith("datasets:")]
    if len(starts) != 1:
        return None
    last, indent = starts[0], ""
    for number in range(starts[0] + 1, len(lines)):
        line = lines[number]
        content = line.strip()
        if content and not line.startswith((" ", "#")):
            break
        if content and not content.startswith("#"):
            indent = indent or line[: len(line) - len(line.lstrip())]
            last = number
    if not indent:
        return None
    if not lines[last].endswith("\n"):
        lines[last] += "\n"
    end = "\r\n" if lines[last].endswith("\r\n") else "\n"
    added = [f"{indent}{name}:{end}", f"{indent * 2}protocol: {protocol}{end}"]
    after_text = "".join([*lines[: last + 1], *added, *lines[last + 1 :]])
    try:
        after = load_yaml(after_text)[0]
    except YamlFault:
        return None
    expected = {**before, "datasets": {**datasets, name: {"protocol": protocol}}}
    return after_text if after == expected else None


def lines_to_add(name: str, protocol: str) -> str:
    """What a person would write under `datasets:`."""
    return f"  {name}:\n    protocol: {protocol}"
