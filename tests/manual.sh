#!/bin/sh
# manual.sh BUILD - the pages of docs/ that are written from the registries equal what the program prints.
# ACCEPT=1 writes them anew: do so after a row was added or changed.
build=$1
docs=$(cd "$(dirname "$0")/../docs" && pwd)
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2
faults=0
for page in methods schemes formulas loaders charts; do
    "$build/ninefold" manual "$page" --lang en >"$tmp/$page" || exit 1
    [ "$ACCEPT" ] && cp "$tmp/$page" "$docs/$page.md"
    diff -u "$docs/$page.md" "$tmp/$page" || faults=1
done
[ "$faults" -eq 0 ] || { echo "manual: docs/ is behind the registries: ACCEPT=1 tests/manual.sh $build"; exit 1; }
