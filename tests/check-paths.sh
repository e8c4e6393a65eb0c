#!/bin/sh
# Sources, build and installation in folders with blanks and Chinese characters: configures there and
# builds what names paths; `bootstrap check` builds and tests everything so. $MAKE: make.

set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
[ -x "${srcdir:?}/configure" ] || {
    echo 'there is no configure'
    exit 77
}
mkdir -p "$work/a b/源" "$work/构 建" && ln -s "$srcdir" "$work/a b/源/兜 底" && cd "$work/构 建" || exit 99
unset MAKEFLAGS MFLAGS MAKELEVEL
"$work/a b/源/兜 底/configure" -q --prefix="$work/装 好" CFLAGS=-O0 >log 2>&1 &&
    "${MAKE:-make}" -s data/complete doudi-sheet install-nobase_dist_pkgdataDATA >>log 2>&1 || {
    tail -20 log
    exit 1
}
for file in data/forms/tanfang.yaml data/divisions-2111.csv "$work/装 好/share/doudi/forms/tanfang.yaml"; do
    [ -e "$file" ] || {
        echo "$file is not there"
        exit 1
    }
done
