"""The MkDocs plugin. Each hook is a few lines and hands over to a function that needs no MkDocs.

static-i18n runs the whole build again for each language in one process: the hooks are idempotent, and the library is
loaded and checked once per build.
"""

from __future__ import annotations

import datetime
import gc
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from patokaz.findings import FindingsError, KbError
from patokaz.load import SOURCE_FOLDERS
from patokaz.model.base import Audience
from patokaz.pages import Page
from patokaz.site.compact import compact, shorten_assets
from patokaz.site.configure import configure, current_language, is_nested_build, wanted
from patokaz.site.context import findings_for, not_found_context, page_context
from patokaz.site.kept import KeptPages
from patokaz.site.lean import lean
from patokaz.site.live_search import with_search
from patokaz.site.preparation import Preparation

log = logging.getLogger("mkdocs.plugins.patokaz")

_LOOK_EVERY = 0.15
"""Seconds between two looks at the sources in a preview: an edit shall show in less than two, and a rebuild needs most of them."""


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options; :mod:`patokaz.parse.settings` reads and checks the same ones."""

    audience = options.Choice(("public", "professional"), default="professional")
    edition = options.Type(dict)
    titles = options.Type(dict)
    chain = options.Type(list, default=[])


class PatokazPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Steps 1 to 4 inside ``mkdocs build`` and ``mkdocs serve``."""

    preparation: Preparation | None = None
    serving = False
    given = False

    def __init__(self) -> None:
        self.kept = KeptPages()

    def use(self, preparation: Preparation) -> None:
        """Take a library that is already compiled (``patokaz build``) instead of loading one."""
        self.preparation, self.given = preparation, True

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview. Having this hook keeps the plugin alive between live reloads."""
        self.serving = command == "serve"

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load, check, compile; then point MkDocs at the compiled tree. Runs before static-i18n's hook."""
        if not self.given and not is_nested_build(config):
            if self.serving:
                # A rebuild makes many objects that live on: looking for circles among them costs a sixth of the time.
                gc.disable()
            self._prepare(config)
        return configure(config, self._ready(), current_language(config))

    def _prepare(self, config: MkDocsConfig) -> None:
        root = Path(config.config_file_path or ".").resolve().parent
        if self.preparation is None:
            audience: Audience = "public" if self.config.audience == "public" else "professional"
            self.preparation = Preparation(root, audience, preview=self.serving)
        try:
            self.preparation.run(datetime.date.today())  # noqa: DTZ011 - the writer's own calendar day is meant
        except FindingsError as error:
            for item in error.findings:
                log.error(str(item))
            raise Abort(str(error)) from None
        except KbError as error:
            raise Abort(str(error)) from None
        for item in self.preparation.findings:
            log.info(str(item))

    def _ready(self) -> Preparation:
        assert self.preparation is not None, "MkDocs calls on_config first"
        return self.preparation

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Reload on edits of the sources, not on our own writing of the compiled tree."""
        server.unwatch(config.docs_dir)
        # MkDocs looks for edits twice a second; watches set from here on look more often.
        server.observer._timeout = _LOOK_EVERY
        for folder in SOURCE_FOLDERS:
            server.watch(str(self._ready().root / folder))
        server.set_app(with_search(server.serve_request, server.mount_path, lambda: self._ready().ready()))
        return server

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Leave out what the theme brings and the site does not use, and of a preview what is the same as before."""
        compiled = self._ready().ready()
        kept = [file for file in files if wanted(file.src_uri, arabic=compiled.needs_arabic_font)]
        if self.serving:
            kept = [file for file in kept if self._is_needed(file.src_uri, current_language(config))]
        return Files(kept)

    def _is_needed(self, uri: str, language: str) -> bool:
        """Whether a preview has to make a file: not those of other languages, which static-i18n would take apart for the map of the site only."""
        folder, _, path = uri.partition("/")
        pages = self._ready().ready().pages
        key = (folder, path.removesuffix(".md"))
        if key not in pages:
            return folder == language or folder not in self._ready().ready().languages
        if folder != language:
            return False
        # MkDocs wants the page that the navigation names.
        return not self.kept.is_same(key, self._context(pages[key])) or path == "index.md"

    def on_pre_page(self, page: MkDocsPage, /, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """Hand over the compiled body: MkDocs would set up a Markdown parser for each page and have nothing to parse."""
        page.content = self._compiled_page(page, config).body
        page.render = _as_it_is  # type: ignore[method-assign]
        return page

    def on_page_context(
        self, context: TemplateContext, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the template the compiled page."""
        compiled = self._compiled_page(page, config)
        own = self.kept.context(_key(compiled)) if self.serving else self._context(compiled)
        context["patokaz"] = own  # type: ignore[typeddict-unknown-key]
        return context

    def _context(self, compiled: Page) -> dict[str, Any]:
        preparation = self._ready()
        findings = findings_for(compiled, preparation.findings) if self.serving else []
        return page_context(preparation.ready(), compiled, findings, preview=self.serving)

    def on_post_page(self, output: str, /, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Leave out the bytes that no browser needs; a preview is better quick than small."""
        compiled = self._compiled_page(page, config)
        return self.kept.keep(_key(compiled), output) if self.serving else compact(lean(output))

    @event_priority(-200)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Trim Material's style sheet and shorten our scripts and styles where they were copied to: static-i18n takes no generated file.

        Once, after static-i18n's hook, which builds the other languages.
        """
        if is_nested_build(config):
            return
        if not self.serving:
            shorten_assets(Path(config.site_dir))
        else:
            compiled = self._ready().ready()
            self.kept.write(compiled.pages, Path(config.site_dir), default=compiled.languages[0])
            gc.enable()

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give 404.html its words."""
        context["not_found"] = not_found_context(self._ready().ready())  # type: ignore[typeddict-unknown-key]
        return context

    def _compiled_page(self, page: MkDocsPage, config: MkDocsConfig) -> Page:
        language, _, path = page.file.src_uri.removesuffix(".md").partition("/")
        assert language == current_language(config)
        return self._ready().ready().pages[language, path]


def _as_it_is(config: MkDocsConfig, files: Files) -> None:
    """Instead of :meth:`mkdocs.structure.pages.Page.render`: the content is there."""


def _key(page: Page) -> tuple[str, str]:
    return page.language, page.path
