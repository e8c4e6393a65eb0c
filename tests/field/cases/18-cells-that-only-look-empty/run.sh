#!/bin/bash
# DOUDI=program T=empty-folder [S=source tree] ./run.sh; exit status 0 = as expected
. "$(dirname "$0")/../../lib.sh"
home 2026-10-31
imp tanfang "$C/a.csv"
has "two people in, the third asked for the entry date, the line of blanks nothing" "rows 3 accepted 2 refused 1"
has "a cell of blanks is an empty cell" "纳入日期为空，请填写"
sed 's/空三,211102194304130311,独居,,　/空三,211102194304130311,独居,,2025-01-01/' "$C/a.csv" > "$T/b.csv"; imp tanfang "$T/b.csv"
has "with a date the third is in" "rows 3 accepted 1 refused 2"
finish
