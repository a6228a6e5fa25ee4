#!/usr/bin/env python
"""Django's command line; finds or starts the embedded servers when no others are named."""

import os
import sys
from pathlib import Path

from hedong_portal.embedded import EmbeddedError, cli, environment

ROOT = Path(__file__).resolve().parent
WITHOUT_SERVERS = {"help", "--help", "-h", "version", "--version"}


def main(argv: list[str]) -> None:
    """`portal start|stop|status|new-key` need no Django; everything else may need servers."""
    if argv[1:2] == ["portal"] and argv[2:3] and argv[2] in cli.ACTIONS:
        sys.exit(cli.main(argv[2], environment.data_dir(ROOT)))
    if not argv[1:] or argv[1:] == ["portal"] or WITHOUT_SERVERS & set(argv[1:]):
        environment.fill_unreachable(ROOT)
    else:
        environment.fill(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hedong_portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))  # the sentence says how to mend it; a traceback would hide it


if __name__ == "__main__":
    try:
        main(sys.argv)
    except EmbeddedError as error:
        sys.exit(str(error))
