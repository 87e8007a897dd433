"""The commands. No logic: options in, a call, words out. Exit codes: 0 fine, 1 findings, 2 usage, 3 cannot continue."""

from patokaz.cli import as_of, control, diff, exchange, printing, reference, status, translations, word
from patokaz.cli.main import main

__all__ = ["as_of", "control", "diff", "exchange", "main", "printing", "reference", "status", "translations", "word"]
