#!/bin/sh
# The manual's way to another machine: a backup is copied, restored elsewhere and says the same,
# encrypted or not.
set -eu
build=${builddir:-$PWD}
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
export DOUDI_TODAY=2026-11-27
key=$work/keys/doudi.key

doudi() {
    home=$1
    shift
    "$build/doudi" --home "$home" "$@"
}

# move OLD [--key-file FILE]: to OLD.moved
move() {
    old=$1
    shift
    doudi "$old" backup "$old.backup" >/dev/null
    doudi "$old" due --month 2026-11 --all >"$work/before"
    cp -a "$old.backup" "$old.copy"
    "$build/doudi" restore "$old.copy" --home "$old.moved" "$@"
    [ "$(doudi "$old.moved" verify)" = 'verify ok' ]
    doudi "$old.moved" due --month 2026-11 --all | cmp - "$work/before"
    [ "$(wc -l <"$work/before")" -gt 5 ]
}

mkdir -m 700 "$work/keys"
head -c 33 /dev/urandom | base64 >"$key"
chmod 400 "$key"
doudi "$work/plain" demo --area 211103001 --cases 20 --months 2 --seed 1 >/dev/null
move "$work/plain"
"$build/doudi" restore "$work/plain.backup" --home "$work/secret" --new-key-file "$key"
move "$work/secret" --key-file "$key"
if "$build/doudi" restore "$work/secret.backup" --home "$work/none"; then
    echo 'an encrypted backup was restored without its key'
    exit 1
fi
