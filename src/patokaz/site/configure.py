"""How MkDocs, Material and static-i18n are set so that a library needs a small ``mkdocs.yml``."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from pathspec.gitignore import GitIgnoreSpec

from patokaz.site.environment import keep_templates
from patokaz.site.preparation import Preparation

THEME = "resources/theme"
_UNWANTED = ("assets/javascripts/", "assets/images/", "assets/stylesheets/palette")
_UNWANTED_SUFFIXES = (".map", ".ttf", ".py", "README.md", "fonts-print.css")

_FOR_ARABIC = ("assets/fonts/Vazirmatn", "assets/fonts/OFL-Vazirmatn", "assets/fonts/fonts-arabic")


def theme_folder() -> Path:
    """The engine's own theme: templates, CSS, script, fonts."""
    return Path(str(resources.files("patokaz") / THEME))


def wanted(uri: str, *, arabic: bool) -> bool:
    """Whether a file of the theme is published: not Material's scripts and icons, not fonts that no page needs."""
    if uri == "sitemap.xml":
        # Without site_url the theme's template is no static template and would be copied as a file.
        return False
    if uri.startswith(_FOR_ARABIC) and not arabic:
        return False
    return not uri.startswith("assets/") or not (uri.startswith(_UNWANTED) or uri.endswith(_UNWANTED_SUFFIXES))


def current_language(config: MkDocsConfig) -> str:
    """The language that this run of the build is for."""
    i18n = config.plugins.get("i18n")
    if i18n is None:
        raise Abort("mkdocs.yml needs the plugin `i18n` (mkdocs-static-i18n); see docs/contributing/new-library.md")
    return str(getattr(i18n, "current_language", None) or getattr(i18n, "default_language"))  # noqa: B009


def is_nested_build(config: MkDocsConfig) -> bool:
    """Whether static-i18n is building a further language of the same site."""
    return bool(getattr(config.plugins.get("i18n"), "building", False))


def configure(config: MkDocsConfig, preparation: Preparation, language: str) -> MkDocsConfig:
    """Point MkDocs at the compiled tree and set what a library must not have to know. Idempotent."""
    if config.theme.name != "material":
        raise Abort("mkdocs.yml needs `theme: {name: material}`")
    config.docs_dir = str(preparation.folder)
    config.use_directory_urls = False
    # Pages are HTML already; MkDocs' Markdown sees nothing but empty stubs.
    config.markdown_extensions, config.mdx_configs = [], {}
    # Navigation comes from the compiled pages. One entry keeps MkDocs from building and checking its own.
    config.nav = [{"index": "index.md"}]
    config.not_in_nav = GitIgnoreSpec.from_lines(["*"])
    # Our rules guarantee that every link leads somewhere, and a test follows every link of the built site.
    for key in ("not_found", "anchors", "absolute_links", "unrecognized_links"):
        config.validation.links[key] = 0
    config.theme["language"] = language
    config.theme["font"] = False
    config.theme["features"] = []
    config.theme["favicon"] = "assets/patokaz/signpost.svg"
    names = preparation.ready().library.settings.names
    config.site_name = names.get(language) or next(iter(names.values()))
    folder = str(theme_folder())
    if folder not in config.theme.dirs:
        # After a library's own overrides, before Material.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, folder)
    keep_templates(config.theme)
    config.theme.static_templates.discard("sitemap.xml")
    if config.site_url:
        config.theme.static_templates.add("sitemap.xml")
    return config
