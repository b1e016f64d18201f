# Assay: make demo shows it, make test proves it.
.DEFAULT_GOAL := help
.PHONY: help setup build demo test soak bench lint format clean

help: ## what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: ## set this machine up: Spark, Airflow, the JARs, the class archive (all in .runtime/)
	@infra/setup.sh

build: ## build the JARs and put them in place
	@infra/setup.sh build

demo: ## publish two days of real orders through Airflow, and show them
	@infra/demo/demo.sh

test: ## everything: linters, unit and property tests, MinIO, Airflow
	@infra/test.sh

soak: ## what takes longer: every day on a folder and on MinIO, kills, races, Airflow's backfill
	@infra/soak/soak.sh

bench: ## the benchmarks, each a ratio measured in one run
	@bench/bench.sh

lint: ## the linters alone
	@infra/lint.sh

format: ## format Java and Python
	@./mvnw -B -ntp -q spotless:apply
	@.runtime/dev/bin/ruff format .

clean: ## remove what was built; .lake and what was downloaded stay
	@./mvnw -B -ntp -q clean
	@rm -f .runtime/stamps/build .runtime/stamps/jars .runtime/stamps/conf .runtime/stamps/cds
