"""The command line. Each command's module is imported only when it is called."""

import errno
import gc
import importlib
import io
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

import click
from click.shell_completion import CompletionItem

from transpile import __version__
from transpile.cli.colours import wanted
from transpile.cli.suggest import did_you_mean
from transpile.interrupts import INTERRUPTED, own_interrupts, reraise_interrupt
from transpile.sources.printable import printable

_COMMANDS = {
    "init": "Write a first transpile.toml for what the sources hold.",
    "convert": "Convert job definitions into Flyte workflows.",
    "check": "Report the findings of a conversion; write nothing.",
    "dry-run": "Run workflows as Flyte would, with simulated or real commands.",
    "verify": "Compare the behaviour of the source with that of the emitted workflows.",
    "package": "Pack a converted folder for registration, as `pyflyte package` does.",
    "inventory": "Assess an estate: grades, effort, blockers, needs.",
    "graph": "Draw jobs and dependencies as Graphviz, Mermaid, JSON or SVG.",
    "schedule": "Compare start times of the source with those of the launch plans.",
    "diff": "Compare two versions of a source by meaning; name the modules that change.",
    "minify": "Copy job definitions without names, for bug reports.",
    "dialects": "List the supported formats, or the constructs of one.",
    "explain-map": "Show the workflow of a job and why, and which [[map]] rule applies to it.",
    "explain": "Explain a code: meaning, example, what to do.",
    "schema": "Print the JSON Schema of a command's JSON, or list the commands that have one.",
    "docs": "Print a page of the documentation, or list the topics.",
}


class _LazyGroup(click.Group):
    """A group whose commands are modules of this package, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        # Uses the texts above, so that completion imports no command.
        found = (name for name in _COMMANDS if name.startswith(incomplete))
        items = [CompletionItem(name, help=_COMMANDS[name]) for name in found]
        return items + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"unknown command {name!r}{did_you_mean(name, _COMMANDS)}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        try:
            with own_interrupts():
                module = importlib.import_module(f"transpile.cli.{cmd_name.replace('-', '_')}")
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != "flytekit":
                raise
            if ctx.resilient_parsing:
                return None
            message = f"{cmd_name} needs flytekit: pip install 'transpile[flyte]'"
            raise click.UsageError(message, ctx) from error
        except RuntimeError as error:
            # Before 3.12 Python wraps a Ctrl-C that arrives while a class is created.
            reraise_interrupt(error)
            raise
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> object:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # Prints escapes of characters that the terminal cannot show, instead of failing.
                stream.reconfigure(errors="backslashreplace")
        ctx.color = wanted()
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            # The message may quote a name of the source.
            vars(error)["message"] = printable(error.message)
            raise
        except KeyboardInterrupt as error:
            click.echo("\nAborted!", err=True)
            raise click.exceptions.Exit(INTERRUPTED) from error
        except OSError as error:
            # Commands handle errors of their own files: this one concerns the output stream.
            if error.errno == errno.EPIPE:
                raise
            raise click.ClickException(error.strerror or str(error)) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # Uses the texts above, so that --help imports no command.
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        try:
            flytekit = version("flytekit")
        except PackageNotFoundError:
            flytekit = "not installed"
        python = platform.python_version()
        click.echo(f"transpile {__version__} (Python {python}, flytekit {flytekit})")
        ctx.exit()


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the versions of transpile, Python and flytekit, and exit.",
)
def main() -> None:
    """Turn legacy batch-scheduler job definitions into Flyte imperative workflows.

    Exit status: 0 done, 1 something was left out or could not be read, 2 wrong usage, 130 ended
    by Ctrl-C.
    """
    # The objects of a conversion live until its end: looking for garbage wastes time.
    gc.disable()
