#!/bin/sh
# The pages of man(1): every program has one, `man -k` finds them by their NAME line, groff has nothing
# to say, the pages of doudid name every option, and those in Chinese and in English are about the
# same.

set -u
srcdir=${srcdir:-.}
builddir=${builddir:-.}
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
failed=0

complain() {
    echo "$*"
    failed=1
}

# What a page describes: the options of its lines, without those of generated commands.
options() {
    sed '/^\.\\" commands/,/^\.\\" end/d; /^\.\\" synopsis/,/^\.\\" end/d; /^\.SS/,/^\.SH/d' "$1" |
        sed -n '/^\.TP/{n;p;}' | grep -oE '^\\fB\\-\\-[a-z\\-]+|^[A-Z_0-9]+|^[0-9]+' | sort -u
}

pages=$(cd "$srcdir" && ls doc/*.[18] doc/*.[18].in | sed 's|^doc/||; s|\.in$||')
for program in ${programs:?}; do
    printf '%s\n' "$pages" | grep -q "^$program\.[18]\$" || complain "$program has no page in doc/"
done
for page in $pages; do
    for folder in doc doc/en; do
        file=$builddir/$folder/$page
        [ -e "$file" ] || file=$srcdir/$folder/$page
        if command -v lexgrog >/dev/null; then
            lexgrog -m "$file" >"$work/name" 2>&1 && grep -q "\"${page%.*} - ..*\"" "$work/name" ||
                complain "$folder/$page: man -k does not find it: $(cat "$work/name")"
        else
            sed -n '/^\.SH/{n;p;q;}' "$file" | grep -q "^${page%.*} \\\\- " ||
                complain "$folder/$page: its NAME line is not 'name \\- words'"
        fi
        if command -v groff >/dev/null; then
            groff -man -Kutf8 -Tutf8 -ww -z <"$file" 2>"$work/groff"
            grep -v 'can.t break line\|cannot adjust line\|zh.tmac' "$work/groff" &&
                complain "$folder/$page: see above"
        fi
        options "$file" >"$work/${folder##*/}"
    done
    diff "$work/doc" "$work/en" || complain "$page is about more in one language"
done
# --extract is for the service itself.
"$builddir/doudid" --help 2>&1 | sed '/--extract/d' | grep -oE -- '--[a-z][a-z-]*' | sort -u |
    while IFS= read -r option; do
        tr -d '\\' <"$srcdir/doc/doudid.8" | grep -q -- "$option" || echo "doc/doudid.8 lacks $option"
    done >"$work/lacks"
[ ! -s "$work/lacks" ] || complain "$(cat "$work/lacks")"
command -v lexgrog >/dev/null || echo 'lexgrog (man-db) is not installed: only the form of the NAME lines was looked at'
exit "$failed"
