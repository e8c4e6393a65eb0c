#!/bin/sh
# The manual's way to another machine: a backup is restored elsewhere, or the home of a stopped server
# copied whole; both say the same as before, encrypted or not.
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

# stop HOME: ends the server that its last command started.
stop() {
    for pid in $(pgrep -f -- "doudid --home $1 "); do
        kill "$pid"
        while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
    done
    ! [ -S "$1/doudi.sock" ]
}

# same HOME: it is sound and has the duties that the old home had.
same() {
    [ "$(doudi "$1" verify)" = 'verify ok' ]
    doudi "$1" due --month 2026-11 --all | cmp - "$work/before"
}

# move OLD [--key-file FILE]: to OLD.moved by a backup, to OLD.whole by a copy of the stopped home
move() {
    old=$1
    shift
    doudi "$old" due --month 2026-11 --all >"$work/before"
    [ "$(wc -l <"$work/before")" -gt 5 ]
    doudi "$old" backup "$old.backup" >/dev/null
    stop "$old"
    cp -a "$old" "$old.whole"
    cp -a "$old.backup" "$old.copy"
    mv "$old" "$old.gone"
    mv "$old.backup" "$old.backup.gone"
    "$build/doudi" restore "$old.copy" --home "$old.moved" "$@"
    same "$old.moved"
    same "$old.whole"
}

mkdir -m 700 "$work/keys"
head -c 33 /dev/urandom | base64 >"$key"
chmod 400 "$key"
doudi "$work/plain" demo --area 211103001 --cases 20 --months 2 --seed 1 >/dev/null
move "$work/plain"
"$build/doudi" restore "$work/plain.copy" --home "$work/secret" --new-key-file "$key"
move "$work/secret" --key-file "$key"
chmod 600 "$key"
mv "$key" "$work/keys/away"
stop "$work/secret.whole"
if "$build/doudi" --home "$work/secret.whole" verify >"$work/words" 2>&1; then
    echo 'an encrypted home was opened without its key'
    exit 1
fi
grep -q '密钥' "$work/words"
if "$build/doudi" restore "$work/secret.copy" --home "$work/none"; then
    echo 'an encrypted backup was restored without its key'
    exit 1
fi
