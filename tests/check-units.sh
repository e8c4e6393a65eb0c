#!/bin/sh
# How exposed the services are, as systemd itself judges it: not more than doc/security.md says. And
# that unit and server agree which faults last.

set -u
cd "${builddir:?}/systemd" || exit 1
lasting=$(sed -n 's/.* LASTING\[\] = {\(.*\)};/\1/p' "${srcdir:?}/src/server/serve.c" |
    sed 's/,//g; s/EX_USAGE/64/; s/EX_DATAERR/65/; s/EX_NOINPUT/66/; s/EX_CANTCREAT/73/; s/EX_NOPERM/77/')
grep -qx "RestartPreventExitStatus=$lasting" doudid.service || {
    echo "RestartPreventExitStatus= of doudid.service is not $lasting as in serve.c"
    exit 1
}
if ! systemd-analyze security --help 2>/dev/null | grep -q -- --offline; then
    echo 'systemd-analyze (systemd 250 or later) is not there'
    exit 77
fi
failed=0

# score UNIT MOST: tenths of a point, of 100.
score() {
    [ -f "$1" ] || {
        echo "$1 was not built"
        failed=1
        return
    }
    systemd-analyze security --offline=true --no-pager --threshold="$2" "$PWD/$1" >"$log" 2>&1 || {
        grep -v '✓' "$log"
        echo "$1: more exposed than $2 tenths"
        failed=1
    }
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
score doudid.service 5
score doudi-export.service 3
score doudi-send.service 20
exit "$failed"
