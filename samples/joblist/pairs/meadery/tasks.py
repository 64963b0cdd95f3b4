"""From honey to mead."""

from flytekit import task


@task
def honey() -> None:
    """Weigh the honey."""
    print("honey: 4 kg")


@task
def water() -> None:
    """Boil the water."""
    print("water: 10 l")


@task
def must() -> None:
    """Mix them."""
    print("must: 14 l")


@task
def ferment() -> None:
    """Wait."""
    print("ferment: 6 weeks")


@task
def bottle() -> None:
    """Fill the bottles."""
    print("bottle: 18 of them")
