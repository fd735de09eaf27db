"""Linking: values that leave their stack, and the order in which stacks and regions stand."""

from ecinfra.link.linker import link
from ecinfra.link.system import LinkedStack, Root, System, Wire

__all__ = ["LinkedStack", "Root", "System", "Wire", "link"]
