"""``Library`` × audience × language → pages (step 3 of the pipeline)."""

from patokaz.pages.compiled import Compiled, compile_library
from patokaz.pages.markdown import EXTENSION_CONFIGS, EXTENSIONS, to_html
from patokaz.pages.page import Page

__all__ = ["EXTENSIONS", "EXTENSION_CONFIGS", "Compiled", "Page", "compile_library", "to_html"]
