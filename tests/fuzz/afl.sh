#!/bin/sh
# afl.sh [SECONDS [TARGET...]] - the fuzz targets under AFL++, SECONDS (60) each, two at a time, a line per target:
# runs a second and crashes. Skipped where AFL++ is not installed.
seconds=${1:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 2
[ $# -lt 1 ] || shift
command -v afl-fuzz afl-clang-fast >/dev/null || { echo "afl: skipped, no AFL++"; exit 0; }
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2

export AFL_QUIET=1 AFL_LLVM_INSTRUMENT=LLVM-NATIVE       # its own instrumentation ends on vector code (LLVM 14)
cmake --preset afl >"$tmp/said" 2>&1 && cmake --build build-afl --target fuzz >>"$tmp/said" 2>&1 || {
    tail -20 "$tmp/said"; echo "afl: does not build"; exit 1; }

stat_of() { sed -n "s/^$2 *: //p" "$tmp/$1/default/fuzzer_stats" 2>/dev/null; }

target() {                                         # NAME
    seeds=tests/fuzz/seeds/$1
    [ -d "$seeds" ] || seeds=tests/fuzz/seeds/load
    AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_FAST_CAL=1 \
    ASAN_OPTIONS=abort_on_error=1:symbolize=0:detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:symbolize=0 \
        afl-fuzz -V "$seconds" -t 2000+ -m none -i "$seeds" -o "$tmp/$1" -- "build-afl/tests/fuzz_$1" >"$tmp/$1.log" 2>&1
    crashes=$(stat_of "$1" saved_crashes) hangs=$(stat_of "$1" saved_hangs)
    bad=$((${crashes:-1} + ${hangs:-0}))
    echo "afl $1: $((bad == 0)) held, $((bad > 0)) broken, $seconds s; $(stat_of "$1" execs_per_sec) execs/s," \
         "$(stat_of "$1" execs_done) runs, ${crashes:-no start} crashes, ${hangs:-0} hangs"
    [ "$bad" -eq 0 ] && return
    [ -n "$crashes" ] || tail -5 "$tmp/$1.log"
    for input in "$tmp/$1"/default/crashes/id* "$tmp/$1"/default/hangs/id*; do
        [ -f "$input" ] && echo "    $(base64 -w 200 "$input" | head -1)"
    done | head -3
}

[ $# -gt 0 ] || set -- $(ls build-afl/tests/fuzz_* | sed 's/.*fuzz_//')
running=0
for name in "$@"; do
    target "$name" &
    running=$((running + 1))
    [ $((running % 2)) -ne 0 ] || wait
done >"$tmp/lines"
wait
cat "$tmp/lines"
! grep -q ' 1 broken' "$tmp/lines"
