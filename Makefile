.DEFAULT_GOAL := help
.PHONY: help setup demo test check score bench soak docs help-blocks table picture basemap fonts languages mutants clean

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
MISSION := missions/karabakh-2020
MISSIONS := $(wildcard missions/*)
# Heads of ledgers are kept in the clone, so that a fresh one at an old place always works.
export XDG_STATE_HOME := $(CURDIR)/build/state

help: ## Show this help
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(STAMP) ## Set everything up in .venv

$(STAMP): pyproject.toml uv.lock src/truceline/__init__.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(BIN)/uv sync --quiet --frozen
	touch $(STAMP)

demo: setup ## Run the main job on the demonstration mission (ARTICLES=DIR adds a folder of texts)
	$(BIN)/truceline run $(MISSION) --as-of 2020-10-18T00:00+04:00 --out build/karabakh \
		$(if $(ARTICLES),--add text:$(ARTICLES))

test: check ## Run every check and test
	$(BIN)/python -m pytest -n auto

check: setup ## Run lint, types and the import rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

score: setup ## Score linking on every mission against its labels, clean and over 50 rough copies (GOLD=DIR scores reading)
	$(if $(GOLD),$(BIN)/truceline score reading $(GOLD),$(BIN)/truceline score linking $(MISSIONS))

bench: setup ## Measure start, size, reading beside the tokenizer, judging beside SQLite, a ledger beside hashlib, a snapshot, exports beside pandas, papers beside Chromium (TEXTS=DIR adds texts)
	$(BIN)/python -m bench.start
	$(BIN)/python -m bench.reading $(TEXTS)
	$(BIN)/python -m bench.standings
	$(BIN)/python -m bench.ledger
	$(BIN)/python -m bench.snapshot
	$(BIN)/python -m bench.exports
	$(BIN)/python -m bench.papers

soak: setup ## Kill a ledger's process 200 times, read hostile sentences, copies with wrong cells, then 100,000 texts and print the memory in use
	$(BIN)/python -m tests.record.kills
	$(BIN)/python -m bench.hostile
	$(BIN)/python -m bench.wrong_cells
	$(BIN)/python -m bench.reading --soak 100000

docs: setup ## Build the documentation into site/
	$(BIN)/mkdocs build --quiet --strict

help-blocks: setup ## Rewrite the help blocks of the README
	$(BIN)/python -m tests.house.help_blocks

mutants: setup ## Change the code of linking, weighing and judging piece by piece and print the share its tests notice (half an hour and more)
	$(BIN)/uv run --quiet --frozen --group mutants mutmut run
	$(BIN)/uv run --quiet --frozen --group mutants mutmut export-cicd-stats
	$(BIN)/python -m bench.mutants

table: setup ## Rewrite the page of the table of occurrences
	$(BIN)/python -m tests.weigh.table_page

picture: setup ## Draw the picture of the README anew from the demonstration mission
	$(BIN)/python -m tools.picture

fonts: setup ## Cut the bundled fonts anew (NOTO=folder of Noto Sans; tools/fonts.py says where from)
	$(BIN)/python -m tools.fonts $(NOTO)

languages: setup ## Bring the languages of papers up to date: new sentences stand empty in their catalogues
	$(BIN)/python -m tools.languages

basemap: setup ## Build the bundled base map anew (GPKG=world_map.gpkg RIVERS=folder; tools/basemap.py says where from)
	$(BIN)/python -m tools.basemap $(GPKG) $(RIVERS)

clean: ## Remove what setup, demo and tests made (the mission's ledger stays)
	rm -rf .venv build site .mypy_cache .ruff_cache .pytest_cache .hypothesis
