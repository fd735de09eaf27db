"""What calls of Python's own library and of boto3 give: environment variables and clients."""

from __future__ import annotations

from ecinfra.contract.values import ANY, Client, Foreign, Text, Values, Variable

ENVIRON = "os.environ"
GETTERS = frozenset({"os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop"})
GETATTR = "getattr"
IMPORTER = "importlib.import_module"
# what looks at all of them
COPIES = frozenset({"os.environ.copy", "os.environ.items", "os.environ.keys", "os.environ.values"})
_SESSIONS = ("boto3", "boto3.Session()", "boto3.session.Session()")
_MAKERS = ("botocore.session.Session()", "botocore.session.get_session()")
_CLIENTS = frozenset({f"{it}.client" for it in _SESSIONS} | {f"{it}.create_client" for it in _MAKERS})
_RESOURCES = frozenset(f"{it}.resource" for it in _SESSIONS)


def of_library(path: str, first: Values) -> Values:
    """What a library's function gives for its first argument."""
    if path in _CLIENTS or path in _RESOURCES:
        services = [each.text for each in first if isinstance(each, Text) and ANY not in each.text]
        return tuple(Client(each, path in _RESOURCES) for each in services or [""])
    if path == "contextlib.closing":
        return first
    return variables(first) if path in GETTERS else (Foreign(f"{path}()"),)


def variables(names: Values) -> Values:
    """The values of environment variables of some names."""
    return tuple(Variable(each.text) for each in names if isinstance(each, Text))
