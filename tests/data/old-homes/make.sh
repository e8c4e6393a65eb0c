#!/bin/sh
# make.sh BUILD NAME CASES SEED: makes NAME.tar.xz and NAME.txt with the programs of an older build.
set -eu
build=$1 name=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
home=$work/home
export DOUDI_TODAY=2026-11-20 LC_ALL=C.UTF-8

doudi() { "$build/doudi" --home "$home" "$@"; }

"$build/doudid" --home "$home" --create 2>"$work/log" &
server=$!
trap 'kill $server 2>/dev/null || :; rm -rf "$work"' EXIT
while ! [ -S "$home/doudi.sock" ]; do sleep 0.1; done
doudi demo --area 211103001 --cases "$3" --months 3 --seed "$4" >/dev/null
doudi close-month 2026-10 --area 211103 || :
# A visit that finds somebody ill: an alarm, in programs that have alarms.
doudi due --month 2026-11 --all >"$work/due"
sed -n '2{s/^[^,]*,[^,]*,[^,]*,\([^,]*\),\([^,]*\),.*/\1,\2/;p}' "$work/due" >"$work/who"
{
    echo '姓名,身份证号,探访日期,方式,结果,探访人员,健康状况,现场处置'
    echo "$(cat "$work/who"),2026-11-19,上门,成功,刘洋,异常,已联系家属"
} >"$work/visits.csv"
doudi import visit "$work/visits.csv" >/dev/null || :
"$here/ask.sh" "$build/doudi" "$home" >"$here/$name.txt"
doudi verify >/dev/null
kill $server
wait $server || :
rm -rf "$home/log" "$home/tmp" "$home/archive" "$home/doudi.sock"
tar -C "$work" --sparse --owner=0 --group=0 --mtime=2026-11-20 -c home | xz -9e >"$here/$name.tar.xz"
ls -l "$here/$name.tar.xz"
