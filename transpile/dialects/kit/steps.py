"""The order in which an engine comes by jobs and boxes."""

from transpile.model import JobGraph


def steps(graph: JobGraph) -> list[tuple[str, bool]]:
    """Each job once in dependency order, a box with members at its start and (True) at its end."""
    at = {vertex: (name, False) for name, vertex in graph.start.items()}
    at |= {end: (n, True) for n, end in graph.end.items() if end != graph.start[n]}
    return [at[vertex] for vertex in graph.sorted if vertex in at]
