#!/bin/sh
# Every refusal says what to do next: the texts of replies that refuse, of warnings on the screens, of
# problems at a field and of the results' own words have one of the words below, or stand among the
# exceptions with the reason.

set -u
cd "${srcdir:-.}" || exit 99

# Words by which a text says what to do, or what is expected in place of what was given.
next='请|先|可以|可按|可打|可用|可查|可看|可填|按[ “%A-Z]|再|改|应|联系|核对|选|填|换|只能|只可|要|须|由|Esc|--|用|等|仍需|才能|的见'
# The same characters where they say no such thing.
other='应访|录由|要求|不要求|没有核对|再次登记过'

# a text's part, a blank, why it says nothing further
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
call == "" && /(^|[^a-z_])(reply_say|reply_say_at|app_warn|problems_add) ?\(|^    ROW\(RESULT_/ && !/^(enum|void|#)/ {
    call = " "
    begun = FNR
}
call != "" {
    call = call $0
    if (/;$|\),$|\)\)?$/ && (/;$/ || call ~ /ROW\(/)) {
        if (call !~ /RESULT_OK/) {
            text = texts(call)
            if (text != "")
                print FILENAME ":" begun ": " text
        }
        call = ""
    }
}' <"$work/files" >"$work/all"
# Those of other words only, as "%s。", are put together elsewhere.
sed -E 's/^[^ ]*: |%[a-z]+|。|：|；|（|）|[ -~]//g' "$work/all" | paste -d '\t' - "$work/all" | sed -n 's/^[^\t][^\t]*\t//p' >"$work/texts"
[ "$(wc -l <"$work/texts")" -gt 500 ] || { echo "too few texts were looked at"; exit 99; }
sed -E "s/$other//g" "$work/texts" | grep -vE -- "$next" >"$work/found"
exceptions | while read -r part reason; do
    [ -n "$reason" ] || exit 1
    grep -qF -- "$part" "$work/texts" || echo "no text has “$part” any more: take it from the exceptions" >>"$work/found"
    grep -vF -- "$part" "$work/found" >"$work/rest"
    mv "$work/rest" "$work/found"
done
[ -s "$work/found" ] || exit 0
cat "$work/found"
echo "say what to do next"
exit 1
