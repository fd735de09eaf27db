"""The contract between code and infrastructure: what handlers read, import and call, and what templates give them."""

from ecinfra.contract.checker import assets, check, functions
from ecinfra.contract.rules import RULES

__all__ = ["RULES", "assets", "check", "functions"]
