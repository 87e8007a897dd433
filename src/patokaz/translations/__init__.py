"""Translations: which state of its original each follows, passage by passage, and the stamps that say so."""

from patokaz.translations.content import Content, Contents, number_differences
from patokaz.translations.freshness import Freshness, freshness, has_labels, label_freshness
from patokaz.translations.labels import LabelPassage, label_passages, label_prints
from patokaz.translations.passages import Passage, follows_stamp, passages
from patokaz.translations.stamps import follows_file, follows_of, follows_path, labels_stamped, stamped
from patokaz.translations.structure import Difference, differences, place_of

__all__ = [
    "Content",
    "Contents",
    "Difference",
    "Freshness",
    "LabelPassage",
    "Passage",
    "differences",
    "follows_file",
    "follows_of",
    "follows_path",
    "follows_stamp",
    "freshness",
    "has_labels",
    "label_freshness",
    "label_passages",
    "label_prints",
    "labels_stamped",
    "number_differences",
    "passages",
    "place_of",
    "stamped",
]
