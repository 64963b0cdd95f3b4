"""Makes the mutants of a module: its functions, each with one small change."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLS = {"any": "all", "all": "any", "min": "max", "max": "min"}
_OUTSIDE = {"annotation", "returns", "decorator_list", "defaults", "kw_defaults"}
"""Fields of a function that its code object does not hold."""


@dataclass(frozen=True)
class Mutant:
    """A node of a module's tree, and the node that takes its place."""

    path: Path
    module: ast.Module
    function: int
    """First line of the outermost function around the node, as its code object has it."""
    parent: ast.AST
    field: str
    index: int | None
    before: ast.AST
    after: ast.AST

    @property
    def line(self) -> int:
        """Line of the change."""
        return int(getattr(self.before, "lineno", None) or self.parent.lineno)  # type: ignore[attr-defined]

    def diff(self) -> str:
        """The changed line before and after."""
        return f"{_text(self.before)}  ->  {_text(self.after)}"

    def compile(self) -> ast.Module:
        """The module's tree with the change."""
        _put(self.parent, self.field, self.index, self.after)
        changed = ast.fix_missing_locations(copy.deepcopy(self.module))
        _put(self.parent, self.field, self.index, self.before)
        return changed


def mutants(path: Path) -> Iterator[Mutant]:
    """Each mutant of the functions of a module, in the order of its lines."""
    module = ast.parse(path.read_bytes())
    for function in _outermost(module):
        first = min(node.lineno for node in (function, *function.decorator_list))
        for parent, field, index, child in _children(function):
            for after in _changes(child):
                ast.copy_location(after, child)
                yield Mutant(path, module, first, parent, field, index, child, after)


def _text(node: ast.AST) -> str:
    lines = ast.unparse(node).splitlines()
    return lines[0] + (" ..." if len(lines) > 1 else "")


def _put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def _outermost(node: ast.AST) -> Iterator[ast.FunctionDef]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield child
        elif isinstance(child, ast.ClassDef):
            yield from _outermost(child)


def _children(parent: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(parent):
        # An assurance that two lists are alike changes nothing.
        if field in _OUTSIDE or (isinstance(parent, ast.keyword) and parent.arg == "strict"):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                yield parent, field, index, child
                yield from _children(child)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    yield from _statements(node)
    yield from _expressions(node)
    yield from _calls(node)
    # Other changes turn a `not` and a comparison round.
    if isinstance(node, ast.If | ast.IfExp) and not isinstance(
        node.test, ast.UnaryOp | ast.Compare
    ):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.comprehension):
        for position in range(len(node.ifs)):
            yield _with(node, ifs=node.ifs[:position] + node.ifs[position + 1 :])


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return) and not _is_nothing(node.value):
        yield ast.Return(ast.Constant(None))
    # Without an assignment to a name, the next line fails and tells nothing.
    assigned = node.targets if isinstance(node, ast.Assign) else []
    if (
        isinstance(node, ast.Continue | ast.Break | ast.Raise | ast.AugAssign)
        or (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant))
        or any(isinstance(target, ast.Attribute | ast.Subscript) for target in assigned)
    ):
        yield ast.Pass()


def _expressions(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for position, operator in enumerate(node.ops):
            other = _COMPARISONS[type(operator)]()
            yield _with(node, ops=[*node.ops[:position], other, *node.ops[position + 1 :]])
    if isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for position in range(len(node.values)):
            rest = node.values[:position] + node.values[position + 1 :]
            yield rest[0] if len(rest) == 1 else _with(node, values=rest)
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield _with(node, op=_ARITHMETIC[type(node.op)]())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        flips = isinstance(node.value, bool)
        yield ast.Constant(not node.value if flips else node.value + 1)


def _calls(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Call):
        return
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in _CALLS:
        yield _with(node, func=ast.Name(_CALLS[name], ast.Load()))
    if name in ("sorted", "reversed"):
        yield ast.Call(ast.Name("list", ast.Load()), node.args[:1], [])
    first, second, *rest = [*node.args, None, None]
    # The types of isinstance never stand first.
    if first and second and name != "isinstance" and ast.unparse(first) != ast.unparse(second):
        yield _with(node, args=[second, first, *filter(None, rest)])


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for field, value in fields.items():
        setattr(changed, field, value)
    return changed


def _is_nothing(node: ast.AST | None) -> bool:
    """True for no value, None, and False, which callers take for the same."""
    return node is None or (
        isinstance(node, ast.Constant) and (node.value is None or node.value is False)
    )
