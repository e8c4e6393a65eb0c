#!/bin/sh
# Folders and files that the account may not write or read: the command names them and ends with 66,
# 73 or 74, never with 77, which means that an officer has no right. Root may write everywhere, so it
# runs this as somebody else.

set -u
build=${builddir:-$PWD}
if [ "$(id -u)" = 0 ]; then
    nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
    if ! $nobody test -x "$build/doudi" 2>/dev/null; then
        echo 'skipped: no other account may run what is built here'
        exit 77
    fi
    exec $nobody "$0" "$@"
fi

work=$(mktemp -d -p /tmp) || exit 99 # which every account may enter
home=$work/home
server=
failed=0
export DOUDI_TODAY=2026-11-27
umask 022

stop() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; }
    server=
}
start() {
    "$build/doudid" --home "$home" "$@" 2>"$work/log" &
    server=$!
    for _ in $(seq 100); do
        [ -S "$home/doudi.sock" ] && return
        sleep 0.1
    done
}
trap 'stop; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT

# expect STATUS WORDS COMMAND…: what doudi ends with and says.
expect() {
    status=$1 words=$2
    shift 2
    said=$("$build/doudi" --home "$home" "$@" 2>&1)
    got=$?
    case $got/$said in
    "$status"/*"$words"*) ;;
    *)
        printf 'doudi %s: %s, not %s with "%s"\n%s\n' "$*" "$got" "$status" "$words" "$said"
        failed=1
        ;;
    esac
}

start --create
"$build/doudi" --home "$home" demo --area 211103001 --cases 10 --months 1 --seed 1 >/dev/null || exit 99

mkdir "$work/closed" "$work/open"
printf '姓名,身份证号,类别,纳入日期\n王,1,,\n' >"$work/closed/elders.csv"
printf 'x' >"$work/open/unreadable.csv"
chmod 500 "$work/closed"
chmod 000 "$work/open/unreadable.csv"

# what a command writes
expect 73 "$work/closed/x" export --out "$work/closed/x"
expect 73 "$work/closed" export --out "$work/closed"
expect 73 "$work/closed/x" backup "$work/closed/x"
expect 73 "打不开上级目录 $work/none：没有这个文件或目录" export --out "$work/none/x"
expect 73 "打不开上级目录 $work/none：没有这个文件或目录" backup "$work/none/x"
expect 73 '/dev/null 不是目录' export --out /dev/null
expect 73 "$work/closed/due.csv" due --month 2026-11 -o "$work/closed/due.csv"
expect 73 "$work/closed" due --month 2026-11 -o "$work/closed"
expect 74 '磁盘已满' due --month 2026-11 -o /dev/full
expect 73 "$work/closed/elders.csv.refused.csv" import tanfang "$work/closed/elders.csv"
# what it reads
expect 66 '没有读写它的权限' import tanfang "$work/open/unreadable.csv"
expect 0 '' backup "$work/backup"
chmod 000 "$work/backup"
mine=$home home=$work/other
expect 66 '没有读写它的权限' restore "$work/backup"
home=$mine
# the home's own folders
for folder in tmp backup; do
    mkdir -p "$home/$folder"
    chmod 500 "$home/$folder"
    expect 73 "$home/$folder" export --out "$work/out"
    [ $folder = backup ] || expect 73 "$home/tmp" verify
    chmod 700 "$home/$folder"
done
stop
chmod 500 "$home"
expect 73 "$home 读不了或写不进" status
expect 73 "$home 读不了或写不进" rekey --new-key-file "$work/open/unreadable.csv"
chmod 700 "$home"
chmod 400 "$home/db/person.db"
expect 74 "$home/db/person.db 读不了或写不进" status
chmod 600 "$home/db/person.db"
start
expect 0 'verify ok' verify
expect 0 '' export --out "$work/out"
exit $failed
