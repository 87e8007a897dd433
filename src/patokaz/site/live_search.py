"""The search of a preview: its scripts are made when a page first asks for them, not at every edit.

To index three languages takes as long as all else that an edit of one label needs. What is answered is made from the pages as compiled
last, so it is never older than they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from patokaz.pages import Compiled


def with_search(serve: WSGIApplication, root: str, compiled: Callable[[], Compiled]) -> WSGIApplication:
    """The server's application ``serve`` with the scripts of the search under ``root`` (``/…/``) of what ``compiled`` gives."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        script = _script(environ["PATH_INFO"].removeprefix(root), compiled)
        if script is None:
            return serve(environ, start_response)
        content = script.encode()
        headers = [("Content-Type", "text/javascript; charset=utf-8"), ("Content-Length", str(len(content)))]
        start_response("200 OK", headers)
        return [content]

    return application


def _script(path: str, compiled: Callable[[], Compiled]) -> str | None:
    """The script at ``path`` of the site: the default language's stand at its root."""
    if not path.endswith(".js") or "assets/" in path:
        return None
    now = compiled()
    language, _, name = path.rpartition("/")
    return now.search_scripts.get((language or now.languages[0], name))
