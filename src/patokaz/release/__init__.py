"""The pipeline from sources to a published folder, all or nothing."""

from patokaz.release.build import Built, Options, build, checked
from patokaz.release.printing import images_of

__all__ = ["Built", "Options", "build", "checked", "images_of"]
