"""What an app wants built: the code of its functions, and the layers that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ecinfra.app import App
from ecinfra.assets import Asset
from ecinfra.bundle.target import Target, target
from ecinfra.errors import AssetError

if TYPE_CHECKING:
    from ecinfra.constructs import Function, Layer


class LayerPart(NamedTuple):
    """A layer: where it stands, its sources, and what it is built for."""

    where: str
    title: str
    asset: Asset
    target: Target


class FunctionPart(NamedTuple):
    """A function: where it stands, its sources, its entry point, and its layer."""

    where: str
    title: str
    asset: Asset
    entry: str
    python: bool
    layer: LayerPart | None


class Parts(NamedTuple):
    """All that an app wants built."""

    functions: tuple[FunctionPart, ...]
    layers: tuple[LayerPart, ...]

    @property
    def every(self) -> list[FunctionPart | LayerPart]:
        """Functions, then layers."""
        return [*self.functions, *self.layers]


def parts(app: App) -> Parts:
    """What an app wants built, in the order in which it says so."""
    from ecinfra.constructs import Function, Layer  # slow to import: an app that wants nothing new is not even defined

    constructs = [(f"{stack.name}.{each.title}", each) for stack in app.stacks.values() for each in stack.constructs]
    layers = {each.title: _layer_part(each, where) for where, each in constructs if isinstance(each, Layer)}
    functions = [_function_part(each, where, layers) for where, each in constructs if isinstance(each, Function)]
    return Parts(tuple(functions), tuple(layers.values()))


def _function_part(function: Function, where: str, layers: dict[str, LayerPart]) -> FunctionPart:
    layer = layers.get(function.layer.title) if function.layer else None
    python = (function.layer.runtime if function.layer else function.runtime).startswith("python")
    return FunctionPart(where, function.title, function.code, function.handler, python, layer)


def _layer_part(layer: Layer, where: str) -> LayerPart:
    try:
        goal = target(layer.code.circumstances)
    except AssetError as error:
        raise AssetError(f"{where}: {error.message}", hint=error.hint) from error
    said = f"{layer.runtime} on {layer.architecture}"
    if not goal.host and goal.label != said:
        raise AssetError(
            f"{where} runs on {said}, and its code is built for {goal.label}",
            hint="layer(runtime, architecture) of the sources says the same as the construct",
        )
    return LayerPart(where, layer.title, layer.code, goal)
