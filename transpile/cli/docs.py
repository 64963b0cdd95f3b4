"""`transpile docs`."""

import difflib
from dataclasses import dataclass

import click

from transpile.cli.console import echo
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
    "targets": Topic("targets", "What a target is, how to choose one, what each keeps and loses."),
    "flyte": Topic("targets/flyte", "The modules for flytekit: tasks, workflows, launch plans."),
    "flyte2": Topic("targets/flyte2", "The programs for Flyte 2: jobs, boxes, conditions."),
    "settings": Topic("team", "transpile.toml: options, platform, rules, accepted findings."),
    "codes": Topic("findings", "All findings: warnings with their reasons, errors, notes."),
    "formats": Topic("dialects", "The formats that can be read, and how to add one."),
    **{
        name: Topic(
            f"dialects/{name}",
            f"{dialect.title}: what becomes of each construct.",
            dialect.aliases,
        )
        for name, dialect in DIALECTS.items()
    },
    "proof": Topic("proof", "Dry-run, verify and schedule: how to use them.", ("operating",)),
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


@click.command("docs")
@click.argument("topic", required=False)
def command(topic: str | None) -> None:
    """Print the page of the documentation about TOPIC, or list the topics.

    Pages are Markdown, and those of this version. Links in a page lead to files of the package.
    """
    pages = _known()
    if topic is None:
        for name, known in TOPICS.items():
            if name in pages:
                echo(f"{', '.join((name, *known.aliases)):20}{known.about}")
        return
    found = pages.get(topic.lower())
    if found is None:
        close = difflib.get_close_matches(topic.lower(), pages, 1)
        hint = f" (did you mean {close[0]}?)" if close else ""
        message = f"unknown topic {topic!r}{hint}; known: {', '.join(pages)}"
        raise click.BadParameter(message, param_hint="TOPIC")
    click.echo(found, nl=False)
