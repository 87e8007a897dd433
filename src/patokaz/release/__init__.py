"""The pipeline from sources to a published folder, all or nothing."""

from patokaz.release.build import Built, Options, build
from patokaz.release.printing import Press, press

__all__ = ["Built", "Options", "Press", "build", "press"]
