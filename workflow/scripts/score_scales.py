"""Turn reverse-keyed items and form the scores of scales and dimensions."""

from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_respondents
from grassroots.scoring.scores import score

if __name__ == "__main__":
    with logged(snakemake):
        valid = read_respondents(snakemake.input.valid)
        write_respondents(score(valid, snakemake.params.rules), snakemake.output.scores)
