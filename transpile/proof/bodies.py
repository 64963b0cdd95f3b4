"""Reads the task functions of a module: edited or as emitted, conditions, files, exit codes."""

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from transpile.proof.files import paths_in

_EXPRESSIONS = (
    *(ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.Compare, ast.cmpop, ast.Call),
    *(ast.keyword, ast.Name, ast.Load, ast.Constant, ast.Dict, ast.List, ast.Tuple, ast.Starred),
    *(ast.JoinedStr, ast.FormattedValue, ast.USub, ast.BinOp, ast.BitAnd, ast.BitOr),
    *(ast.Lambda, ast.arguments, ast.arg),
)
_BESIDE_HELPERS = ("range", "timedelta")


_REPORTING = (
    *("run_status", "run_judged_status", "wait_status", "wait_run_status", "run_node_status"),
    "approved_status",
)
_WAITING = ("wait_for_file", "wait_status")
_CODES = ("success_codes", "fail_codes")


@dataclass(slots=True)
class Body:
    """What a task function does. It returns SKIPPED unless `gate` holds.

    It is as `emitted`, or edited. It `reports` a status, or raises. `scripts` are the keywords of
    the scripts around its command, `codes` the expressions of its success rule. `waits` and
    `writes` are the paths of files that it waits for, and that its commands write.
    """

    emitted: bool
    gate: ast.expr | None = None
    reports: bool = False
    scripts: frozenset[str] = frozenset()
    codes: dict[str, ast.expr] = field(default_factory=dict)
    waits: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)


class Bodies:
    """The bodies of the task functions of modules, which import helpers from `runtime`."""

    def __init__(self, modules: Iterable[ModuleType], runtime: ModuleType) -> None:
        self._modules: set[str] = set()
        self._variables: dict[int, str] = {}
        self._found: dict[str, Body] = {}
        self._branches: dict[str, ast.expr] = {}
        self._of: dict[int, tuple[Any, Body]] = {}
        for module in modules:
            self._add(module, runtime)

    def _add(self, module: ModuleType, runtime: ModuleType) -> None:
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        names = vars(module)
        self._modules.add(module.__name__)
        self._variables.update((id(value), name) for name, value in names.items())
        self._helpers = {n for n, v in vars(runtime).items() if names.get(n) is v and v}
        self._helpers |= {n for n in _BESIDE_HELPERS if not isinstance(names.get(n), ModuleType)}
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        self._found.update((function.name, self._read(function)) for function in functions)
        conditions = ((function.name, self._condition(function)) for function in functions)
        self._branches.update((f"{module.__name__}.{n}", test) for n, test in conditions if test)
        for node in tree.body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)]):
                    self._found[name] = self._read_calls(node, Body(False))

    def of(self, entity: Any) -> Body:
        """The body of a task; one that is not a function of the modules counts as edited."""
        known = self._of.get(id(entity))
        if known is None or known[0] is not entity:
            known = self._of[id(entity)] = entity, self._body(entity)
        return known[1]

    def _body(self, entity: Any) -> Body:
        function = getattr(entity, "task_function", None)
        if function is not None and not self.is_own(entity):
            return Body(False)
        name = self._variables.get(id(entity), "") if function is None else function.__name__
        return self._found.get(name, Body(False))

    def of_branch(self, workflow: str) -> ast.expr | None:
        """The condition of the branch in a workflow."""
        return self._branches.get(workflow)

    def is_own(self, entity: Any) -> bool:
        """True if the task is a function of one of the modules."""
        function = getattr(entity, "task_function", None)
        return function is not None and function.__module__ in self._modules

    def failing_code(self, entity: Any) -> int:
        """An exit code that is a failure of the task."""
        return next(filter(self._failures(entity), range(1, 256)), 1)

    def is_failure(self, entity: Any, code: int) -> bool:
        """True for an exit code that is a failure of the task."""
        return self._failures(entity)(code)

    def _failures(self, entity: Any) -> Callable[[int], bool]:
        """A function that is true for exit codes that are failures of the task."""
        rules = {
            key: eval(compile(ast.Expression(value), "codes", "eval"), {})
            for key, value in self.of(entity).codes.items()
        }
        good, bad = rules.get("success_codes", (0,)), rules.get("fail_codes")
        return lambda code: code not in good if bad is None else code in bad

    def _read(self, function: ast.FunctionDef) -> Body:
        return self._read_calls(function, self._flow(function))

    def _read_calls(self, statement: ast.stmt, body: Body) -> Body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name):
                body.reports |= node.id in _REPORTING
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                words = {k.arg: k.value for k in node.keywords if k.arg}
                body.scripts |= words.keys() & {"pre", "post"}
                waits = node.func.id in _WAITING
                (body.waits if waits else body.writes).update(paths_in(node, written=not waits))
                rules = {key: words[key] for key in _CODES if key in words}
                body.codes.update({k: v for k, v in rules.items() if self._is_harmless(v)})
        return body

    def _flow(self, function: ast.FunctionDef) -> Body:
        *before, last = function.body
        gate: ast.expr | None = None
        if before and isinstance(before[-1], ast.Assign) and self._is_harmless(before[-1].value):
            # The last line uses this value.
            before.pop()
        for statement in before:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                continue
            if self._is_release(statement):
                continue
            found = self._gate(statement) if isinstance(statement, ast.If) else None
            if gate is not None or found is None:
                return Body(False, gate)
            gate = found
        if not isinstance(last, ast.Return | ast.Expr) or not self._is_harmless(last.value):
            return Body(False, gate)
        return Body(True, gate or (ast.Constant(False) if _skips(last.value) else None))

    def _is_release(self, statement: ast.stmt) -> bool:
        """True for `if CONDITION: return release(...)` in a look."""
        match statement:
            case ast.If(test=test, body=[ast.Return(ast.Call(ast.Name("release")) as call)]):
                return not statement.orelse and self._is_harmless(test) and self._is_harmless(call)
        return False

    def _gate(self, statement: ast.If) -> ast.expr | None:
        """The condition of `if not CONDITION: return SKIPPED`."""
        test, body = statement.test, statement.body
        if not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)) or statement.orelse:
            return None
        match body:
            case [ast.Return(value=value)] if _skips(value) and self._is_harmless(test.operand):
                return test.operand
        return None

    def _condition(self, function: ast.FunctionDef) -> ast.expr | None:
        """CONDITION of `return conditional(...).if_(CONDITION).then(...).else_().then(...)`."""
        chain = function.body[-1].value if isinstance(function.body[-1], ast.Return) else None
        while isinstance(chain, ast.Call) and isinstance(chain.func, ast.Attribute):
            if chain.func.attr == "if_":
                return chain.args[0] if self._is_harmless(chain.args[0]) else None
            chain = chain.func.value
        return None

    def _is_harmless(self, value: ast.expr | None) -> bool:
        """True for an expression that calls helpers only."""
        if value is None:
            return False
        for node in ast.walk(value):
            if not isinstance(node, _EXPRESSIONS):
                return False
            if isinstance(node, ast.Call):
                known = isinstance(node.func, ast.Name) and node.func.id in self._helpers
                if not known:
                    return False
        return True


