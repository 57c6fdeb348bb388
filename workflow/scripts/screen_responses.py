"""Remove the respondents whom the protocol excludes, and count them by reason.

Fails if nobody is left.
"""

from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_respondents, write_table
from grassroots.screening.exclusion import screen

if __name__ == "__main__":
    with logged(snakemake):
        responses = read_respondents(snakemake.input.responses)
        valid, flow = screen(responses, snakemake.params.rules)
        if valid.empty:
            raise ValueError("screening leaves nobody; see the protocol's screening section")
        write_respondents(valid, snakemake.output.valid)
        write_table(flow, snakemake.output.flow)
