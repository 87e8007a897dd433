"""Step 5: compiled pages → HTML for print → PDF. The only part that knows WeasyPrint."""

from patokaz.handbooks.compose import compose
from patokaz.handbooks.composed import Composed
from patokaz.handbooks.notices import compose_notice, compose_redline
from patokaz.handbooks.pdf import print_pdf
from patokaz.handbooks.posters import compose_poster, posters_of
from patokaz.handbooks.select import handbooks_of, pages_of

__all__ = [
    "Composed",
    "compose",
    "compose_notice",
    "compose_poster",
    "compose_redline",
    "handbooks_of",
    "pages_of",
    "posters_of",
    "print_pdf",
]