def _skips(value: ast.expr | None) -> bool:
    """True for SKIPPED, alone or beside an empty output."""
    match value:
        case ast.Name(id="SKIPPED") | ast.Tuple(elts=[ast.Name(id="SKIPPED"), ast.Constant()]):
            return True
    return False


def explain(gate: ast.expr, values: Mapping[str, Any], names: Mapping[str, Any]) -> str:
    """The value of each atom of a condition, such as `failed(load) is false (SUCCESS 0)`."""
    if isinstance(gate, ast.Constant):
        return "it never runs"
    return ", ".join(dict.fromkeys(_atom(atom, values, names) for atom in _atoms(gate)))


def holds_now(gate: ast.expr, values: Mapping[str, Any], names: Mapping[str, Any]) -> bool:
    """True if a condition holds, given the values of the task's parameters."""
    return bool(eval(compile(ast.Expression(gate), "condition", "eval"), dict(names), dict(values)))


def _atoms(gate: ast.expr) -> Iterable[ast.expr]:
    if isinstance(gate, ast.BoolOp):
        for value in gate.values:
            yield from _atoms(value)
    elif isinstance(gate, ast.BinOp):
        yield from _atoms(gate.left)
        yield from _atoms(gate.right)
    else:
        yield gate


def _atom(atom: ast.expr, values: Mapping[str, Any], names: Mapping[str, Any]) -> str:
    result = "true" if holds_now(atom, values, names) else "false"
    if isinstance(atom, ast.Call) and isinstance(atom.func, ast.Name) and atom.func.id == "started":
        return "its box started" if result == "true" else "its box did not start"
    used = [n.id for n in ast.walk(atom) if isinstance(n, ast.Name) and n.id in values]
    shown = ", ".join(str(values[name]) for name in used)
    return f"{ast.unparse(atom)} is {result}" + (f" ({shown})" if shown else "")
