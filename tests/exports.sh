#!/bin/sh
# exports.sh BUILD - what app/ninefold.map lists is what the installed headers declare and what libninefold.so gives away.
# ACCEPT=1 writes the list anew from the headers.
build=$1
root=$(cd "$(dirname "$0")/.." && pwd)
cc=$(sed -n 's/^CMAKE_C_COMPILER:.*=//p' "$build/CMakeCache.txt")
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2
export LC_ALL=C
cd "$root" || exit 2
headers="$(echo engine/*.h) indicators/indicators.h datasets/datasets.h plots/plots.h"

# Functions as the compiler sees them, tables by their one spelling.
for header in $headers; do echo "#include \"$header\""; done >"$tmp/all.c"
"$cc" -std=gnu11 -I. -Iengine -aux-info "$tmp/seen" -fsyntax-only "$tmp/all.c" 2>"$tmp/said" && [ -s "$tmp/seen" ] ||
    { cat "$tmp/said"; echo "exports: skipped, $cc lists no declarations"; exit 77; }
{
    grep -E '^/\* (\./)?(engine|indicators|datasets|plots)/' "$tmp/seen" | grep -v ' static ' | grep -oE '\bnf_[a-z0-9_]+ \(' | tr -d ' ('
    # shellcheck disable=SC2086
    sed -nE 's/^extern const [^;(]*\b(nf_[a-z0-9_]+)(\[[^;]*)?;.*/\1/p' $headers
} | sort -u >"$tmp/declared"
if [ "$ACCEPT" ]; then
    { printf '# What libninefold.so gives away: tests/exports.sh holds it to the installed headers.\n{\nglobal:\n'
      sed 's/.*/    &;/' "$tmp/declared"
      printf 'local: *;\n};\n'; } >app/ninefold.map
    echo "exports: $(wc -l <"$tmp/declared") names written; build again"
    exit 0
fi
sed -nE 's/^    (nf_[a-z0-9_]+);$/\1/p' app/ninefold.map >"$tmp/listed"
nm -D --defined-only "$build/libninefold.so" | awk '$3 !~ /^_/ { print $3 }' | sort >"$tmp/given"

faults=0
differ() {                                         # ONE OTHER WORDS: names in the first alone
    for name in $(comm -23 "$tmp/$1" "$tmp/$2"); do echo "exports: $name $3"; faults=1; done
}
differ declared listed "is declared in an installed header and not in app/ninefold.map"
differ listed declared "is in app/ninefold.map and in no installed header"
differ listed given "is in app/ninefold.map and libninefold.so has it not"
differ given listed "is given away by libninefold.so and not in app/ninefold.map"
[ "$faults" -eq 0 ] || { echo "exports: ACCEPT=1 tests/exports.sh $build writes the list anew"; exit 1; }
echo "exports: $(wc -l <"$tmp/listed") names"
