#!/bin/sh
# Refuses two definitions of one global name, a global function that its file's name does not announce, and a call against the order of
# rooms: reads which object of a library defines what another one needs. Rows as in check-includes.sh, from the ground to the roof; a folder stands for its files.

set -u
build=${builddir:-.}
source=${srcdir:-.}
failed=0

# symbols: what the objects of all libraries define and use; an object whose source has moved away is nobody's.
symbols() {
    (cd "$build" && find ./src ./db -name 'lib*_a-*.o' | sort | while IFS= read -r object; do
        name=${object##*/lib*_a-}
        [ -f "$source/${object%/*}/${name%.o}.c" ] && echo "$object"
    done | xargs nm -A) >"$scratch/symbols"
}

# upward LIBRARY ROOM…: calls from a room to one that stands behind it.
upward() {
    library=$1
    shift
    [ -f "$build/$library" ] || { echo "$library is not built"; return 1; }
    grep -F "/${library%.a}_a-" "$scratch/symbols" >"$scratch/library" || { echo "no objects of $library"; return 1; }
    awk -v rooms="$*" '
        BEGIN {
            count = split(rooms, room, " ")
            for (i = 1; i <= count; i++)
                rank[room[i]] = i
        }
        function room_of(path) {
            sub(/:.*/, "", path)
            sub(/.*\/src\//, "", path)
            name = path
            sub(/[^\/]*$/, "", path)
            sub(/\/$/, "", path)
            sub(/\/[^\/]*-/, "/", name)
            sub(/\.o$/, ".c", name)
            return (name in rank) ? name : path
        }
        NF >= 3 && $(NF - 1) ~ /^[TDBR]$/ { home[$NF] = room_of($1) }
        $(NF - 1) == "U" { used[++calls] = $NF; by[calls] = room_of($1) }
        END {
            for (place in home)
                if (!(home[place] in rank))
                    unknown[home[place]] = 1
            for (place in unknown)
                print place " has no place among the rooms"
            for (i = 1; i <= calls; i++)
                if ((used[i] in home) && rank[home[used[i]]] > rank[by[i]])
                    print by[i] " calls " used[i] "() of " home[used[i]]
        }' "$scratch/library" | sort -u >"$scratch/found"
    cat "$scratch/found"
    [ ! -s "$scratch/found" ]
}

# twice: global names that two objects of the libraries define.
twice() {
    awk '$(NF - 1) ~ /^[TDBR]$/ {
        file = $1
        sub(/:.*/, "", file)
        if ($NF in first && first[$NF] != file)
            print $NF " is defined in " first[$NF] " and " file
        first[$NF] = file
    }' "$scratch/symbols" >"$scratch/found"
    cat "$scratch/found"
    [ ! -s "$scratch/found" ]
}

# named: each global function begins with the first word of its file's name or with the name of a folder it
# stands in. The header that declares it stands in its folder or in one above, and begins with that word or
# with the file's. Words are compared without _ and without a plural s; what db offers is called store_.
named() {
    (cd "$source" && find src db -name '*.h' ! -name '*.pb-c.h' -exec awk '
        FNR == 1 { comment = 0 }
        {
            line = $0
            while (!comment && match(line, /\/\*([^*]|\*[^\/])*\*\//))
                line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
            ends = index(line, "*/")
            if (comment || index(line, "/*")) {
                comment = !(comment && ends)
                next
            }
            while (match(line, /[A-Za-z0-9_]+[(;,]/)) {
                name = substr(line, RSTART, RLENGTH - 1)
                if (name ~ /^[a-z]/)
                    print name "\t" FILENAME
                line = substr(line, RSTART + RLENGTH)
            }
        }' {} +) | sort -u >"$scratch/declared"
    [ -s "$scratch/declared" ] || { echo "no prototypes found"; return 1; }
    awk '$(NF - 1) == "T" {
        path = substr($1, length("./") + 1)
        sub(/:.*/, "", path)
        sub(/lib[a-z_]*_a-/, "", path)
        sub(/\.o$/, ".c", path)
        print $NF "\t" path
    }' "$scratch/symbols" >"$scratch/defined"
    awk -F '\t' '
        function bare(word) {
            gsub(/_/, "", word)
            word = tolower(word)
            sub(/s$/, "", word)
            return word
        }
        function starts(text, word) { return index(bare(text) "s", bare(word)) == 1 }
        function file_of(path) {
            sub(/.*\//, "", path)
            sub(/\.[ch]$/, "", path)
            return path
        }
        function folder_of(path) {
            sub(/\/[^\/]*$/, "", path)
            return path
        }
        # Whether `header` may declare what begins with `word` and stands in `path`.
        function fits(header, word, path) {
            if (folder_of(path) == "db")
                return folder_of(header) == "db"
            if (index(folder_of(path) "/", folder_of(header) "/") != 1)
                return 0
            return starts(file_of(header), word) || starts(file_of(path), file_of(header))
        }
        NR == FNR { headers[$1] = headers[$1] " " $2; next }
        {
            count = split($2, words, "/")
            sub(/\.c$/, "", words[count])
            words[count + 1] = words[count]
            sub(/_.*/, "", words[count])
            if (words[1] == "db")
                words[1] = "store"
            prefixed = declared = 0
            for (i = 1; i <= count + 1; i++) {
                if (words[i] == "src" || !starts($1, words[i]))
                    continue
                prefixed = 1
                many = split(headers[$1], header, " ")
                for (j = 1; j <= many; j++)
                    declared = declared || fits(header[j], words[i], $2)
            }
            if (!prefixed)
                print $2 " defines " $1 "(), which does not begin with its name"
            else if (!declared)
                print $2 " defines " $1 "(), declared in" (headers[$1] == "" ? " no header" : headers[$1])
        }' "$scratch/declared" "$scratch/defined" >"$scratch/found"
    cat "$scratch/found"
    [ ! -s "$scratch/found" ]
}

scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
symbols
upward libservice.a service service/memory service/frame service/ledger service/cases \
    service/officers service/lists service/payroll service/figures service/import service/keeping service/demo service/life.c ||
    failed=1
upward libtui.a tui/kit tui/app tui/form tui/screens tui || failed=1
twice || failed=1
named || failed=1
exit "$failed"
