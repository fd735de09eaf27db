"""Hold EveryoneCook's API contract and its handlers to each other.

api.json is the contract. `--check` says where the handlers' routes and pydantic models differ from it, `--write`
carries the models' schemas over into it; texts, answers and new operations are written by hand. Both look after
api_router/routes.json, the compact form of the contract that the router reads. A module
without code yet is passed over.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from operations import KEYWORDS, Operation, Schema, kept, promised, reduce
from stand_ins import HANDLERS

CONTRACT = HANDLERS / "api.json"
ROUTES = HANDLERS / "api_router" / "routes.json"
MODULES = ("auth_user", "social", "recipe_ai", "admin", "upload")


def present() -> list[str]:
    """The modules that have code."""
    return [module for module in MODULES if (HANDLERS / module / "handler.py").exists()]


def differences() -> list[str]:
    """Where contract and code differ, a line each."""
    contract = json.loads(CONTRACT.read_text())
    promises = list(promised(contract))
    found: list[str] = []
    for module in present():
        said = {operation.name: operation for operation in promises if operation.module == module}
        done = {operation.name: operation for operation in kept(module)}
        found += [f"{name}: in api.json, but {module} has no such route" for name in sorted(said.keys() - done.keys())]
        found += [f"{name}: a route of {module}, but not in api.json" for name in sorted(done.keys() - said.keys())]
        for name in sorted(said.keys() & done.keys()):
            found += _compare(said[name], done[name])
    if json.loads(ROUTES.read_text()) != compact(promises):
        found.append(f"{ROUTES.name}: not what api.json says; run scripts/contract.py --write")
    return found


def compact(operations: list[Operation]) -> list[list[Any]]:
    """The contract as the router reads it."""
    return [[said.method, said.path, said.module, said.public] for said in operations]


def _compare(said: Operation, done: Operation) -> Iterator[str]:
    for word in ("public", "group", "body_required"):
        one, other = vars(said)[word], vars(done)[word]
        if one != other:
            yield f"{said.name}: {word} is {one} in api.json and {other} in code"
    yield from _unlike(f"{said.name}: body", said.body, done.body)
    for name in sorted(said.query.keys() | done.query.keys()):
        yield from _unlike(f"{said.name}: query {name}", said.query.get(name), done.query.get(name))


def _unlike(where: str, said: Any, done: Any) -> Iterator[str]:
    if isinstance(said, dict) and isinstance(done, dict):
        for word in sorted(said.keys() | done.keys()):
            yield from _unlike(f"{where}.{word}", said.get(word), done.get(word))
    elif said != done:
        yield f"{where} is {json.dumps(said)} in api.json and {json.dumps(done)} in code"


def write() -> list[str]:
    """Carry the code's schemas into api.json and the contract into routes.json; returns what a person must do."""
    contract = json.loads(CONTRACT.read_text())
    definitions = contract["components"]["schemas"]
    for module in present():
        for done in kept(module):
            said = contract["paths"].get(done.path, {}).get(done.method.lower())
            if said:
                _carry(done, said, definitions)
    CONTRACT.write_text(json.dumps(contract, ensure_ascii=False, indent=2) + "\n")
    rows = [json.dumps(row) for row in compact(list(promised(contract)))]
    ROUTES.write_text("[\n  " + ",\n  ".join(rows) + "\n]\n")
    return differences()


def _carry(done: Operation, said: Schema, definitions: Schema) -> None:
    if done.body and "requestBody" in said:
        said["requestBody"]["required"] = done.body_required
        _overwrite(said["requestBody"]["content"]["application/json"]["schema"], done.body, definitions)
    for given in said.get("parameters", ()):
        if given["in"] == "query" and given["name"] in done.query:
            wanted = done.query[given["name"]]
            given["required"] = wanted["required"]
            _overwrite(given["schema"], wanted["schema"], definitions)


def _overwrite(said: Schema, done: Schema, definitions: Schema) -> None:
    """Make a schema of the contract say what the code says, and keep its descriptions and references."""
    if "$ref" in said:
        _overwrite(definitions[said["$ref"].rsplit("/", 1)[-1]], done, definitions)
        return
    for word in KEYWORDS & said.keys() - done.keys():
        del said[word]
    for word, value in done.items():
        if word == "properties":
            named = said.setdefault(word, {})
            for name in named.keys() - value.keys():
                del named[name]
            for name, part in value.items():
                _overwrite(named.setdefault(name, {}), part, definitions)
        elif word == "items":
            _overwrite(said.setdefault(word, {}), value, definitions)
        elif word not in said or reduce({word: said[word]}, definitions).get(word) != value:
            said[word] = value


def main() -> int:
    """Print the differences, one a line; 1 where there are any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--check", action="store_true", help="say where contract and code differ")
    task.add_argument("--write", action="store_true", help="carry the code's schemas into api.json")
    found = write() if parser.parse_args().write else differences()
    print("\n".join(found) or "contract and code agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
