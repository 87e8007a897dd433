"""Sources → :class:`~patokaz.model.library.Library` (step 1 of the pipeline). The only reader of sources."""

from patokaz.load.loader import Loaded, load
from patokaz.load.trees import SOURCE_FOLDERS, DiskTree, MemoryTree, Tree

__all__ = ["SOURCE_FOLDERS", "DiskTree", "Loaded", "MemoryTree", "Tree", "load"]
