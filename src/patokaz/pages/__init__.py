"""``Library`` × audience × language → pages (step 3 of the pipeline)."""

from patokaz.pages.compiled import Compiled, compile_for_print, compile_library
from patokaz.pages.page import Page

__all__ = ["Compiled", "Page", "compile_for_print", "compile_library"]
