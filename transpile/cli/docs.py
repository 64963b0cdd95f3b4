"""`transpile docs`."""

from collections.abc import Container
from dataclasses import dataclass

import click

from transpile.cli.console import echo
from transpile.cli.suggest import did_you_mean, starting_with
from transpile.dialects import DIALECTS
from transpile.sources.resources import read_resource


@dataclass(frozen=True)
class Topic:
    """A page of the documentation: its folder in the package, and what it is about."""

    folder: str
    about: str
    aliases: tuple[str, ...] = ()

    def page(self) -> str | None:
        """The text of the page; None if the folder has none."""
        try:
            return read_resource(self.folder, "README.md")
        except FileNotFoundError:
            return None


TOPICS = {
    "tutorial": Topic("guide/tutorial", "A small estate, from its files to a registered project."),
    "playbook": Topic("guide/playbook", "How a team moves an estate: steps, and what ends each."),
    "idioms": Topic("guide/idioms", "For reviewers: what each kind of job and condition becomes."),
    "operating": Topic("guide/operating", "For operators: what to look for and do on Flyte."),
    "targets": Topic("targets", "What a target is, how to choose one, what each keeps and loses."),
    "flyte": Topic("targets/flyte", "The modules for flytekit: tasks, workflows, launch plans."),
    "flyte2": Topic("targets/flyte2", "The programs for Flyte 2: jobs, boxes, conditions."),
    "settings": Topic("team", "transpile.toml: options, platform, rules, accepted findings."),
    "readings": Topic("guide/readings", "What the documents of the formats leave open."),
    "codes": Topic("findings", "All findings: warnings with their reasons, errors, notes."),
    "formats": Topic("dialects", "The formats that can be read, and how to add one."),
    **{
        name: Topic(
            f"dialects/{name}",
            f"{dialect.title}: what becomes of it.",
            dialect.aliases,
        )
        for name, dialect in DIALECTS.items()
    },
    "assess": Topic("assess", "The inventory: grades, effort, blockers, needs.", ("inventory",)),
    "proof": Topic("proof", "Dry-run, verify and schedule: how to use them."),
    "drift": Topic("drift", "Diff: what changes between two versions of a source.", ("diff",)),
    "minify": Topic("minify", "Bug reports: copies of job definitions without names."),
    "commands": Topic("cli", "All commands with their options."),
}
"""The topics by name, in the order in which they are listed."""


def _known() -> dict[str, str]:
    """The pages by the names and aliases of their topics."""
    pages = ((name, topic, topic.page()) for name, topic in TOPICS.items())
    return {
        word: page
        for name, topic, page in pages
        if page is not None
        for word in (name, *topic.aliases)
    }


def _list(pages: Container[str]) -> None:
    """Print the topics that have pages."""
    rows = {
        ", ".join((name, *topic.aliases)): topic.about
        for name, topic in TOPICS.items()
        if name in pages
    }
    width = max(map(len, rows)) + 2
    for names, about in rows.items():
        echo(f"{names:{width}}{about}")


@click.command("docs")
@click.argument("topic", required=False, shell_complete=starting_with(lambda: TOPICS))
def command(topic: str | None) -> None:
    """Print the page of the documentation about TOPIC, or list the topics.

    Pages are Markdown, and about the installed version. Links lead to files of the package.

    Exit status: 0 printed, 2 wrong usage.
    """
    pages = _known()
    if topic is None:
        _list(pages)
        return
    found = pages.get(topic.lower())
    if found is None:
        message = f"unknown topic {topic!r}{did_you_mean(topic, pages)}; known: {', '.join(pages)}"
        raise click.BadParameter(message, param_hint="TOPIC")
    click.echo(found, nl=False)
