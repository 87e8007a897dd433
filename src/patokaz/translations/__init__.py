"""Translations: which state of its original each follows, passage by passage, and the stamps that say so."""

from patokaz.translations.freshness import Freshness, freshness, has_labels, label_freshness
from patokaz.translations.passages import Passage, passages
from patokaz.translations.stamps import labels_stamped, stamped

__all__ = [
    "Freshness",
    "Passage",
    "freshness",
    "has_labels",
    "label_freshness",
    "labels_stamped",
    "passages",
    "stamped",
]
