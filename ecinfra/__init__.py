"""Typed CloudFormation for Python."""

from ecinfra.deferral import defer

# troposphere imports it, and with it a YAML parser, for a method that is not used here: a third of what it costs
defer("cfn_flip")

from ecinfra.app import App  # noqa: E402 - what imports troposphere comes after
from ecinfra.errors import EcinfraError  # noqa: E402
from ecinfra.link import link  # noqa: E402
from ecinfra.parts import Construct, Settings  # noqa: E402
from ecinfra.render import render  # noqa: E402
from ecinfra.stack import Stack  # noqa: E402
from ecinfra.values import Value  # noqa: E402

__all__ = ["App", "Construct", "EcinfraError", "Settings", "Stack", "Value", "link", "render"]
__version__ = "0.1.0"
