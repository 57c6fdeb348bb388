"""Check for common method bias.

A model that cannot be estimated keeps its rows, with a status.
"""

import pandas as pd

from grassroots.measurement.method_bias import method_bias_table
from grassroots.measurement.method_factor import method_factor_rows, method_factor_syntax
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table
from grassroots.sem.fit import fit
from grassroots.sem.structural_form import measurement_syntax


def main(scores: pd.DataFrame, factors: dict[str, list[str]]) -> pd.DataFrame:
    """The checks over all items of the factors."""
    items = [item for own in factors.values() for item in own]
    fits = [fit(measurement_syntax(model), scores) for model in ({"method": items}, factors)]
    measures = [{**each.measures, "status": each.status} for each in fits]
    with_method = fit(method_factor_syntax(factors, dict(scores[items].std())), scores)
    further = method_factor_rows(factors, fits[1], with_method)
    return method_bias_table(scores[items], *measures, further)


if __name__ == "__main__":
    with logged(snakemake):
        found = main(read_respondents(snakemake.input.scores), snakemake.params.factors)
        write_table(found, snakemake.output.method_bias, snakemake.params.marks)
