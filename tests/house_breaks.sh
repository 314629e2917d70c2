#!/bin/sh
# house_breaks.sh - breaks each rule of the house on purpose, in a copy, and sees house.sh turn red.
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

fresh() {   # a small sound house: four layers, an object each
    rm -rf "$work/src" "$work/build"
    for layer in engine indicators datasets plots; do
        mkdir -p "$work/src/$layer/deep" "$work/build/CMakeFiles/$layer.dir/deep" "$work/src/tests/house" "$work/src/app"
        cp "$here/house/$layer.allow" "$work/src/tests/house/"
        echo "int nf_${layer}_sound(int x) { return x; }" >"$work/src/$layer/${layer}_sound.c"
    done
}
compile() {
    for source in $(cd "$work/src" && find engine indicators datasets plots -name '*.c'); do
        layer=${source%%/*}
        cc -w -c "$work/src/$source" -o "$work/build/CMakeFiles/$layer.dir/${source#*/}.o"
    done
}
expect() {  # expect WHAT PATTERN: house.sh must fail and say so
    compile
    if "$here/house.sh" "$work/build" "$work/src" >"$work/said" 2>&1; then
        echo "not ok: $1 went unnoticed"; failed=$((failed + 1))
    elif grep -q "$2" "$work/said"; then
        echo "ok: $1"; passed=$((passed + 1))
    else
        echo "not ok: $1: $(cat "$work/said")"; failed=$((failed + 1))
    fi
}

fresh; compile
if "$here/house.sh" "$work/build" "$work/src" >"$work/said" 2>&1; then echo "ok: a sound house"; passed=1
else echo "not ok: a sound house: $(cat "$work/said")"; failed=1; fi

fresh; echo 'int nf_plots_sound(int); int nf_up(void) { return nf_plots_sound(1); }' >"$work/src/engine/up.c"
expect "engine calls plots" "engine reaches outside: nf_plots_sound"
fresh; echo 'int nf_datasets_sound(int); int nf_side(void) { return nf_datasets_sound(1); }' >"$work/src/plots/deep/side.c"
expect "plots calls datasets, from a subfolder" "plots reaches outside: nf_datasets_sound"
fresh; echo '#include <stdio.h>
int nf_print(void) { return puts("x"); }' >"$work/src/engine/print.c"
expect "engine prints" "engine reaches outside: puts"
fresh; echo '#include <time.h>
long nf_clock(void) { return time(0); }' >"$work/src/engine/clock.c"
expect "engine has a clock" "engine reaches outside: time"
fresh; echo '#include <math.h>
double nf_wrong(double x) { return exp(x); }' >"$work/src/engine/wrong.c"
expect "engine calls a dispatched libm function" "engine reaches outside: exp"
fresh; echo 'int sqlite3_open(const char *, void **); int nf_sql(void) { return sqlite3_open("x", 0); }' >"$work/src/indicators/sql.c"
expect "indicators speaks SQL" "indicators reaches outside: sqlite3_open"
fresh; echo 'static int n; int nf_count(void) { return n++; }' >"$work/src/datasets/count.c"
expect "writable data" "datasets keeps writable data: count"
fresh; echo '#include "../engine/engine_sound.c"' >"$work/src/plots/climb.c"
expect "an include that climbs" "climbs with"
fresh; { for i in $(seq 501); do echo "/* $i */"; done; } >"$work/src/engine/long.c"
expect "a file of 501 lines" "501 lines"
fresh; printf '/* %0120d */\n' 1 >"$work/src/engine/wide.c"
expect "a line of 126 columns" "wide.c:1: over 120 columns"
fresh; echo 'int nf_a;' >"$work/src/app/engine_sound.c"
expect "two files of one name" "two files are called engine_sound.c"
echo "house_breaks: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
