"""A line through points, by least squares."""

from flytekit import task


@task
def slope(x: list[int], y: list[int]) -> float:
    """How much y grows with x."""
    n = len(x)
    mixed = n * sum(a * b for a, b in zip(x, y, strict=True)) - sum(x) * sum(y)
    return mixed / (n * sum(a * a for a in x) - sum(x) ** 2)


@task
def intercept(x: list[int], y: list[int], slope: float) -> float:
    """Where the line meets the axis."""
    return sum(y) / len(y) - slope * sum(x) / len(x)
