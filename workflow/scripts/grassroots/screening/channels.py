"""Through which channels the questionnaires came back, such as a link or a paid panel."""

import pandas as pd

from grassroots.description.suppression import cells_to_hide

CHANNEL_COLUMNS = ["channel", "n", "share", "n_returned"]
OTHERS = ""


def channels_table(responses: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """How many returned questionnaires came through each channel, the most frequent first.

    Channels with fewer than `smallest` are not named, for a rare one could point to a person: they
    stand together in a last row without a name, with the next smallest where they were too few
    even so. A questionnaire without a channel is among them. Header alone if the file has none.
    """
    if "channel" not in responses:
        return pd.DataFrame(columns=CHANNEL_COLUMNS)
    total = len(responses)
    counts = responses["channel"].dropna().astype(str).value_counts().to_dict()
    unnamed = cells_to_hide(counts, smallest)
    named = [(name, n) for name, n in counts.items() if name not in unnamed]
    rest = total - sum(n for _, n in named)
    rows = sorted(named, key=lambda each: (-each[1], each[0])) + [(OTHERS, rest)] * bool(rest)
    return pd.DataFrame([(name, n, n / total, total) for name, n in rows], columns=CHANNEL_COLUMNS)
