#!/bin/sh
# Python 3.11 or newer with venv: installed when root on Debian or Ubuntu, otherwise one line says what to do.
python=$1
"$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && exit 0
line="apt-get install -y --no-install-recommends python3 python3-venv"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && $line && exec "${python:-python3}" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
fi
echo "Patokaz needs Python 3.11 or newer with venv. Install it: sudo $line" >&2
exit 1
