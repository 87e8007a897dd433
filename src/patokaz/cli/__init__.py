"""The commands. No logic: options in, a call, words out. Exit codes: 0 fine, 1 findings, 2 usage, 3 cannot continue."""

from patokaz.cli.main import main

__all__ = ["main"]
