#!/bin/sh
# threads.sh BUILD - a load read ahead by a second thread and batches by four, under the thread sanitizer (preset
# `thread`): no race, and the bytes that one thread gives.
bin=$(cd "$1" && pwd)/ninefold
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2
cd "$tmp" || exit 2
export TSAN_OPTIONS=halt_on_error=1 NO_COLOR=1 LC_ALL=C.UTF-8
awk 'BEGIN { print "series,time,value"
    for (s = 0; s < 1300; s++) for (i = 0; i < 60; i++) printf "s%d,%d-%02d,%d.%d\n", s, 2015 + int(i / 12), i % 12 + 1, s * i * 37 % 9973, i % 10 }' >long.csv
broken=0 held=0
same() {                                           # WORDS: does $2 equal $3?
    if cmp -s "$2" "$3"; then held=$((held + 1)); else broken=$((broken + 1)); echo "threads: $1 differ"; tail -5 said; fi
}
run() { "$bin" "$@" 2>said || { broken=$((broken + 1)); echo "threads: $1 failed"; tail -20 said; }; }
run -s one.db load long.csv --dataset x --published 2021 >load.txt
for way in long.csv '-s one.db'; do
    # shellcheck disable=SC2086
    case $way in -s*) set -- $way trend ;; *) set -- trend $way ;; esac
    run "$@" --method sen,mann-kendall --format csv -j 1 >one.csv
    run "$@" --method sen,mann-kendall --format csv -j 4 >four.csv
    same "trends of $way by one and four threads" one.csv four.csv
done
run -s one.db export --format csv >out.csv
[ "$(grep -c . out.csv)" -eq 78001 ] || { broken=$((broken + 1)); echo "threads: rows were lost"; }
run csvdump long.csv >dump.txt
echo "threads: $held held, $broken broken, 0 s"
[ "$broken" -eq 0 ]
