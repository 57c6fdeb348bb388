"""What every rules file needs: the study read and checked, and the section of it for each rule.

Everything that can be known before the first job is checked here: a fault in config.yaml, a
protocol or an instrument ends the run; a fault in one dataset leaves that dataset out.
"""

import gc
import logging
import os
import sys
from importlib.metadata import version
from pathlib import Path

# What is read and planned is needed to the end: looking for what is not took a tenth of the time.
gc.disable()

sys.path.insert(0, str(Path(str(workflow.current_basedir)).parent / "scripts"))

from grassroots.run import warm

# Jobs give freed memory back to the system at their end only (GNU's C library; others pass it over):
# with a million rows, getting the same pages anew for every array took as long as computing.
os.environ.setdefault("MALLOC_MMAP_MAX_", "0")
os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", "4000000000")

# A run from nothing has jobs for certain: what they need is loaded while they are planned.
if workflow.is_main_process and not Path("results/index.html").exists() and "check" not in sys.argv:
    warm.start(Path("."))

from grassroots.intake.plain_csv import LARGE
from grassroots.packaging.version import git_version
from grassroots.packaging.whitelist import ROWS, code_files
from grassroots.run import run_lock
from grassroots.run.code import code_digest, recall_digests, remember_digests
from grassroots.run.ending import stop_timers
from grassroots.run.log import FULL
from grassroots.run.output_cache import OpenCacheFolder, between_checkouts as cache_is_on
from grassroots.run.places import InWords, closed_places, full_places
from grassroots.run.rscript import lavaan_here, r_versions
from grassroots.run.seeds import derived_seed
from grassroots.run.sent_jobs import sent_datasets
from grassroots.study import asked, sections
from grassroots.study.faults import StudyError, catalogue, faults_text, left_out_text
from grassroots.study.load import load_study
from grassroots.study.recognised import recognised_text
from grassroots.study.yaml_source import load_yaml

# `check` needs no job: all that it tells is known here, and nothing is built.
if "check" in sys.argv[1:]:
    from grassroots.checking.report import check_study

    told, status = check_study(Path("."), config)
    print(told)
    raise SystemExit(status)

DIGESTS = Path(".snakemake/checked/code.json")
recall_digests(DIGESTS)

try:
    study = load_study(Path("."), config, only=sent_datasets(sys.argv[1:]))
    between_checkouts = cache_is_on(os.environ)
except (StudyError, OpenCacheFolder) as error:
    raise SystemExit(str(error))

# Snakemake would import pandas, a fifth of a run with nothing to do, to see whether a param is a data
# frame: none is. Jobs are processes of their own and not touched by this.
sys.modules.setdefault("pandas", None)

# A full disk and a folder that cannot be written are told in words: by Snakemake, and by the jobs.
logging.getLogger("snakemake.logging").addFilter(InWords(Path("."), study.language))
logging.raiseExceptions = False
os.environ[FULL] = f"[R103] {catalogue(study.language)['R103']}"

for name, found in study.raw.items():
    if found.fresh:
        print(recognised_text(name, found.recognised, study.language), file=sys.stderr)

for name, faults in study.left_out.items():
    print(left_out_text(name, faults, study.language), file=sys.stderr)

# A file that is never made: a run with a dataset left out must not end as if all were well.
LEFT_OUT = ["results/.left_out"] if study.left_out else []

# Named one by one, as the cache needs it.
TABLE_FILES = {
    f"{form.replace('.', '_')}_{language}": f"results/{{dataset}}/tables.{language}.{form}"
    for language in study.config.languages
    for form in ("docx", "xlsx", "tex", "csv.zip")
}
CATALOGUES = expand("report/locale/{language}.yaml", language=study.config.languages)
PAGE_PARTS = [
    *sorted(str(path) for path in Path("report/templates").glob("*.j2")),
    "report/style.css",
    "report/page.js",
    "report/figures.js",
    "report/search.js",
    "report/tables.js",
    "report/codebook.js",
    *CATALOGUES,
]
CHECKLISTS = sorted(str(path) for path in Path("report/checklists").glob("*.yaml"))


# Not the names of the datasets, three hundred alternatives in the pattern of every file: a name that
# is none of theirs is told by study.dataset().
wildcard_constraints:
    dataset="[^/]+",


def section(name):
    """A params function: the section of this name for the dataset of the wildcards."""
    make = getattr(sections, name)

    def of_dataset(wildcards):
        return make(study, study.dataset(wildcards.dataset))

    return of_dataset


def tables(choose=asked.tables):
    """An input function: the chosen tables of the dataset of the wildcards."""

    def of_dataset(wildcards):
        names = choose(study.dataset(wildcards.dataset))
        return [f"results/{wildcards.dataset}/tables/{name}.csv" for name in names]

    return of_dataset


