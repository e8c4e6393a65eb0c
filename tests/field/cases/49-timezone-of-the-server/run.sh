#!/bin/bash
# DOUDI=program T=empty-folder [S=source tree] ./run.sh; exit status 0 = as expected
. "$(dirname "$0")/../../lib.sh"
export TZ=America/Los_Angeles; unset DOUDI_TODAY
trap 'rc=$?; stop; exit $rc' EXIT
"$DOUDI" --home "$H" init --area 2111 --divisions "$S/share/divisions-2111.csv" >/dev/null
"$DOUDI" --home "$H" officer add 1001 --name 张敏 --role street --area 211102002 >/dev/null
c=$(TZ=Asia/Shanghai date +%F); n=$(TZ=Asia/Shanghai date -d 'tomorrow' +%F); echo "China $c, Los Angeles $(date +%F)"
# a first day is nobody's to put in: China's today is one, the day after is in the future
roll() { printf '区划代码,姓名,身份证号,类别,纳入日期\n211102002005,时区,211102194102110179,独居,%s\n' "$1" > "$T/a.csv"; imp tanfang "$T/a.csv"; }
roll "$n"; has "China's tomorrow is in the future" "将来"; has "and refused" "rows 1 accepted 0 refused 1"
roll "$c"; has "China's today is not" "rows 1 accepted 1 refused 0"
has "the batch is of China's day" "batch ${c//-/}-"
show admin officer list >/dev/null
bundle; cut -d, -f7,16 "$T/x/cases.csv" | tee "$T/last"
has "the entry date is China's" "$c"
finish
