#!/bin/sh
# The documents against the program: links resolve, every command and option they name exists, and
# the parts of the manuals that come from tables are what the tables say now.

set -u
cd "${srcdir:-.}" || exit 99
build=${builddir:-.}
documents='README.md CHANGELOG.md HACKING.md doc/licences.md db/SCHEMA.md doc/architecture.md doc/performance.md doc/security.md doc/用户手册.md doc/运维手册.md'
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

# The anchors of a document's headings, as the usual sites make them.
anchors() {
    sed -n 's/^##* //p' "$1" | tr 'A-Z ' 'a-z-' | tr -d '.,:()"`'
}

# `program: function`, a test that a promise rests on
check_tests() {
    grep -oE '`[a-z_]+_test: [a-z_0-9]+`' "$1" | tr -d '`' | sort -u |
        while IFS=': ' read -r program function; do
            grep -qs "^static void $function(void \*\*state)" "tests/unit/$program.c" \
                "tests/e2e/$program.c" "tests/torture/$program.c" ||
                echo "$1: no such test: $program: $function"
        done
}

# [words](target#anchor)
check_links() {
    grep -o ']([^)]*)' "$1" | sed 's/^](//; s/)$//' | grep -v '^https*:' | sort -u |
        while IFS= read -r link; do
            target=${link%%#*}
            path=$1
            [ -z "$target" ] || path=$(dirname "$1")/$target
            if [ ! -e "$path" ]; then
                echo "$1: no file: $link"
            elif [ "$link" != "$target" ] && ! anchors "$path" | grep -qxF -- "${link#*#}"; then
                echo "$1: no heading: $link"
            fi
        done
}

# What stands in code and begins with doudi, without what comes before the command: "COMMAND …".
commands() {
    {
        sed -n 's/^    *//p' "$1"
        grep -o '`[^`]*`' "$1" | tr -d '`'
    } |
        sed -e 's/[ ]#.*//; s/^sudo \(-u [a-z]* \)*//; s|^[./a-z]*/doudi |doudi |' \
            -e 's/^doudi \(--\(home\|as\) [^ ]* \)*\([a-z]\)/doudi \3/' |
        sed -n 's/^doudi \([a-z]\)/\1/p'
}

# The same in short, as in tables: `officer lock 1001`.
short_commands() {
    grep -o '`[^`]*`' "$1" | tr -d '`' | grep -E "^($names) [^:=]"
}

# Prints how a command is used, once asked.
help_of() {
    [ -e "$work/help-$1" ] || "$build/doudi" "$1" --help >"$work/help-$1" 2>&1 || rm "$work/help-$1"
}

check_commands() {
    {
        commands "$1"
        short_commands "$1"
    } | sort -u | while IFS= read -r line; do
        name=${line%% *}
        if ! help_of "$name"; then
            echo "$1: no such command: doudi $line"
            continue
        fi
        for option in $(printf '%s\n' "$line" | grep -o -- ' --[a-z][a-z-]*'); do
            grep -q -- "$option\\b" "$work/help-$name" || echo "$1: no such option: doudi $line"
        done
        # "add|edit|…" behind the name: the next word is one of them
        verbs=$(sed -n "1s/.* $name \\([a-z|]*|[a-z]*\\).*/\\1/p" "$work/help-$name")
        verb=$(printf '%s\n' "$line" | sed -n 's/^[a-z-]* \([a-z]*\).*/\1/p')
        case "${verbs:+x}${verb:+x}:|$verbs|" in
        xx:*"|$verb|"* | x:* | :*) ;;
        *) echo "$1: doudi $name is followed by $verbs: doudi $line" ;;
        esac
    done
}

# Options of the programs themselves: `doudi --restricted`, `doudid --debug`.
check_programs() {
    for program in doudi doudid; do
        grep -oE "(^ *|\`)(sudo (-u [a-z]+ )?|ForceCommand )?(/usr/s?bin/|\./)?$program( +--[a-z-]+( [^-\` ][^\` ]*)?)+" "$1" |
            grep -oE -- ' --[a-z-]+' | tr -d ' ' | sort -u |
            while IFS= read -r option; do
                grep -qF -- "$option" "$work/help-$program" || case "$option" in
                --help | --version) ;;
                *) echo "$1: no such option: $program $option" ;;
                esac
            done
    done
}

"$build/doudi" --help >"$work/help-doudi" 2>&1
"$build/doudid" --help >"$work/help-doudid" 2>&1
names=$("$build/manual" <doc/doudi.1.in | sed -n 's/\\-/-/g; s/^\.SS \([a-z-]*\)$/\1/p' | paste -sd'|')
for document in $documents; do
    check_links "$document"
    check_commands "$document"
    check_programs "$document"
done >"$work/found"
check_tests doc/security.md >>"$work/found"
for document in README.md doc/用户手册.md doc/运维手册.md; do
    [ "$(commands "$document" | wc -l)" -ge 3 ] || echo "$document: its commands were not found"
done >>"$work/found"
for document in doc/用户手册.md doc/运维手册.md; do
    if ! "$build/manual" <"$document" >"$work/manual"; then
        echo "$document: see above"
    elif ! diff -u "$document" "$work/manual"; then
        echo "$document is not what the tables say: run \"make update-manual\""
    fi
done >>"$work/found"
# F1 twice opens the heading above a screen's keys: what stands between tells of this screen.
awk '
/^#/ { heading = FNR; words = $0; screens = 0 }
/^<!-- keys / {
    screens++
    if (FNR - heading > 45 || screens > 4)
        print FILENAME ":" FNR ": " $3 " is far below its heading “" words "”: give it one"
}' doc/用户手册.md >>"$work/found"
cat "$work/found"
[ ! -s "$work/found" ]
