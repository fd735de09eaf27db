"""What a piece of Python says, before anybody asks what its names mean: what it binds, mentions, imports, returns."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from ecinfra.contract.syntax import (
    Bound,
    Condition,
    Function,
    Guard,
    Import,
    Mention,
    Return,
    bind,
    captures,
    classes,
    defaults,
    handled,
    imported,
    is_elsewhere,
    leaves,
    parameters,
)

# calls that look at a class, and make nothing of it: the number of the argument that is one
_LOOKING = {"isinstance": 1, "issubclass": 1, "cast": 0}


class Reading:
    """All that the body of a module, of a class or of a function says."""

    def __init__(self, node: ast.Module | ast.ClassDef | Function, package: str) -> None:
        self.bound: Bound = {}
        self.outer: set[str] = set()
        self.mentions: list[Mention] = []
        self.imports: list[Import] = []
        self.stars: list[str] = []
        self.returns: list[Return] = []
        self._package = package
        self._fields = isinstance(node, ast.ClassDef)
        self._inside = isinstance(node, Function)
        self._guard: Guard = ()
        self._caught: frozenset[str] = frozenset()
        self._quiet = False
        if isinstance(node, Function):
            self._hide(node.args)
            for name in parameters(node):
                self.bound[name] = ["parameter"]
        self._all(node.body)

    def _all(self, nodes: Iterable[ast.AST]) -> None:
        guard = self._guard
        for node in nodes:
            self._visit(node)
            if isinstance(node, ast.If) and leaves(node):
                self._guard = (*self._guard, Condition(node.test, holds=False))
        self._guard = guard

    def _branch(self, test: ast.expr, body: Sequence[ast.AST], other: Sequence[ast.AST]) -> None:
        self._visit(test)
        guard = self._guard
        for holds, nodes in ((True, body), (False, other)):
            self._guard = (*guard, Condition(test, holds))
            self._all(nodes)
        self._guard = guard

    def _visit(self, node: ast.AST, parent: ast.AST | None = None) -> None:
        match node:
            case ast.Constant() | ast.Load() | ast.Store():
                pass
            case ast.Name() | ast.Attribute():
                self._mention(node, parent)
            case ast.Call():
                self._call(node)
            case ast.stmt():
                self._statement(node)
            case ast.Subscript(value=value, slice=inner):
                self._visit(value, node)
                self._types([inner])
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                self._types([left, right])
            case ast.Compare(left=left, comparators=others):
                self._visit(left)
                for other in others:
                    self._visit(other, node)
            case _:
                self._expression(node)

    def _expression(self, node: ast.AST) -> None:
        match node:
            case ast.NamedExpr(target=target, value=value):
                bind(self.bound, target, value)
            case ast.Lambda(args=given):
                self._hide(given)
                self._all([*defaults(given), node.body])
                return
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                bind(self.bound, target, value)
            case ast.Yield(value=ast.expr() as value):
                self.returns.append(Return(value, self._guard))
            case ast.comprehension(target=target, iter=source):
                bind(self.bound, target, source, part=True)
            case ast.match_case():
                self._case(node)
                return
            case ast.IfExp(test=test, body=body, orelse=other):
                self._branch(test, [body], [other])
                return
        self._all(ast.iter_child_nodes(node))

    def _mention(self, node: ast.Name | ast.Attribute, parent: ast.AST | None) -> None:
        first: ast.expr = node
        while isinstance(first, ast.Attribute):
            first = first.value
        if isinstance(node.ctx, ast.Load):
            self.mentions.append(Mention(node, parent, self._guard, self._caught, self._quiet))
        elif isinstance(node, ast.Name):
            self.bound.setdefault(node.id, [])
        if not isinstance(first, ast.Name):
            self._visit(first)

    def _call(self, node: ast.Call) -> None:
        quiet, self._quiet = self._quiet, False
        self._visit(node.func, node)
        looking = _LOOKING.get(node.func.id) if isinstance(node.func, ast.Name) else None
        for number, argument in enumerate(node.args):
            self._types([argument]) if number == looking else self._visit(argument)
        self._all(keyword.value for keyword in node.keywords)
        self._quiet = quiet

    def _types(self, nodes: Iterable[ast.AST]) -> None:
        quiet, self._quiet = self._quiet, True
        self._all(nodes)
        self._quiet = quiet

    def _statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                self._assign(targets, value)
            case ast.AnnAssign(target=target, value=value):
                self._assign([target], value)
                if self._fields and isinstance(target, ast.Name):
                    self.bound[target.id].append("parameter")
                    self._types([node.annotation])  # libraries call what they find there
            case ast.Return(value=ast.expr() as value):
                self.returns.append(Return(value, self._guard))
                self._visit(value)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node)
            case ast.ClassDef():
                self._class(node)
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.Global(names=names):
                self.outer |= set(names)
            case ast.For(target=target, iter=source) | ast.AsyncFor(target=target, iter=source):
                bind(self.bound, target, source, part=True)
                self._all(ast.iter_child_nodes(node))
            case ast.If(test=test, body=body, orelse=other):
                self._branch(test, [] if is_elsewhere(test) else body, other)
            case ast.Try() | ast.TryStar():
                self._try(node)
            case _:
                self._all(ast.iter_child_nodes(node))

    def _assign(self, targets: list[ast.expr], value: ast.expr | None) -> None:
        for target in targets:
            if value:
                bind(self.bound, target, value)
            self._visit(target)
        if value:
            self._visit(value)

    def _function(self, node: Function) -> None:
        """One inside a function is part of it; any other runs when it is called."""
        self.bound.setdefault(node.name, []).append(node)
        self._all([*node.decorator_list, *defaults(node.args)])
        if self._inside:
            self._hide(node.args)
            returns = list(self.returns)
            self._all(node.body)
            self.returns = returns

    def _class(self, node: ast.ClassDef) -> None:
        self.bound.setdefault(node.name, []).append(node)
        self._all(node.decorator_list)
        self._types(node.bases)
        self._all(keyword.value for keyword in node.keywords)
        if self._inside:
            self._all(node.body)

    def _hide(self, given: ast.arguments) -> None:
        """Parameters stand before names outside."""
        every = (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
        for each in every:
            if each:
                self.bound.setdefault(each.arg, [])

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for name, alias, bound in imported(node, self._package):
            self.imports.append(Import(alias, node.lineno, self._caught))
            if name == "*":
                self.stars.append(alias.module)
            else:
                self.bound.setdefault(name, []).append(bound)

    def _try(self, node: ast.Try | ast.TryStar) -> None:
        caught = self._caught
        self._caught = caught.union(*(handled(handler) for handler in node.handlers))
        self._all(node.body)
        self._caught = caught
        for handler in node.handlers:
            self._types([handler.type] if handler.type else [])
            if handler.name:
                self.bound.setdefault(handler.name, [])
            self._all(handler.body)
        self._all([*node.orelse, *node.finalbody])

    def _case(self, case: ast.match_case) -> None:
        guard = self._guard
        wanted = tuple(classes(case.pattern))
        self._guard = (*guard, wanted) if wanted else guard
        for name in captures(case.pattern):
            self.bound.setdefault(name, [])
        self._all(each.value for each in ast.walk(case.pattern) if isinstance(each, ast.MatchValue))
        self._all([*([case.guard] if case.guard else []), *case.body])
        self._guard = guard
