"""Putting a finished folder in the place of an older one, so that a reader never sees half of it."""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import os
import re
import shutil
import sys
from pathlib import Path

from patokaz.findings import KbError

MARKER = ".patokaz-site"
"""A file in every folder that Patokaz wrote; only such a folder, or an empty one, is ever replaced."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def staging_folder(target: Path) -> Path:
    """A new empty folder beside ``target``, on the same file system. Left-overs of killed builds are removed first."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for stale in target.parent.glob(f".{target.name}.stage-*"):
        owner = re.search(r"stage-(\d+)$", stale.name)
        if owner and not _alive(int(owner[1])):
            shutil.rmtree(stale, ignore_errors=True)
    folder = target.parent / f".{target.name}.stage-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def check_replaceable(target: Path) -> None:
    """Raise :class:`KbError` if ``target`` holds something that Patokaz did not write."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise KbError(f"{target} is not a folder; choose another with --site-dir")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file():
        raise KbError(
            f"{target} holds files that Patokaz did not write; empty it or choose another folder with --site-dir"
        )


def publish(staged: Path, target: Path) -> None:
    """Make ``staged`` the new ``target`` in one step.

    On Linux the two folders change places atomically (renameat2 with RENAME_EXCHANGE, Linux 3.15): at every moment
    ``target`` is the whole old or the whole new folder. Elsewhere the old folder is moved aside first; a crash between
    the two renames leaves it as ``.<name>.old``, which :func:`recover` puts back.
    """
    (staged / MARKER).write_text("This folder is replaced as a whole by patokaz build.\n", encoding="utf-8")
    if not target.exists():
        staged.rename(target)
        return
    if _exchange(staged, target):
        shutil.rmtree(staged, ignore_errors=True)
        return
    old = _aside(target)
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    staged.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def recover(target: Path) -> None:
    """Put back a folder that an interrupted :func:`publish` had moved aside; remove it once the site is there."""
    if target.exists():
        shutil.rmtree(_aside(target), ignore_errors=True)
    elif _aside(target).is_dir():
        _aside(target).rename(target)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _exchange(one: Path, other: Path) -> bool:
    """Swap two paths atomically; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(ctypes.util.find_library("c") or "libc.so.6", use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    result = library.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if result == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