def raw_file(wildcards):
    """The raw file of a dataset."""
    return study.dataset(wildcards.dataset).raw_file


def readers(wildcards):
    """How many threads read the raw file of a dataset: a large csv file is cut by several."""
    return 2 if os.path.getsize(raw_file(wildcards)) >= LARGE else 1


def alone(wildcards):
    """1 for a dataset so large that fitting two of its models side by side takes much memory.

    The default profile has one such place; fewer threads instead would change the last digits.
    """
    return int(os.path.getsize(raw_file(wildcards)) >= LARGE)


def second_file(wildcards):
    """The other export of the same survey, by number or by text, of a dataset that has two."""
    second = study.dataset(wildcards.dataset).second_file
    return [second] if second else []


def interview_file(wildcards):
    """The file of coded interviews of a dataset that has one."""
    return study.dataset(wildcards.dataset).interview_file


def raw_files(wildcards):
    """Every raw file of a dataset."""
    dataset = study.dataset(wildcards.dataset)
    return [dataset.raw_file, *([dataset.interview_file] if dataset.interview_file else [])]


def earlier_numbers(wildcards):
    """The numbers.json of an earlier run that a dataset's page is compared with."""
    return study.config.datasets[study.dataset(wildcards.dataset).name].earlier


def changes(wildcards):
    """What has moved since the earlier run; nothing where none is named."""
    compared = earlier_numbers(wildcards)
    return [f"results/{wildcards.dataset}/data/changes.csv"] if compared else []


def origins(wildcards):
    """A params function: table: its file, the rule that makes it, its code, what that reads."""
    wanted = {"flow", *asked.tables(study.dataset(wildcards.dataset))}
    found = {}
    for maker in workflow.rules:
        made = [Path(path) for path in maker.output if Path(path).stem in wanted]
        if made:
            reads = [each(wildcards) if callable(each) else str(each) for each in maker.input]
            flat = [path for each in reads for path in ([each] if isinstance(each, str) else each)]
            for path in made:
                found[path.stem] = {
                    "file": f"results/{wildcards.dataset}/{path.parent.name}/{path.name}",
                    "rule": maker.name,
                    "code": maker.params.code,
                    "reads": [name.replace("{dataset}", wildcards.dataset) for name in flat],
                }
    return found


def packaged_results(wildcards):
    """Pages, tables and numbers of every dataset, and the index."""
    files = ["results/index.html"]
    for name, dataset in study.datasets.items():
        folder = f"results/{name}"
        files += [file.format(dataset=name) for file in TABLE_FILES.values()]
        files += [f"{folder}/{file}" for file in ("report.html", "numbers.json")]
        files += [f"{folder}/data/{file}.csv" for file in ("flow", "source")]
        shown_tables = [*asked.tables(dataset), "codebook"]
        files += [f"{folder}/tables/{table}.csv" for table in shown_tables]
    return sorted(files)


def packaged_rows(wildcards):
    """Answers a row each, of the datasets that config.yaml or --config names for this."""
    named = [name for name in study.config.package_rows if name in study.datasets]
    return expand("results/{dataset}/{file}", dataset=named, file=ROWS)


def packaged_code(wildcards):
    """The code, the settings and the documents."""
    return code_files(Path("."), study.datasets)


def packaged_version(wildcards):
    """The commit; asked of git only where a package is made."""
    return git_version(Path("."))


def packaged_datasets(wildcards):
    """What the papers of the package say of each dataset."""
    return {name: sections.packaged(each) for name, each in study.datasets.items()}


def shown(path, patterns=(), **labels):
    """An output that `snakemake --report` shows, under its dataset, by its labels.

    Of a folder the files of these patterns, whose wildcards the labels can have.
    """
    kind = "figure" if "figure" in labels else "table" if "table" in labels else "page"
    caption = f"../../report/captions/{kind}.rst"
    return report(
        path, caption=caption, category="{dataset}", labels=labels, patterns=list(patterns)
    )


def seed_for(rule):
    """A params function: the seed of this rule for the dataset of the wildcards."""

    def of_dataset(wildcards):
        return derived_seed(study.config.seed, rule, wildcards.dataset)

    return of_dataset


def installed_versions():
    """The versions of Python, of the packages that compute, and of R, for the page."""
    packages = "matplotlib numpy pandas pingouin scipy semopy snakemake statsmodels".split()
    python = ".".join(map(str, sys.version_info[:3]))
    cited = load_yaml(Path("CITATION.cff").read_text(encoding="utf-8"))[0]["version"]
    own = {"grassroots": str(cited), "Python": python}
    return own | {package: version(package) for package in packages} | r_versions()
