"""Step 5: compiled pages → handbook HTML → PDF. The only part that knows WeasyPrint."""

from patokaz.handbooks.compose import Handbook, compose
from patokaz.handbooks.pdf import print_pdf
from patokaz.handbooks.select import handbooks_of, pages_of

__all__ = ["Handbook", "compose", "handbooks_of", "pages_of", "print_pdf"]
