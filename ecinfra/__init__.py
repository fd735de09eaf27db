"""Typed CloudFormation for Python."""

from ecinfra.app import App, Stack
from ecinfra.errors import EcinfraError
from ecinfra.link import link
from ecinfra.parts import Construct, Settings
from ecinfra.render import render
from ecinfra.values import Value

__all__ = ["App", "Construct", "EcinfraError", "Settings", "Stack", "Value", "link", "render"]
__version__ = "0.1.0"
