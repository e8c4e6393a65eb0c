#!/bin/sh
# What goes into a package: everything is installed, the versions agree, the lists of packages that
# building needs agree, and the bill of materials names the licences of doc/licences.md.
# $MAKE: make, from the Makefile.

set -u
cd "${srcdir:-.}" || exit 99
: "${builddir:?}"
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
failed=0

complain() {
    echo "$*"
    failed=1
}

# ---- versions
version=$(sed -n 's/^AC_INIT(\[doudi\], \[\([0-9.]*\)\].*/\1/p' configure.ac)
[ -n "$version" ] || complain 'configure.ac: no version'
sed -n '/^## /{p;q}' CHANGELOG.md | grep -qE "^## $version（" || complain "CHANGELOG.md does not begin with $version（"
sed -n 1p debian/changelog | grep -qF "doudi ($version)" || complain "debian/changelog does not begin with $version"
commit=$(sh src/base/commit.sh .)
for program in doudi doudid; do
    told=$("$builddir/$program" --version)
    [ "$told" = "doudi $version${commit:+ ($commit)}" ] || complain "$program --version: $told"
done

# ---- what building needs: bootstrap's list, without what every Debian package may take for granted,
# ---- is debian/control's, without debhelper's and what only tests need
sed -n "/^build_packages='/,/^'/p" bootstrap | tr -s ' ' '\n' | grep -E '^[a-z]' |
    grep -vxE "build_packages='|gcc|libc6-dev|make|autoconf|automake" | sort >"$work/bootstrap"
sed -n '/^Build-Depends:/,/^Standards/p' debian/control | grep -vE 'nocheck|debhelper|dh-sequence|Standards' |
    grep -oE '[a-z][a-z0-9.+-]+' | sort >"$work/control"
diff "$work/bootstrap" "$work/control" || complain 'bootstrap (<) and debian/control (>) need different packages'

# ---- the licence
sed -e 's/[[:space:]]*$//' -e '/./,$!d' LICENSE >"$work/licence"
sed -n '/^License: MulanPSL-2.0$/,$p' debian/copyright | sed '1,/^License: public/d' |
    sed '1,/^License: MulanPSL-2.0$/d; s/^ \.$//; s/^ //; s/[[:space:]]*$//' >"$work/copyright"
diff "$work/licence" "$work/copyright" >"$work/diff" || complain "debian/copyright has not LICENSE's words: $(head -5 "$work/diff")"

# ---- what is installed
"${MAKE:-make}" -s -C "$builddir" install DESTDIR="$work/root" >"$work/log" 2>&1 || {
    cat "$work/log"
    complain 'make install failed'
}
(cd "$work/root" && find . -type f) >"$work/installed"
for file in bin/doudi sbin/doudid sbin/doudi-sheet doudi/forms/amounts.yaml doudi/forms/blocks/contact.yaml \
    doudi/divisions-2111.csv doudi/用户手册.md share/bash-completion/completions/doudi share/bash-completion/completions/doudid \
    share/man/man1/doudi.1 share/man/man8/doudid.8 share/man/man8/doudi-sheet.8 zh_CN/man1/doudi.1 zh_CN/man8/doudid.8 zh_CN/man8/doudi-sheet.8 doc/doudi/CHANGELOG.md doc/doudi/LICENSE doc/doudi/README.md \
    doc/doudi/doudi.spdx doc/doudi/doc/licences.md doc/doudi/doc/用户手册.md doc/doudi/doc/运维手册.md; do
    grep -q "/$file\$" "$work/installed" || complain "make install does not bring $file"
done
if grep -q '^#define HAVE_SYSTEMD' "$builddir/config.h"; then
    for file in system/doudid.service system/doudid.socket sysusers.d/doudi.conf tmpfiles.d/doudi.conf; do
        grep -q "/$file\$" "$work/installed" || complain "make install does not bring $file"
    done
fi
if grep -q '^with_report=.yes' "$builddir/config.log"; then
    grep -q '/sbin/doudi-report$' "$work/installed" || complain 'make install does not bring sbin/doudi-report'
fi
if [ -x "$builddir/doudi-feed" ]; then
    for file in sbin/doudi-feed doudi/feed/schema.sql doudi/feed/views.sql man8/doudi-feed.8 zh_CN/man8/doudi-feed.8; do
        grep -q "/$file\$" "$work/installed" || complain "make install does not bring $file"
    done
fi
grep /etc/doudi/forms "$work/installed" && complain 'make install touches what is the office'\''s'

# ---- the bill of materials
if command -v dpkg-query >/dev/null; then
    grep -q '^PackageLicenseDeclared: Sleepycat$' "$builddir/doc/doudi.spdx" ||
        complain 'doc/doudi.spdx does not tell the licence of Berkeley DB'
fi
exit "$failed"
