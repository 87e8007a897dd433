"""``python -m patokaz``."""

from patokaz.cli import main

main()
