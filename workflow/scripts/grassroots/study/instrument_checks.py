"""What a single instrument must satisfy beyond its form."""

from grassroots.study.documents import Document
from grassroots.study.faults import Fault, nearest_name
from grassroots.study.instrument import Instrument

# Every whole answer has a row in the tables of answers.
MOST_STEPS = 1000


def instrument_faults(document: Document[Instrument]) -> list[Fault]:
    """Items named that do not exist, items in two dimensions, texts that the licence forbids."""
    instrument = document.model
    faults: list[Fault] = []
    for index, item in enumerate(instrument.reversed):
        if item not in instrument.items:
            faults.append(_unknown_item(document, "I101", ("reversed", index), item))
    owner: dict[str, str] = {}
    for name, dimension in instrument.dimensions.items():
        for index, item in enumerate(dimension.items):
            path = ("dimensions", name, "items", index)
            if item not in instrument.items:
                faults.append(_unknown_item(document, "I102", path, item))
            elif item in owner:
                faults.append(document.fault("I103", path, item=item, other=owner[item]))
            owner[item] = name
        if name in instrument.items:
            faults.append(document.fault("I104", ("dimensions", name), name=name))
    faults += _range_faults(document)
    if not instrument.licence.text_allowed:
        worded = [name for name, item in instrument.items.items() if item.text is not None]
        faults += [document.fault("I106", ("items", name), item=name) for name in worded]
    return faults


def _range_faults(document: Document[Instrument]) -> list[Fault]:
    response = document.model.response
    low, high, steps = f"{response.min:g}", f"{response.max:g}", response.max - response.min
    if steps <= 0:
        return [document.fault("I105", ("response",), low=low, high=high)]
    if response.whole and steps > MOST_STEPS:
        words = {"steps": f"{steps:.0f}", "most": MOST_STEPS}
        return [document.fault("I107", ("response",), edit="whole: false", **words)]
    return []


def _unknown_item(document: Document[Instrument], code: str, path: tuple, item: str) -> Fault:
    near = nearest_name(item, document.model.items)
    return document.fault(code, path, nearest=near, edit=f"- {near}" if near else "", item=item)
