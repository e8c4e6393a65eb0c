#!/bin/sh
# HACKING.md's example of a request, a command and a screen compiles as it is printed. Its pieces go
# into copies of the files concerned; all others are the sources' own.

set -u
srcdir=${srcdir:-.}
builddir=${builddir:-.}
guide=$srcdir/HACKING.md
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

fail() {
    echo "HACKING.md: $*"
    exit 1
}

sed -n '/^## Add a request, a command, a screen$/,/^## Add a field/p' "$guide" >"$work/section"

# The blocks of code, less their indentation: block-1, block-2, …
awk -v work="$work" '
    /^ *```c$/ { indent = match($0, /`/); file = work "/block-" ++count; next }
    /^ *```$/ { file = ""; next }
    file != "" { print substr($0, indent) > file }' "$work/section"

# A piece that stands in the text between backticks, by a regular expression.
inline() {
    grep -oE "\`$1\`" "$work/section" | tr -d '`' | head -n 1 | grep .
}

copy() {
    for file in "$@"; do
        mkdir -p "$work/src/$(dirname "$file")"
        cp "$srcdir/src/$file" "$work/src/$file" || exit 99
    done
}

# behind FILE PATTERN: puts stdin behind the first line that has the pattern.
behind() {
    cat >"$work/piece"
    grep -qE "$2" "$work/src/$1" || fail "src/$1 has no line $2"
    awk -v pattern="$2" -v piece="$work/piece" '
        { print }
        !done && $0 ~ pattern { while ((getline line < piece) > 0) print line; done = 1 }
    ' "$work/src/$1" >"$work/new" && mv "$work/new" "$work/src/$1"
}

# insert FILE PATTERN PIECE [SUFFIX]: the same with a piece of the text.
insert() {
    piece=$(inline "$3") || fail "its text has no $3"
    echo "$piece${4-}" | behind "$1" "$2" || exit 1
}

[ -e "$work/block-8" ] && [ ! -e "$work/block-9" ] || fail 'its example has not eight blocks of code'
copy wire/doudi.proto service/access.h service/action_list.h service/access.c server/handlers.h server/handlers.c \
    server/handle_officer.c cli/commands.h cli/commands.c tui/screens/screens.c
mkdir -p "$work/src/service/officers"

message=$(inline 'message Phones [^`]*') || fail 'its text has no message Phones'
printf '\n%s\n' "$message" >>"$work/src/wire/doudi.proto"
insert wire/doudi.proto '^    Hello hello = ' 'Phones phones = [0-9]+;'
insert service/action_list.h '^    ACTION_DEMO,' 'ACTION_PHONES' ','
insert service/access.c '^    ROW\(ACTION_DEMO' 'ROW\(ACTION_PHONES[^`]*'
cp "$work/block-1" "$work/src/service/officers/phones.h"
cp "$work/block-2" "$work/src/service/officers/phones.c"
insert server/handlers.h '^handle_fn handle_history;' 'handle_fn handle_phones;'
insert server/handlers.c 'ACTION_AUDIT' '\{WIRE__REQUEST__WHAT_PHONES[^`]*'
insert server/handle_officer.c '^#include "service/officers/officer.h"' '#include "service/officers/phones.h"'
cat "$work/block-3" >>"$work/src/server/handle_officer.c"
behind cli/commands.c '^static const struct cli_command COMMANDS' <"$work/block-4"
insert cli/commands.h '^enum result command_server' 'enum result command_phones[^`]*'
cp "$work/block-5" "$work/src/cli/command_phones.c"
insert tui/screens/screens.c '^#include "tui/screens/months.h"' '#include "tui/screens/phones.h"'
insert tui/screens/screens.c '^    &MONTHS_OPS,' '&PHONES_OPS,'
behind tui/screens/screens.c '^static const struct action PLACES' <"$work/block-6"
cp "$work/block-7" "$work/src/tui/screens/phones.h"
cp "$work/block-8" "$work/src/tui/screens/phones.c"

# The compiler looks into the copies first.
cat >"$work/example.mk" <<'MAKE'
include Makefile
.PHONY: example
example:
	cd '$(work)/src/wire' && $(PROTOC_C) --c_out=. --proto_path=. doudi.proto
	for name in $(names); do \
		$(CC) -I'$(work)/src' $(DEFS) -I. $(libtui_a_CPPFLAGS) $(JSON_CFLAGS) $(CPPFLAGS) $(AM_CFLAGS) -O1 -Werror \
			-c "$(work)/src/$$name.c" -o "$(work)/object.o" || exit 1; \
	done
MAKE
names='wire/doudi.pb-c service/access service/officers/phones server/handle_officer server/handlers
    cli/commands cli/command_phones tui/screens/phones tui/screens/screens'
cd "$builddir" || exit 99
MAKEFLAGS='' "${MAKE:-make}" -s -f "$work/example.mk" example work="$work" \
    names="$(echo $names)" || fail 'its example does not compile'
if command -v clang-format >/dev/null; then
    for file in service/officers/phones.h service/officers/phones.c cli/command_phones.c \
        tui/screens/phones.h tui/screens/phones.c; do
        clang-format --style="file:$srcdir/.clang-format" --dry-run -Werror "$work/src/$file" ||
            fail 'its example is not as clang-format makes it'
    done
fi
