#!/bin/sh
# What only the tests need: Chromium and the PDF tools. Installed when root, otherwise one line says what to do.
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
command -v qpdf >/dev/null || missing="$missing qpdf"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && exec apt-get install -y --no-install-recommends $missing
fi
echo "The tests need:$missing. Install: sudo apt-get install -y --no-install-recommends$missing" >&2
exit 1
