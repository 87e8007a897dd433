#!/bin/sh
# The two system libraries that print handbooks (WeasyPrint): installed when root, otherwise one line says what to do.
have() { ldconfig -p 2>/dev/null | grep -q "$1"; }
have libpangoft2-1.0.so.0 && have libharfbuzz-subset.so.0 && exit 0
line="apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && exec $line
fi
echo "Printing needs Pango. Install it: sudo $line" >&2
exit 1
