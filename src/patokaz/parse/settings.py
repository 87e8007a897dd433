"""``mkdocs.yml`` → what the library needs of it: languages, edition, audience, names.

Read here a second time, independently of MkDocs, so that ``patokaz check`` needs no site generator.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from patokaz.findings import Finding, Location, finding
from patokaz.model.base import Audience, Field, Model, NonEmpty, Slug, Words
from patokaz.model.library import DEFAULT_CHAIN, ChainStep, Edition, Settings
from patokaz.model.records import Status
from patokaz.parse.records import to_model
from patokaz.parse.strict_yaml import parse_yaml

CONFIG_FILE = "mkdocs.yml"


class EditionOption(Model):
    """``edition:`` of the plugin's options."""

    id: NonEmpty
    date: datetime.date


class ChainOption(Model):
    """One step of ``chain:``, the way a revision is adopted."""

    status: Status
    required: bool = True
    bodies: tuple[Slug, ...] = ()


class PluginOptions(Model):
    """The options of the ``patokaz`` plugin."""

    audience: Audience = "professional"
    chain: tuple[ChainOption, ...] = ()
    edition: EditionOption
    titles: Annotated[Words, Field(min_length=1)]


class LanguageOption(Model):
    """One language of the ``i18n`` plugin, as far as Patokaz reads it."""

    locale: NonEmpty
    name: NonEmpty
    default: bool = False
    build: bool = True


def parse_settings(content: str) -> tuple[Settings | None, tuple[Finding, ...]]:
    """Read ``mkdocs.yml``. Its own tags (``!ENV``, ``!relative``) are allowed and ignored."""
    parsed = parse_yaml(content, CONFIG_FILE, allow_tags=True)
    if parsed.findings:
        return None, parsed.findings
    if not isinstance(parsed.value, dict):
        return None, (
            finding(
                "KB017", Location(CONFIG_FILE), "mkdocs.yml must be a mapping", "see docs/contributing/new-library.md"
            ),
        )
    options: Any = None
    languages: list[LanguageOption] = []
    problems: list[Finding] = []
    plugins = parsed.value.get("plugins")
    for index, plugin in enumerate(plugins if isinstance(plugins, tuple) else ()):
        if not isinstance(plugin, dict):
            continue
        if "patokaz" in plugin:
            options, found = to_model(
                PluginOptions, plugin["patokaz"] or {}, parsed.places, ("plugins", index, "patokaz")
            )
            problems += found
        if isinstance(plugin.get("i18n"), dict):
            entries = plugin["i18n"].get("languages")
            for number, entry in enumerate(entries if isinstance(entries, tuple) else ()):
                prefix = ("plugins", index, "i18n", "languages", number)
                language, found = to_model(LanguageOption, entry, parsed.places, prefix)
                problems += found
                if language:
                    languages.append(language)
    if problems:
        return None, tuple(problems)
    if options is None or not languages:
        what = "`patokaz`" if options is None else "`i18n` with `languages`"
        where = parsed.places.at("plugins")
        return None, (
            finding(
                "KB102",
                where,
                f"the plugin {what} is missing",
                "see the mkdocs.yml in docs/contributing/new-library.md",
            ),
        )
    built = sorted((item for item in languages if item.build), key=lambda item: not item.default)
    site_dir, site_url = parsed.value.get("site_dir") or "site", parsed.value.get("site_url") or ""
    settings = Settings(
        languages=tuple(item.locale for item in built),
        language_names={item.locale: item.name for item in built},
        names=options.titles,
        audience=options.audience,
        edition=Edition(options.edition.id, options.edition.date),
        site_dir=str(site_dir),
        site_url=str(site_url),
        chain=tuple(ChainStep(step.status, step.required, step.bodies) for step in options.chain) or DEFAULT_CHAIN,
    )
    return settings, ()
