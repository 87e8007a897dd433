"""Word files: a text out for people who do not write Markdown, and their edits back in. The only part that knows python-docx."""

from patokaz.word.export import export
from patokaz.word.importing import Imported, import_word
from patokaz.word.origin import Origin

__all__ = ["Imported", "Origin", "export", "import_word"]
