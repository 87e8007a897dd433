"""Step 5: the compiled pages as a site. The only part that knows MkDocs, Material and static-i18n."""

from patokaz.site.render import render_site

__all__ = ["render_site"]
