"""Exchange of translations with translators' tools: PO and XLIFF out, checked and written back in."""

from patokaz.exchange.delivery import Package, package
from patokaz.exchange.importing import READERS, Received, receive
from patokaz.exchange.po import write_po
from patokaz.exchange.rewriting import Signatures
from patokaz.exchange.units import Subject, Unit, subject, units
from patokaz.exchange.xliff import write_xliff

__all__ = [
    "READERS",
    "Package",
    "Received",
    "Signatures",
    "Subject",
    "Unit",
    "package",
    "receive",
    "subject",
    "units",
    "write_po",
    "write_xliff",
]
