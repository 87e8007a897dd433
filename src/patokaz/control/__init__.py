"""Document control: opening, adopting and sealing revisions. Writes records and ``revisions/``; decides nothing by the clock."""

from patokaz.control.adopt import Adoption, adopt
from patokaz.control.revise import revise
from patokaz.control.seal import seal

__all__ = ["Adoption", "adopt", "revise", "seal"]
