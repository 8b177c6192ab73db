PYTHON ?= python3
IN := .venv/bin/python

# Where an image sets it, each process would compile all of our files anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check bench reset lint install

run:
	@$(PYTHON) asbcases/local/install.py run
	@$(IN) -m asbcases.local.run

test: check
	@$(IN) -m pytest -n 2 --dist worksteal

check: install lint

install:
	@$(PYTHON) asbcases/local/install.py test

lint: install
	$(IN) -m ruff check
	$(IN) -m ruff format --check
	$(IN) -m mypy
	.venv/bin/lint-imports --no-cache
	$(IN) manage.py makemigrations --check --dry-run
	$(IN) manage.py check_policies fixtures/policies
	$(IN) manage.py generate_reference --check
	$(IN) -m asbcases.local.banned

bench:
	@$(PYTHON) asbcases/local/install.py test
	@$(IN) -m bench

reset:
	@$(PYTHON) -m asbcases.local.reset
