"""Write the simulated raw files and their READMEs: `python -m grassroots.simulation [dataset ...]`.

The seed of a dataset is the first of 1, 2, 3 ... whose sample shows every finding of the study's
abstract that an answer bears on. How often seeds do, finding by finding, is counted over 200 of
them and written into the README.
"""

import sys
from pathlib import Path
from types import ModuleType

from grassroots.simulation import city_s, jincheng, m_county, m_county_interviews
from grassroots.simulation.agreement import findings
from grassroots.simulation.readme import readme
from grassroots.simulation.survey import StudyFiles, Survey, simulate, study_files, valid_scores

STUDIES = {study.SURVEY.dataset: study for study in (city_s, m_county, jincheng)}
SEEDS = range(1, 201)


def write(study: ModuleType, folder: Path) -> None:
    """Write the raw file and the README of a study into `folder`."""
    survey = study.SURVEY
    files = study_files(survey)
    agreement = {seed: shown_findings(survey, seed, files) for seed in SEEDS}
    seed = next((each for each, shown in agreement.items() if all(shown.values())), None)
    if seed is None:
        raise ValueError(f"{survey.dataset}: no seed shows every finding")
    study.write_file(seed, folder / files.codebook.file, files)
    text = readme(study.README, survey.kinds, seed, agreement)
    (folder / "README.md").write_text(text, encoding="utf-8")


def shown_findings(survey: Survey, seed: int, files: StudyFiles) -> dict[str, bool]:
    """Which findings the sample of one seed shows."""
    scores = valid_scores(survey, simulate(survey, seed), files)
    return findings(scores, files.claims, files.protocol)


if __name__ == "__main__":
    for name in sys.argv[1:] or STUDIES:
        write(STUDIES[name], STUDIES[name].SURVEY.folder)
    if "m_county" in (sys.argv[1:] or STUDIES):
        m_county_interviews.write(m_county.SURVEY.folder)
