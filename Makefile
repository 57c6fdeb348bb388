# make study   installs what is needed and runs the whole study
# make test    installs what the tests need besides and runs them
# Once `make study` has run, the everyday command is, in the activated environment
# (`. .venv/bin/activate`):  snakemake --cores 4

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
CORES ?= 4
ARGS ?=
NAME ?=
PROTOCOL ?=
FILE ?=
FROM ?=

VENV := .venv
BIN := $(VENV)/bin
RESULTS := results/index.html

# Short jobs spend their time on imports: bytecode must be written, and modules must come from the
# lock alone, whatever the shell that calls make has set.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH
unexport PYTHONHOME

# Hashes make the installation exact; --compile writes bytecode also where PIP_NO_COMPILE is set.
# The constraints fix what builds the two packages that come as source only.
INSTALL := --disable-pip-version-check --no-input install --compile --require-hashes
CONSTRAINTS := PIP_CONSTRAINT=envs/build-constraints.txt PIP_BUILD_CONSTRAINT=envs/build-constraints.txt
# A Python without ensurepip (Debian's, if python3-venv is missing) installs with its own pip.
PIP = $(if $(wildcard $(BIN)/pip),$(BIN)/python -m pip,$(PYTHON) -m pip --python $(BIN)/python)

.PHONY: help study city protocol test slurm twin bench proofs expected schemas licences simulate lock clean rebuild

help:
	@echo "make study    install what is needed, run the study: $(RESULTS)"
	@echo "make city     NAME=<city> PROTOCOL=<protocol>: draft the codebook of data/raw/<city>/"
	@echo "make protocol NAME=<name> FROM=<raw file>: draft a study design and its questionnaires"
	@echo "make test     run the tests that need Python alone"
	@echo "make slurm    install what Snakemake needs to run the study on Slurm (docs/scaling.md)"
	@echo "make twin NAME=<dataset>   write a synthetic twin of it, for where the answers cannot be shown"
	@echo "make bench    measure how long the workflow takes"
	@echo "make proofs   simulate samples of a known population and write docs/proofs.md anew"
	@echo "make expected keep this run's numbers as those that verify expects; shows what moved"
	@echo "make schemas  write workflow/schemas/ and docs/formats.md anew from the models"
	@echo "make licences write docs/licences.md anew from the installed packages"
	@echo "make simulate write the simulated data of the three studies anew, the same to the byte"
	@echo "make lock     renew the lock files in envs/ (needs uv)"
	@echo "make clean    remove .venv, results, logs and what Snakemake remembers"
	@echo
	@echo "PYTHON=python3.12   the Python to build .venv with (3.11 or newer; now: $(PYTHON))"
	@echo "CORES=4             how many jobs run at a time"
	@echo "ARGS='...'          further arguments to snakemake (make study) or pytest (make test)"

study: $(VENV)/installed
	@$(BIN)/python -m compileall -qq workflow/scripts || :
	@PYTHONPATH=workflow/scripts $(BIN)/python -m grassroots.run.study --cores $(CORES) $(ARGS)

city: $(VENV)/installed
	@PYTHONPATH=workflow/scripts $(BIN)/python -m grassroots.drafting city "$(NAME)" "$(PROTOCOL)" "$(FILE)"

protocol: $(VENV)/installed
	@PYTHONPATH=workflow/scripts $(BIN)/python -m grassroots.drafting protocol "$(NAME)" "$(FROM)"

test: $(VENV)/installed-for-tests
	@$(BIN)/python -m compileall -qq workflow/scripts || :
	$(BIN)/python -m pytest -m "not (r or browser or slurm or slow)" $(ARGS)

slurm: $(VENV)/installed-for-slurm

twin: $(VENV)/installed
	@PYTHONPATH=workflow/scripts $(BIN)/python -m grassroots.twin $(NAME)

bench: $(VENV)/installed
	@$(BIN)/python bench/bench.py $(ARGS)

proofs: $(VENV)/installed
	@PYTHONPATH=workflow/scripts $(BIN)/python bench/proofs.py $(ARGS)

expected: $(VENV)/installed
	@PYTHONPATH=workflow/scripts $(BIN)/python -m grassroots.verification

schemas: $(VENV)/installed
	@PYTHONPATH=workflow/scripts $(BIN)/python -m grassroots.study.schemas

licences: $(VENV)/installed-for-tests
	@PYTHONPATH=workflow/scripts $(BIN)/python -m grassroots.packaging.licences

simulate: $(VENV)/installed
	@PYTHONPATH=workflow/scripts $(BIN)/python -m grassroots.simulation $(ARGS)

# The environment is made anew whenever the lock changes, so that it never holds more than the
# lock; the stamp is written last, so that an interrupted installation starts again.
$(VENV)/installed: envs/requirements.txt $(if $(wildcard $(BIN)/python),,rebuild)
	@$(if $(filter-out 1,$(words $(CURDIR))),echo "Snakemake cannot run from a path with spaces in it: $(CURDIR)"; exit 1)
	@if [ -L $(VENV) ]; then \
		echo "$(VENV) is a link: making it anew would empty the folder behind it. Remove the link."; \
		exit 1; fi
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) was not found. Name a Python: make study PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is `$(PYTHON) -V 2>&1`."; \
		echo "Name another one: make study PYTHON=python3.12"; exit 1; }
	@echo "Installing into $(VENV) (once; a few minutes, about 1 GB) ..."
	@$(ALONE) environment
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/installed envs/requirements-test.txt
	@echo "Installing what the tests need ..."
	@$(ALONE) requirements FILE=envs/requirements-test.txt
	@touch $@

$(VENV)/installed-for-slurm: $(VENV)/installed envs/requirements-slurm.txt
	@echo "Installing what Slurm needs ..."
	@$(ALONE) requirements FILE=envs/requirements-slurm.txt
	@touch $@

# Two installations at once would take each other's files away: the second one ends.
ALONE := PYTHONPATH=workflow/scripts $(PYTHON) -m grassroots.run.run_lock $(MAKE) --no-print-directory

.PHONY: environment
environment:
	@if $(PYTHON) -c 'import ensurepip' 2>/dev/null; \
		then $(PYTHON) -m venv --clear $(VENV); \
		else $(PYTHON) -m venv --clear --without-pip $(VENV); fi
	@$(MAKE) --no-print-directory requirements FILE=envs/requirements.txt

# A make of its own, because PIP depends on what the environment holds once it is there. A person at
# a terminal sees how far the download is; a log file does not need that.
.PHONY: requirements
requirements:
	@[ -t 1 ] || quiet=--quiet; $(CONSTRAINTS) $(PIP) $(INSTALL) $$quiet --requirement $(FILE)

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

lock:
	@command -v uv >/dev/null || { \
		echo "make lock needs uv: https://docs.astral.sh/uv/ (or: pip install uv)"; exit 1; }
	cd envs && $(LOCK) $(ARGS) requirements.in --output-file requirements.txt
	cd envs && $(LOCK) $(ARGS) requirements-test.in --output-file requirements-test.txt
	cd envs && $(LOCK) $(ARGS) requirements-slurm.in --output-file requirements-slurm.txt

clean:
	rm -rf $(VENV) .snakemake logs .pytest_cache .ruff_cache .hypothesis
	find results -mindepth 1 -not -name README.md -delete
	find workflow tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
