#!/bin/sh
# Prints the commit of the sources in folder $1 ("+" behind it: with changes), nothing if unknown.
# Sources without their history bring it in the file COMMIT, which `make dist` and `git archive` write.

set -u
cd "$1" || exit 1
if [ -e .git ] && commit=$(git rev-parse --short=12 HEAD 2>/dev/null); then
    git diff --quiet HEAD 2>/dev/null || commit=$commit+
else
    commit=$(sed 's/^\([0-9a-f]\{12\}\)[0-9a-f]*/\1/' COMMIT 2>/dev/null)
fi
case $commit in
*[!0-9a-f+]*) ;;
*) printf '%s\n' "$commit" ;;
esac
