#!/bin/bash
# The completion for bash, loaded as bash-completion loads it: it offers every command and option that
# the help names, and values, files and folders where they are due.

set -u
: "${builddir:?}" "${srcdir:?}"
library=/usr/share/bash-completion/bash_completion
if [ ! -r "$library" ]; then
    echo 'left out: bash-completion is not installed'
    exit 77
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/etc/forms" "$work/here/夹 子" "$work/data/bash-completion"
# Of the two ways to name a folder this one takes paths with blanks.
ln -s "$builddir/share/completions" "$work/data/bash-completion/completions"
touch "$work/here/台账.csv"
printf 'kind: qunuan\nsubject: person\n' >"$work/etc/forms/qunuan.yaml"
printf 'kind: other\nsubject: block\n' >"$work/etc/forms/other.yaml"
export BASH_COMPLETION_USER_DIR=/nowhere XDG_DATA_DIRS=$work/data DOUDI_CONFDIR=$work/etc PATH=$builddir:$PATH
cd "$work/here" || exit 99
failed=0

# The library once, and a shell of its own for each line, so that none knows what another loaded.
set +u
# shellcheck disable=SC1090 # not ours
source "$library"

# offers LINE: what the shell offers at the end of a command line, as it asks a completion function.
offers() (
    COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMP_KEY=9
    # Words as the shell cuts them: it keeps = apart.
    read -ra COMP_WORDS <<<"${1//=/ = }"
    [[ $1 != *[\ =] ]] || COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    name=${COMP_WORDS[0]}
    _completion_loader "$name"
    [[ $(complete -p "$name") == *" -F _doudi $name" ]] || echo "not loaded for $name"
    _doudi "$name" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf "%s\n" "${COMPREPLY[@]}"
) 2>&1

# expect LINE WORD…: exactly these are offered.
expect() {
    local line=$1 got wanted

    shift
    got=$(offers "$line" | sort)
    wanted=$(printf '%s\n' "$@" | sort)
    [ "$got" = "$wanted" ] || {
        printf '“%s” offers\n%s\nnot\n%s\n' "$line" "$got" "$wanted"
        failed=1
    }
}

# options COMMAND…: those its help names; -o is a short form of --output
options() {
    "$@" --help 2>&1 | sed '/^命令/,$d; s/\[--output/-o &/' | grep -oE -- '(^|[[ ])--?[a-z][a-z-]*' | grep -oE -- '-.*'
    echo --help
}

mapfile -t commands < <("$builddir/doudi" --help | sed '1,/^命令/d; /^$/,$d' | awk '{ print $1 }')
[ "${#commands[@]}" -gt 10 ] || exit 99
expect 'doudi ' "${commands[@]}"
for command in "${commands[@]}"; do
    mapfile -t wanted < <(options "$builddir/doudi" "$command" | grep -v '^--as$' | sort -u)
    # --home stands before every command.
    [ "$command" = restore ] || [ "$command" = verify ] || mapfile -t wanted < <(printf '%s\n' "${wanted[@]}" | grep -vx -- --home)
    expect "doudi --home /x --as 1001 $command -" "${wanted[@]}"
done
for program in doudi doudid; do
    mapfile -t wanted < <(options "$builddir/$program" | grep -vx -- '-d' | sort -u)
    expect "$program -" "${wanted[@]}" --version
done

kinds='tanfang tekun dibao ertong liangbu gaoling linshi bianyuan gangxing kunjing liushou qunuan'
month=$(date +%Y-%m)
# shellcheck disable=SC2086 # a list of words
{
    expect 'doudi com' compliance
    expect 'doudi import ' death_list $kinds visit
    expect 'doudi due --kind ' $kinds
    expect 'doudi due --kind te' tekun
}
expect 'doudi import tanfang ' 台账.csv '夹 子'
expect 'doudi import tanfang 台账.csv ' ''
expect 'doudi compliance --by ' village street county officer kind
expect 'doudi compliance --by=co' county
expect 'doudi visit add --mode ' 上门 电话 视频 远程
expect "doudi close-month $month" "$month"
expect "doudi due --month=$month" "$month"
[ "$(offers 'doudi due --month ' | wc -l)" = 13 ] || { echo 'not the months of a year'; failed=1; }
expect "doudi visit add --date $(date +%Y-%m)" "$(date +%F)"
expect 'doudi backup ' '夹 子'
expect 'doudi --home ' '夹 子'
expect 'doudid --key-file ' 台账.csv '夹 子'
expect 'doudid --cache ' ''
exit "$failed"
