"""What is wrong with a system's templates: cfn-lint's findings, and those of rules of our own."""

from ecinfra.lint.finding import Finding, Level, Rule
from ecinfra.lint.linter import lint
from ecinfra.lint.memory import Memory
from ecinfra.lint.table import RULES

__all__ = ["RULES", "Finding", "Level", "Memory", "Rule", "lint"]
