#!/bin/sh
# Prints the bill of materials (SPDX 2.3, tag and value) of the programs that follow: the packages of
# the libraries they are linked with, and of what those need. NAME VERSION COMMIT LICENCES PROGRAM…;
# LICENCES is doc/licences.md. Fails when a library that is linked directly has no licence there.
# Where there is no dpkg the libraries are told without packages.

set -u
name=$1 version=$2 commit=$3 licences=$4
shift 4
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# The licence of a source package, whose name may end in a version (gcc-12).
licence() {
    sed -n "s/^| ${1%-[0-9]*} |.*| \\([A-Za-z0-9. -]*\\) |\$/\\1/p" "$licences"
}

# Of the lines "library file" on stdin: "library package", by either name of /lib and by links' ends.
owners() {
    while read -r library file; do
        real=$(realpath "$file")
        printf "$library %s\n" "$file" "${file#/usr}" "/usr$file" "$real" "${real#/usr}" "/usr$real"
    done >"$work/names"
    sed 's/^[^ ]* //' "$work/names" | sort -u | xargs -r dpkg-query -S 2>/dev/null |
        sed -n 's/^\([^ ,]*\): \(.*\)/\2 \1/p' |
        awk 'NR == FNR { owner[$1] = $2; next } $2 in owner { print $1, owner[$2] }' - "$work/names" |
        sort -u
}

# "package version source architecture" of the packages on stdin.
details() {
    # shellcheck disable=SC2016 # fields of dpkg-query
    sort -u | xargs -r dpkg-query -W -f '${Package} ${Version} ${source:Package} ${Architecture}\n'
}

# An id has letters, digits, "." and "-".
id() {
    printf 'SPDXRef-%s' "$1" | sed 's/[^A-Za-z0-9.-]/-/g'
}

# package BINARY VERSION SOURCE ARCHITECTURE LICENCE
package() {
    printf '\nPackageName: %s\nSPDXID: %s\nPackageVersion: %s\n' "$1" "$(id "$1")" "$2"
    printf 'PackageSupplier: Organization: Debian\nPackageDownloadLocation: NOASSERTION\nFilesAnalyzed: false\n'
    printf 'PackageLicenseConcluded: NOASSERTION\nPackageLicenseDeclared: %s\n' "$5"
    printf 'PackageCopyrightText: NOASSERTION\nPackageComment: <text>source package %s</text>\n' "$3"
    printf 'ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/%s@%s?arch=%s\n' \
        "$(printf %s "$1" | sed 's/+/%2B/g')" "$(printf %s "$2" | sed 's/+/%2B/g; s/:/%3A/g; s/~/%7E/g')" "$4"
}

# The libraries: those that the programs name, and all that are loaded.
LC_ALL=C readelf -d "$@" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u >"$work/needed"
[ -s "$work/needed" ] || exit 1
for program in "$@"; do
    ldd "$program" 2>/dev/null
done | sed -n 's/^[[:space:]]*\([^ ]*\) => \(\/[^ ]*\) .*/\1 \2/p' | sort -u >"$work/loaded"
owners <"$work/loaded" >"$work/owners"
sed 's/^[^ ]* //' "$work/owners" | details >"$work/all"
awk 'NR == FNR { needed[$1]; next } $1 in needed { print $2 }' "$work/needed" "$work/owners" |
    details >"$work/direct"
echo unicode-data | details >"$work/data" 2>/dev/null

created=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%dT%H:%M:%SZ)
cat <<END
SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: $name-$version
DocumentNamespace: https://spdx.org/spdxdocs/$name-$version-${commit:-unknown}-$(cat "$work/all" "$work/needed" | cksum | cut -d' ' -f1)
Creator: Tool: $name-$version-build
Created: $created

PackageName: $name
SPDXID: SPDXRef-$name
PackageVersion: $version
PackageDownloadLocation: NOASSERTION
FilesAnalyzed: false
PackageLicenseConcluded: NOASSERTION
PackageLicenseDeclared: MulanPSL-2.0
PackageCopyrightText: NOASSERTION
PackageComment: <text>commit ${commit:-unknown}</text>

Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-$name
END
failed=0
while read -r binary number source architecture; do
    declared=$(licence "$source")
    if grep -qx "$binary .*" "$work/direct"; then
        link=DYNAMIC_LINK
        [ -n "$declared" ] || {
            echo "doc/licences.md does not tell the licence of $source ($binary), which is linked" >&2
            failed=1
        }
    else
        link=DEPENDS_ON
    fi
    package "$binary" "$number" "$source" "$architecture" "${declared:-NOASSERTION}"
    printf 'Relationship: SPDXRef-%s %s %s\n' "$name" "$link" "$(id "$binary")"
done <"$work/all"
while read -r binary number source architecture; do
    package "$binary" "$number" "$source" "$architecture" "$(licence "$source")"
    printf 'Relationship: SPDXRef-%s GENERATED_FROM %s\n' "$name" "$(id "$binary")"
done <"$work/data"
[ -s "$work/all" ] || while IFS= read -r library; do
    printf '\nPackageName: %s\nSPDXID: %s\nPackageDownloadLocation: NOASSERTION\nFilesAnalyzed: false\n' \
        "$library" "$(id "$library")"
    printf 'Relationship: SPDXRef-%s DYNAMIC_LINK %s\n' "$name" "$(id "$library")"
done <"$work/needed"
exit "$failed"
