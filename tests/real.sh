#!/bin/sh
# real.sh BUILD [FOLDER] - the program over whole real files (FOLDER, ../shared/data): loaded, analysed, exported, a line
# each with its time. Meant for a sanitized build: any exit but 0 and a refusal is broken. Skipped (77) where the files are absent.
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "$1" && pwd)/ninefold
data=${2:-$here/../../shared/data}
[ -d "$data" ] || { echo "real: skipped, no files"; exit 77; }
data=$(cd "$data" && pwd)
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2
cd "$tmp" || exit 2
export NO_COLOR=1 LC_ALL=C.UTF-8 ASAN_OPTIONS=detect_leaks=1 \
    LSAN_OPTIONS="suppressions=$here/lsan.supp:print_suppressions=0"
held=0 broken=0
try() {                                            # WORDS ARGUMENT...
    words=$1 began=$(date +%s); shift
    "$bin" -s real.db "$@" >out 2>said; end=$?
    case $end in
    0) held=$((held + 1)) end="" ;;
    2) held=$((held + 1)) end=", refused: $(grep -m1 'ninefold:' said | sed 's/.*: //')" ;;
    *) broken=$((broken + 1)) end=", BROKEN: $(grep -m1 -E 'ERROR|runtime error' said)" ;;
    esac
    echo "$words: $(grep -c . out) lines, $(($(date +%s) - began)) s$end"
}
for file in "$data"/*.csv "$data"/*.tsv "$data"/datapackage*/datapackage.json "$data"/sdmx_csv/*.csv; do
    case $file in */manifest.csv|*\**) continue ;; esac
    name=$(basename "$file")
    try "load $name" load "$file" --dataset "$name" --published 2024-01-01
    try "trend $name" trend "$file" --method sen,mann-kendall --format csv
done
try "verify" verify
try "export" export --format csv
echo "real: $held held, $broken broken"
[ "$broken" -eq 0 ]
