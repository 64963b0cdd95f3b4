"""Types of the inputs and outputs of entities, as far as they are known."""

from dataclasses import dataclass
from typing import TypeAlias

from transpile.model import Bound, Entity, Listing, Parameter, Table


@dataclass(frozen=True, slots=True)
class TypeOf:
    """A reference to the type of an input or output of an entity; `side` is "inputs" or "outputs".

    `around` is a collection of such values. `entity` is MODULE:NAME in the lowered form, and a
    variable in a module.
    """

    entity: str
    side: str
    name: str
    around: str = "{}"


Type: TypeAlias = str | TypeOf
"""A type in Python's spelling, '' if it is unknown, or a reference to one."""

_KINDS = {str: "str", int: "int", float: "float", bool: "bool"}


class Mismatch(Exception):
    """A value does not have the wanted type."""


def type_of_parameter(parameter: Parameter, entity: Entity, side: str) -> Type:
    """The type of a parameter, or a reference to it."""
    return parameter.type or TypeOf(str(entity), side, parameter.name)


def type_of_constant(bound: Bound) -> str:
    """The type of a constant; '' for a collection of mixed types, or an empty one."""
    if isinstance(bound, Listing):
        inner = _common(bound.items)
        return f"list[{inner}]" if inner else ""
    if isinstance(bound, Table):
        inner = _common(tuple(item for _, item in bound.items))
        return f"dict[str, {inner}]" if inner else ""
    return _KINDS.get(type(bound), "")


def _common(items: tuple[Bound, ...]) -> str:
    kinds = {type_of_constant(item) for item in items}
    if kinds == {"int", "float"}:
        return "float"
    return kinds.pop() if len(kinds) == 1 else ""


def type_inside(wanted: Type, collection: Listing | Table) -> Type:
    """The type that the parts of a collection need. Raises Mismatch."""
    if isinstance(wanted, TypeOf) or not wanted:
        return ""
    before = "list[" if isinstance(collection, Listing) else "dict[str, "
    if wanted.startswith(before):
        return wanted.removeprefix(before).removesuffix("]")
    if wanted == before.partition("[")[0]:
        return ""
    raise Mismatch(f"it is not of type {wanted}")


def collection_of(collection: Listing | Table, kind: Type) -> Type:
    """The type of a collection of such parts; '' if their type is unknown."""
    around = "list[{}]" if isinstance(collection, Listing) else "dict[str, {}]"
    if isinstance(kind, TypeOf):
        return TypeOf(kind.entity, kind.side, kind.name, around)
    return around.format(kind) if kind else ""


def agree(given: Type, wanted: Type) -> None:
    """Raise Mismatch if both types are known and differ; an int may stand for a float."""
    if isinstance(given, TypeOf) or isinstance(wanted, TypeOf) or not given or not wanted:
        return
    if given not in (wanted, wanted.replace("float", "int")):
        raise Mismatch(f"it is of type {given} instead of {wanted}")
