#!/bin/sh
# The layout of the sources: .clang-format, files of at most 600 lines, headers of at most 120,
# functions of at most 60; files that comments name. A check whose tool is not installed is left out
# and said so; the whole is skipped (77) only if both are absent.

set -u
cd "${srcdir:-.}" || exit 99
status=0
skipped=0

sources() {
    find src forms db tests -name '*.[ch]' ! -name '*.pb-c.[ch]' ! -name pinyin_table.h \
        -type f | sort
}

complain() {
    [ -z "$2" ] && return
    printf '%s\n%s\n' "$1" "$2"
    status=1
}

complain 'Files over 600 lines:' "$(sources | xargs wc -l | awk '$2 != "total" && $1 > 600')"
complain 'Headers over 120 lines:' \
    "$(sources | grep '\.h$' | xargs wc -l | awk '$2 != "total" && $1 > 120')"

complain 'Sources without a header of their own that do not begin with a comment:' "$(
    find src db -name '*.c' ! -name '*.pb-c.c' | sort | while read -r source; do
        [ -f "${source%c}h" ] || head -n 1 "$source" | grep -q '^/[*/]' || echo "$source"
    done
)"
# "service/case.h" in a comment is a file there is.
complain 'Files that comments name and nobody has:' "$(
    sources | xargs grep -nvE '^#[[:blank:]]*include' /dev/null |
        grep -oE '^[^:]+:[0-9]+:|[a-z0-9_]+(/[a-z0-9_]+)+\.[ch]\b' |
        awk '/:[0-9]+:$/ { place = $0; next } { print place, $0 }' |
        while read -r place name; do
            for root in . src tests; do
                [ -f "$root/$name" ] && continue 2
            done
            echo "$place $name"
        done
)"
complain 'Files that a README names and its folder has not:' "$(
    find src -name README.md | sort | while read -r page; do
        grep -oE '`[a-z_]+\.[ch]`' "$page" | tr -d '`' | sort -u | while read -r name; do
            [ -f "${page%README.md}$name" ] || [ -f "${page%/*/README.md}/$name" ] || echo "$page: $name"
        done
    done
)"
# "case_save()" in a comment is a name of the code; crypt_gensalt() and exec() are the system's.
complain 'Functions that comments name and no code has:' "$(
    sources | xargs awk '
        function words(text) {
            while (match(text, /[A-Za-z_][A-Za-z0-9_]*/)) {
                code[substr(text, RSTART, RLENGTH)] = 1
                text = substr(text, RSTART + RLENGTH)
            }
        }
        function names(text) {
            while (match(text, /[A-Za-z_][A-Za-z0-9_]*\(\)/)) {
                name = substr(text, RSTART, RLENGTH - 2)
                if (name ~ /^[a-z]/ && name !~ /__/ && name !~ /^(crypt_gensalt|exec)$/)
                    said[FILENAME ":" FNR ": " name "()"] = name
                text = substr(text, RSTART + RLENGTH)
            }
        }
        FNR == 1 { inside = 0 }
        {
            text = $0
            if (!inside)
                gsub(/"([^"\\]|\\.)*"/, "\"\"", text)
            while (text != "") {
                if (inside) {
                    end = index(text, "*/")
                    names(end ? substr(text, 1, end - 1) : text)
                    text = end ? substr(text, end + 2) : ""
                    inside = !end
                    continue
                }
                begin = match(text, /\/[*\/]/)
                words(begin ? substr(text, 1, begin - 1) : text)
                if (begin && substr(text, begin, 2) == "//")
                    names(substr(text, begin))
                inside = begin && substr(text, begin, 2) == "/*"
                text = inside ? substr(text, begin + 2) : ""
            }
        }
        END {
            for (place in said)
                if (!(said[place] in code))
                    print place
        }' | sort
)"
complain 'What a reader needs stands in doc/:' "$(grep -rn 'design §' src db forms tests \
    --include='*.[ch]' --include='*.mk' --include='*.awk' --include='*.yaml' /dev/null)"

# Labels of roles that are no common words by themselves.
complain "A role's label stands in src/base/role.h only:" "$(
    find src -name '*.[ch]' ! -path src/base/role.h -exec \
        grep -nE '"(村级协理员|镇街经办|镇街负责人|县区民政|系统管理员|审计员)"' /dev/null {} +)"

# The size of a text stands once, in the header of what it measures (base/words.h, base/date.h …).
complain 'A bare size of a text that passes between functions:' "$(
    sources | grep -E '^(src|db)/' | xargs grep -nE 'char \w+\[[0-9]+\][,)]|char \w+\[(13|24)\]' /dev/null)"
complain 'A word of base/words.h, written out:' "$(
    sources | grep -v 'base/words.h' | grep -E '^(src/(service|tui|domain|server|bundle)|db)/' |
        xargs grep -nE '(state|type)[^;]*"(active|closed|review)"' /dev/null)"
complain 'A result is compared with 0, and no goto:' "$(
    sources | xargs grep -nE '[!=]= RESULT_OK|(^|[^_[:alnum:]"])goto [a-z]' /dev/null)"
complain 'Tests that no local.mk builds:' "$(
    find tests -name '*_test.c' | while read -r file; do
        find tests -name local.mk -exec grep -qF "${file%.c}" {} + || echo "$file"
    done)"
complain 'Sections are // ----, sizeof takes parentheses for types only:' "$(
    sources | xargs grep -nE '^[[:blank:]]*/\* ----|sizeof\((\*|[a-z_]+(->|\.|\[))' /dev/null)"

if command -v clang-format >/dev/null 2>&1; then
    complain 'Run clang-format -i on:' \
        "$(sources | xargs clang-format --dry-run 2>&1 | sed -n 's/^\([^ :]*\):[0-9].*/\1/p' | sort -u)"
else
    echo 'clang-format is not installed: layout not checked'
    skipped=$((skipped + 1))
fi

# Universal Ctags knows where a function ends; Exuberant does not.
if ctags --version 2>/dev/null | grep -q Universal; then
    complain 'Functions over 60 lines:' "$(
        sources | ctags -L - --languages=C --kinds-C=f --fields=+ne -f - |
            awk -F '\t' '{
                line = end = 0
                for (i = 4; i <= NF; i++) {
                    if ($i ~ /^line:/) line = substr($i, 6)
                    if ($i ~ /^end:/) end = substr($i, 5)
                }
                if (end - line + 1 > 60)
                    print end - line + 1, $2 ": " $1
            }'
    )"
else
    echo 'universal-ctags is not installed: lengths of functions not checked'
    skipped=$((skipped + 1))
fi

[ "$status" -eq 0 ] && [ "$skipped" -eq 2 ] && exit 77
exit "$status"
