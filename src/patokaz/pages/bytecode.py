"""Compiled templates are kept beside them as Python keeps its modules: to compile all of them takes a sixth of a second in every command."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket


class Beside(jinja2.BytecodeCache):
    """Keeps the bytecode of a template in ``__pycache__`` beside it, where Python would (PEP 3147) and unless it is told not to.

    Jinja takes it only for the same source, the same version of Python and of itself. Where it cannot be written all is as without it.
    """

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The file of the bytecode."""
        return importlib.util.cache_from_source(filename or name)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the file, if it is there."""
        with contextlib.suppress(OSError), Path(bucket.key).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the file; whoever reads meanwhile sees the whole file or none."""
        if sys.dont_write_bytecode:
            return
        file = Path(bucket.key)
        temporary = file.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(bucket.bytecode_to_string())
            temporary.replace(file)
