"""Sources → :class:`~patokaz.model.library.Library` (step 1 of the pipeline). The only reader of sources."""

from patokaz.load.loader import Loaded, load
from patokaz.load.sealed import in_force, sealed_document
from patokaz.load.trees import SOURCE_FOLDERS, DiskTree, MemoryTree, Tree

__all__ = ["SOURCE_FOLDERS", "DiskTree", "Loaded", "MemoryTree", "Tree", "in_force", "load", "sealed_document"]
