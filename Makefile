# Every target sets up what it needs in .venv; package indexes are all it reaches.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
BROWSER_STAMP := .venv/.installed-browser
S3_STAMP := .venv/s3/.installed
ARGS ?=
# Half of what a test waits for is another process: two at a time on each core keep them busy.
JOBS ?= $(shell expr 2 \* $$(getconf _NPROCESSORS_ONLN))
ROWS ?=

# What needs a real PostgreSQL; the same suites run on SQLite in `make test`.
POSTGRES_SUITES := tests/postgres tests/storage tests/orchestration/engine \
	tests/scenarios/test_deck.py tests/scenarios/test_kill.py \
	tests/scenarios/test_workers_postgresql.py tests/scenarios/test_talkers_postgresql.py \
	tests/scenarios/test_doctor_postgresql.py tests/scenarios/test_ask.py tests/scenarios/test_replay.py \
	tests/scenarios/test_wall.py tests/orchestration/test_wall.py tests/orchestration/replay/test_replay.py \
	tests/orchestration/test_same_digest_postgresql.py \
	tests/contracts/test_leases.py

.PHONY: setup check test injection ways browser postgres office s3 chaos demo bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

$(BROWSER_STAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,browser]'
	@touch $(BROWSER_STAMP)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/codespell

test: $(STAMP)
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadfile $(ARGS)

injection: $(STAMP)
	$(BIN)/python -m pytest tests/injection --cases=all $(ARGS)

ways: $(STAMP)
	$(BIN)/python -m pytest tests/scenarios --ways=all --numprocesses $(JOBS) --dist loadfile $(ARGS)

browser: $(BROWSER_STAMP)
	$(BIN)/python -m pytest tests/browser $(ARGS)

postgres: $(STAMP)
	@$(BIN)/python -m tests.postgres.server
	$(BIN)/python -m pytest --database postgresql --numprocesses $(JOBS) --dist loadfile $(POSTGRES_SUITES) $(ARGS)

office: $(STAMP)
	$(BIN)/python -m pytest tests/office $(ARGS)

s3: $(STAMP) $(S3_STAMP)
	$(BIN)/python -m pytest --files s3 tests/contracts/test_vault.py tests/contracts/test_bucket_s3.py $(ARGS)

chaos: $(STAMP)
	@$(BIN)/python -m tests.postgres.server
	$(BIN)/python -m tests.chaos $(ARGS)

$(S3_STAMP): tests/s3/requirements.txt | $(STAMP)
	$(PYTHON) -m venv .venv/s3
	.venv/s3/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/s3/requirements.txt
	@touch $(S3_STAMP)

demo: $(STAMP)
	@$(BIN)/threadwork demo $(ARGS)

bench: $(STAMP)
	$(BIN)/python -m tests.bench $(ROWS)

clean:
	rm -rf .venv .bench .threadwork
