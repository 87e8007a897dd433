"""What is run in pages to time their search: the same for both sites. Times are the page's own, in milliseconds."""

from __future__ import annotations

import shutil

CAPTURED = """([query, option]) => {
    window.firstResult = new Promise((done) => {
        let start = 0;
        addEventListener("keydown", (event) => { start = start || event.timeStamp; }, {capture: true, once: true});
        addEventListener("focusin", ({target}) => {
            if (target.matches("input") && !target.value) {
                target.value = query;
                target.dispatchEvent(new InputEvent("input", {bubbles: true}));
                target.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
            }
        });
        const watch = new MutationObserver(() => {
            if (start && document.querySelector(option)) {
                watch.disconnect();
                done(performance.now() - start);
            }
        });
        watch.observe(document, {childList: true, subtree: true});
    });
}"""
"""Takes the query and the selector of an option; puts the query into the field that gets focus."""

FIRST = "window.firstResult"

QUERIES_SHOWN = """async ([queries, field, results]) => {
    const input = document.querySelector(field), times = [];
    for (const query of queries) {
        await new Promise((done) => setTimeout(done, 100));
        times.push(await new Promise((done) => {
            const start = performance.now();
            const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now() - start); });
            setTimeout(() => done(null), 20000);
            watch.observe(document.querySelector(results), {childList: true, subtree: true, characterData: true});
            input.value = query;
            input.dispatchEvent(new InputEvent("input", {bubbles: true}));
            input.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
        }));
    }
    return times;
}"""
"""From (queries, field, part that shows results) to the time of each until that part changes; null where it does not for 20 s."""

FIND = """(queries) => queries.map((query) => {
    const start = performance.now();
    window.patokazFinder.find(query);
    return performance.now() - start;
})"""


def program() -> str:
    """The Chromium of this machine.

    Raises:
        SystemExit: there is none.

    """
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise SystemExit("Chromium is missing: sh scripts/need-browser.sh")
    return found
