"""The modules of orders, compared with their definition."""

import itertools
import random

from transpile.targets.flyte.decompose import Block, Shape, Tree, decompose


def leaves(tree: Tree) -> set[int]:
    """The vertices in a tree, which may be too deep for recursion."""
    pending, found = [tree], set[int]()
    while pending:
        part = pending.pop()
        if isinstance(part, Block):
            pending += part.parts
        else:
            found.add(part)
    return found


def graph(count: int, chance: float, dice: random.Random) -> list[list[int]]:
    """A graph without cycles, its vertices numbered at random."""
    number = list(range(count))
    dice.shuffle(number)
    behind: list[list[int]] = [[] for _ in number]
    for first, second in itertools.combinations(range(count), 2):
        if dice.random() < chance:
            behind[number[first]].append(number[second])
    return behind


def reached(behind: list[list[int]]) -> list[set[int]]:
    """For each vertex all behind it."""

    def walk(vertex: int) -> set[int]:
        return {found for target in behind[vertex] for found in (target, *walk(target))}

    return [walk(vertex) for vertex in range(len(behind))]


def modules(behind: list[list[int]]) -> set[frozenset[int]]:
    """All modules, by their definition."""
    below, everything = reached(behind), range(len(behind))

    def is_module(chosen: tuple[int, ...]) -> bool:
        others = set(everything) - set(chosen)
        return all(
            len({x in below[v] for v in chosen}) == len({v in below[x] for v in chosen}) == 1
            for x in others
        )

    sizes = (itertools.combinations(everything, n) for n in range(1, len(behind) + 1))
    return {frozenset(chosen) for found in sizes for chosen in found if is_module(chosen)}


def said(tree: Tree) -> set[frozenset[int]]:
    """All modules, as a tree says it."""
    if isinstance(tree, int):
        return {frozenset([tree])}
    parts, shape = list(tree.parts), tree.shape
    while shape is not Shape.KNOT and any(isinstance(p, Block) and p.shape is shape for p in parts):
        parts = [
            inner
            for part in parts
            for inner in (part.parts if isinstance(part, Block) and part.shape is shape else [part])
        ]
    sets = [frozenset(leaves(part)) for part in parts]
    found = {module for part in parts for module in said(part)} | {frozenset().union(*sets)}
    if shape is Shape.SERIES:
        ends = itertools.combinations(range(len(sets) + 1), 2)
        found |= {frozenset().union(*sets[start:end]) for start, end in ends}
    if shape is Shape.PARALLEL:
        sizes = (itertools.combinations(sets, n) for n in range(1, len(sets)))
        found |= {frozenset().union(*some) for chosen in sizes for some in chosen}
    return found


def test_a_tree_says_all_modules_and_no_other_set() -> None:
    dice = random.Random(0)
    for _ in range(1500):
        behind = graph(dice.randrange(1, 8), dice.random(), dice)
        assert said(decompose(behind)) == modules(behind)


def test_large_orders_are_no_trouble() -> None:
    """20,000 vertices in a row, side by side, each with one beside it, and in one knot."""
    count = 20_000
    row = [[n + 1] for n in range(count - 1)] + [[]]
    comb = [[n + 1, n + 2] if n % 2 == 0 and n + 2 < count else [] for n in range(count)]
    ladder = [[v for v in (n + 2, n + 3 - n % 2 * 9) if n < v < count] for n in range(count)]
    for behind in (row, [[] for _ in row], comb, ladder):
        assert leaves(decompose(behind)) == set(range(count))
    assert len(decompose(ladder).parts) > 19_000  # type: ignore[union-attr]
