"""Builds ``docs/reference/`` from the code, the policy files and the clause register. Needs no database."""
