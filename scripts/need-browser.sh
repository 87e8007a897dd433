#!/bin/sh
# What only the tests need: Chromium and the PDF tools. Installed when root, otherwise one line says what to do.
missing=""
browser=""
command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || browser=chromium
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
command -v qpdf >/dev/null || missing="$missing qpdf"
[ -z "$browser$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq; then
    # The shell draws the same pages without windows and menus, in a third of the time; older systems lack it.
    [ -n "$browser" ] && apt-cache show chromium-headless-shell >/dev/null 2>&1 && browser=chromium-headless-shell
    exec apt-get install -y --no-install-recommends $browser $missing
fi
missing="${browser:+ $browser}$missing"
echo "The tests need:$missing. Install: sudo apt-get install -y --no-install-recommends$missing" >&2
exit 1
