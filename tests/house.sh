#!/bin/sh
# house.sh BUILD [SOURCE] - the rules of the house, checked over every object and every file.
#
#   layers   a layer's objects may need only: their own symbols, engine's, and what tests/house/LAYER.allow names
#   data     no writable data in any layer: .data and .bss are empty
#   include  no include climbs with ../
#   lines    no C file over 500 lines, no line of code over 120 columns (one that is all text may be longer)
#   names    file names are unique in the tree
build=$1
src=${2:-$(dirname "$0")/..}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
faults=0
fault() { printf 'house: %s\n' "$*"; faults=$((faults + 1)); }
objects() { find "$build/CMakeFiles/$1.dir" -name '*.o' 2>/dev/null; }
defined() { objects "$1" | xargs -r nm --defined-only 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u; }

layers="engine indicators datasets plots"
for layer in $layers; do
    objects "$layer" | grep -q . || { fault "$layer: no objects in $build"; continue; }
    { defined "$layer"; defined engine; } | sort -u >"$work/have"
    objects "$layer" | xargs nm --undefined-only | awk '$1 == "U" || $1 == "w" { print $2 }' | sort -u >"$work/want"
    grep -v '^#' "$src/tests/house/$layer.allow" | grep . >"$work/allow"
    comm -23 "$work/want" "$work/have" | grep -vxEf "$work/allow" >"$work/outside"
    while read -r symbol; do
        where=$(objects "$layer" | xargs nm -A --undefined-only | awk -v s="$symbol" '$NF == s { print $1 }' | head -1)
        fault "$layer reaches outside: $symbol ($(basename "${where%%.o:*}"))"
    done <"$work/outside"
    for object in $(objects "$layer"); do
        size -A "$object" | awk '$1 ~ /^\.(data|bss|tdata|tbss)(\.[^r]|$)/ && $2 > 0' | grep -q . &&
            fault "$layer keeps writable data: $(basename "$object" .o)"
    done
done

cd "$src" || exit 2
sources() { find engine indicators datasets plots app tests -name '*.[ch]'; }
for file in $(sources); do
    grep -Hn '#include "[^"]*\.\./' "$file" && fault "$file: an include climbs with ../"
    lines=$(wc -l <"$file")
    [ "$lines" -le 500 ] || fault "$file: $lines lines, at most 500"
    wide=$(LC_ALL=C.UTF-8 grep -nE '^.{121,}$' "$file" | grep -vE '^[0-9]+: *"' | cut -d: -f1 | head -1)
    [ -z "$wide" ] || fault "$file:$wide: over 120 columns"
done
sources | sed 's|.*/||' | sort | uniq -d | while read -r name; do echo "$name"; done >"$work/twice"
while read -r name; do fault "two files are called $name"; done <"$work/twice"
[ "$faults" -eq 0 ] && echo "house: in order" || { echo "house: $faults faults"; exit 1; }
