"""A linked system as nodes and edges: roots, stacks, resources, and the values that travel between them."""

from ecinfra.graph.data import as_data
from ecinfra.graph.model import Edge, Graph, ResourceNode, RootNode, StackNode
from ecinfra.graph.trace import trace
from ecinfra.graph.view import View, view

__all__ = ["Edge", "Graph", "ResourceNode", "RootNode", "StackNode", "View", "as_data", "trace", "view"]
