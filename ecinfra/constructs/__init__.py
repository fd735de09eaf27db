"""Constructs: each a value that adds a second resource, a safe default or a permission."""

from ecinfra.constructs.function import Function
from ecinfra.constructs.layer import Layer
from ecinfra.constructs.queue import Messages, Queue

__all__ = ["Function", "Layer", "Messages", "Queue"]
