"""The command line. Each command's module is imported only when it is called."""

import errno
import gc
import importlib
import io
import sys

import click

from transpile import __version__
from transpile.interrupts import INTERRUPTED, own_interrupts, reraise_interrupt
from transpile.sources.printable import printable

_COMMANDS = {
    "convert": "Convert job definitions into Flyte workflows.",
    "check": "Report what a conversion would find; write nothing.",
    "dry-run": "Run a converted workflow as Flyte would, commands simulated or real.",
    "verify": "Compare the source's behaviour with the converted workflows'.",
    "package": "Pack a converted folder for registration, as `pyflyte package` does.",
    "inventory": "Say what there is, before converting.",
    "graph": "Draw the jobs and what they wait for: Graphviz, Mermaid or SVG.",
    "schedule": "Compare run times of the source with those of the launch plans.",
    "dialects": "List the formats that can be read, or say what becomes of one.",
    "explain-map": "Say which rule of transpile.toml counts for a job.",
    "explain": "Explain a diagnostic code.",
}


class _LazyGroup(click.Group):
    """A group whose commands are modules of this package, imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        try:
            with own_interrupts():
                module = importlib.import_module(f"transpile.cli.{cmd_name.replace('-', '_')}")
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != "flytekit":
                raise
            help_text = f"{cmd_name} needs flytekit: pip install 'transpile[flyte]'"
            raise click.UsageError(help_text, ctx) from error
        except RuntimeError as error:
            # Before 3.12 Python wraps a Ctrl-C that comes while a class is made.
            reraise_interrupt(error)
            raise
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> object:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # A name that the terminal cannot show must not end the program.
                stream.reconfigure(errors="backslashreplace")
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
            # What is left here is the terminal or the file that the output goes to.
            if error.errno == errno.EPIPE:
                raise
            raise click.ClickException(error.strerror or str(error)) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # The help texts stand above, so that --help imports no command.
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="transpile")
def main() -> None:
    """Turn legacy batch-scheduler job definitions into Flyte imperative workflows.

    Exit status: 0 converted, 1 something was left out or could not be read, 2 wrong usage, 130
    ended by Ctrl-C.
    """
    # A conversion builds trees that live until its end: collecting them again and again is waste.
    gc.disable()
