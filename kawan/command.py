"""The command `kawan`: its table of contents, and one sentence for everything that is wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer
from typer.exceptions import TyperException

from kawan import terminal
from kawan.commands import (
    activities,
    content,
    crises,
    directory,
    people,
    processes,
    sessions,
    understanding,
    upkeep,
    worlds,
)
from kawan.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence


def table_of_contents() -> typer.Typer:
    app = typer.Typer(
        name="kawan",
        help="Kawan Pulih: a Telegram companion for people in aftercare.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    processes.listed(app)
    people.listed(app)
    sessions.listed(app)
    activities.listed(app)
    directory.listed(app)
    upkeep.listed(app)
    crises.listed(app)
    content.listed(app)
    worlds.listed(app)
    understanding.listed(app)
    return app


def main() -> None:
    sys.exit(answer(sys.argv[1:]))


def answer(arguments: Sequence[str]) -> int:
    """Do what is asked; the exit status, 2 where something asked for cannot be."""
    try:
        done = table_of_contents()(list(arguments), prog_name="kawan", standalone_mode=False)
    except TyperException as wrong:
        return _refuse(wrong)
    except Exception as error:
        if not _is_refusal(error):
            raise
        terminal.complain(str(error))
        return 2
    except KeyboardInterrupt:
        return 130
    return int(done or 0)


def _is_refusal(error: Exception) -> bool:
    # Imported here: they cost a tenth of a second that `--help` need not pay.
    from aftercare.settings import SettingsError
    from aftercare.strict_yaml import ContentErrors

    return isinstance(error, Refusal | SettingsError | ContentErrors)


def _refuse(wrong: TyperException) -> int:
    sentence = " ".join(wrong.format_message().replace("Value error, ", "").split())
    if sentence:
        terminal.complain(sentence)
    return wrong.exit_code
