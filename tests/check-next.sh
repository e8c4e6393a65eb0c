#!/bin/sh
# Every refusal says what to do next: the texts of replies that refuse, of warnings on the screens and of
# commands, of problems at a field, of the results' own words and of the programmes' rules (`say` and `back` in
# forms) have one of the words below, or stand among the exceptions with the reason. So has every other text of
# the sources, also one that stands in a table, if it has a word of refusal, and a notice on the screens.

set -u
cd "${srcdir:-.}" || exit 99

# Words by which a text says what to do, or what is expected in place of what was given.
next='请|先|可以|可按|可打|可用|可查|可看|可填|按[ “%A-Z]|再|改|应|联系|核对|选|填|换|只能|只可|要|须|由|Esc|--|用|等|光标移到|仍需|才能|的见'
# The same characters where they say no such thing.
other='应访|录由|要求|不要求|没有核对|再次登记过|不再是|不需要长期|自由|先行'

# a text's part, or = and the whole text, a blank, why it says nothing further
exceptions() {
    cat <<'TEXTS'
名单上已有此人 what_to_do_with_the_row_is_the_last_%s
没有接收%s the_last_%s_tells_how_to_print_instead
没有办成（%s the_last_%s_tells_what_to_do_instead
没有提交：%s：%s the_last_%s_is_the_server's_text
份没有办成：%s the_last_%s_is_the_server's_text
已批准免访 it_is_done
已撤销免访 it_is_done
（%d至%d字） the_first_%s_asks_for_it
src/base/result.c:84: a_cause_behind_what_failed
src/cli/hook.c its_last_lines_become_part_of_command_send.c
src/domain/payroll.c one_of_the_differences_of_two_rosters
src/service/keeping/verify one_of_the_findings_of_doudi_verify
从备份 the_last_%s_is_result_words()
=不能发 a_row's_or_a_column's_heading
笔不能发 one_of_the_figures_of_a_roster
；不能发： the_last_%s_is_the_reason
=不能导入 a_row's_state
不能导入的 a_list's_heading
，不能导入 one_of_the_figures_of_an_import
=不得公示 stands_in_place_of_a_name
没有读：不认识 a_row's_state,_changed_by_Enter
登录失败： a_note_in_the_log
=失败 a_state_in_the_log
=签名不对 a_receipt's_state,_its_reason_is_beside_it
=间隔太短 a_kind_in_a_list
不能同时享受 a_kind_in_a_list
payroll_returns.c:[0-9]*:.附言 the_text_is_put_together_above_it
范围没有记下 the_last_%s_tells_what_to_do
打完没有，会在这里说 it_is_done
已写成文件 it_is_done
payrollbank.c the_rows_are_shown_with_reasons
哪些不能 an_action's_help
TEXTS
}

work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
find src -name '*.c' | sort >"$work/files"
xargs awk '
# The texts of a call, joined where the source breaks them; %" PRIu64 " is a %.
function texts(call,    text, i, c, inside) {
    text = ""
    for (i = 1; i <= length(call); i++) {
        c = substr(call, i, 1)
        if (inside && c == "\\") { i++; continue }
        if (c == "\"") inside = !inside
        else if (inside) text = text c
    }
    return text
}
FNR == 1 { call = "" }
call == "" && !(FILENAME ~ /^src\/(bundle|feed|form|report)\// && /refuse/) && /(^|[^a-z_])(reply_say|reply_say_at|app_warn|app_say|cli_say|problems_add|problems_warn|add_at|refuse|refuse_row|import_fault) ?\(|^    ROW\(RESULT_/ && !/^(enum|void|#)/ {
    call = " "
    begun = FNR
}
call != "" {
    call = call $0
    if (/;$|\),$|\)\)?$/ && (/;$/ || call ~ /ROW\(/)) {
        if (call !~ /RESULT_OK/) {
            text = texts(call)
            if (call ~ /(app|cli)_say ?\(/ && text !~ /没有|不|未|只有|无|缺|错|已经/)
                text = "" # it is done
            if (text != "" && call !~ /(result|client)_words/) # which have their own row
                print FILENAME ":" begun ": " text
        }
        call = ""
    }
}' <"$work/files" >"$work/all"
# All texts with a word of refusal, joined where the source breaks them. Files that other programs and the
# makers of forms have written are not an officer's to mend: their faults are told with what to do.
grep -E '^src/(base|domain|service|server|tui|cli)/' "$work/files" | xargs awk '
function flush() {
    if (text ~ /不能|不得|不可以|不对|不了|打不开|没有成|没有办成|失败|错误|无法|无效|不认识|超过|太长|太短|太多/)
        print FILENAME ":" begun ": " text
    text = ""
}
/^ *(\/\/|\/?\*)/ { next }
FNR == 1 { flush() }
{
    rest = $0
    while (match(rest, /"([^"\\]|\\.)*"/)) {
        between = substr(rest, 1, RSTART - 1)
        if (between !~ /^ *(PRI[a-zA-Z0-9]*)? *$/)
            flush()
        if (text == "")
            begun = FNR
        text = text substr(rest, RSTART + 1, RLENGTH - 2)
        rest = substr(rest, RSTART + RLENGTH)
    }
    if (rest !~ /^ *(PRI[a-zA-Z0-9]*)? *$/)
        flush()
}
END { flush() }' >"$work/refusing"
[ "$(wc -l <"$work/refusing")" -gt 200 ] || { echo "too few refusing texts were looked at"; exit 99; }
cat "$work/refusing" >>"$work/all"
# The rules of the programmes; not what their examples expect, nor an alarm's first words.
find forms -name '*.yaml' | sort | xargs awk '
FNR == 1 { skipped = -1 }
/^ *#/ { next }
{
    indent = match($0, /[^ ]/) - 1
    if (indent <= skipped)
        skipped = -1
    if (skipped < 0 && $0 ~ /^ *(examples|alarm):/)
        skipped = indent
    rest = $0
    while (skipped < 0 && match(rest, /(^|[ {])(say|back): */)) {
        rest = substr(rest, RSTART + RLENGTH)
        text = rest
        sub(/[,}].*/, "", text)
        if (text !~ /^\[/) # the steps to which an application may be sent back
            print FILENAME ":" FNR ": " text
    }
}' >"$work/rules"
[ "$(wc -l <"$work/rules")" -gt 100 ] || { echo "too few rules were looked at"; exit 99; }
cat "$work/rules" >>"$work/all"
# Those of other words only, as "%s。", are put together elsewhere.
sed -E 's/^[^ ]*: |%[a-z]+|。|：|；|（|）|[ -~]//g' "$work/all" | paste -d '\t' - "$work/all" | sed -n 's/^[^\t][^\t]*\t//p' >"$work/texts"
[ "$(wc -l <"$work/texts")" -gt 500 ] || { echo "too few texts were looked at"; exit 99; }
sed -E "s/$other//g" "$work/texts" | grep -vE -- "$next" >"$work/found"
exceptions | while read -r part reason; do
    [ -n "$reason" ] || exit 1
    case $part in
        =*) part=": ${part#=}\$" ;;
    esac
    grep -q -- "$part" "$work/texts" || echo "no text has “$part” any more: take it from the exceptions" >>"$work/found"
    grep -v -- "$part" "$work/found" >"$work/rest"
    mv "$work/rest" "$work/found"
done
[ -s "$work/found" ] || exit 0
cat "$work/found"
echo "say what to do next"
exit 1
