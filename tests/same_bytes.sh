#!/bin/sh
# same_bytes.sh BUILD - one answer, byte for byte, whatever the locale, the time zone, the threads and the instruction set.
build=$(cd "$1" && pwd)
bin=$build/ninefold
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2
cd "$tmp" || exit 2
unset NINEFOLD_STORE NINEFOLD_DATA NINEFOLD_ISA LC_MESSAGES LC_NUMERIC LC_TIME LANG LANGUAGE GLIBC_TUNABLES
export LC_ALL=C TZ=UTC NO_COLOR=1 TERM=dumb
as_of="--as-of 2026-01-01"

# A locale that writes 1,5: made here, since few machines have one.
comma=C.UTF-8
if command -v localedef >/dev/null && localedef -i de_DE -f UTF-8 "$tmp/de_DE.UTF-8" >/dev/null 2>&1; then
    comma=de_DE.UTF-8
    export LOCPATH=$tmp
fi

"$bin" demo -o city $as_of >said 2>&1 || { cat said; echo "same_bytes: no invented city"; exit 1; }
awk 'BEGIN { print "series,time,value"; r = 7
    for (s = 0; s < 8; s++) for (m = 0; m < 120; m++) { r = (r * 16807) % 2147483647
        printf "s%d,%d-%02d,%s\n", s, 2015 + int(m / 12), m % 12 + 1, (r % 17 ? s + m * .37 + r / 2147483647 * 9 : "") } }' >made.csv

answers() {                                        # DIR -j N
    out=$1; shift
    mkdir "$out"
    for format in csv jsonl; do
        for method in mann-kendall,sen,hamed-rao seasonal-mann-kendall,seasonal-sen ols,ols-hac,spearman,pettitt; do
            "$bin" trend made.csv --method $method --format $format --lang en "$@" >"$out/trend-$method.$format" 2>&1
        done
        "$bin" -s city/ninefold.db trend --format $format $as_of --lang en "$@" >"$out/city.$format" 2>&1
    done
    for format in csv json text; do "$bin" -s city/ninefold.db check --format $format $as_of --lang en >"$out/check.$format" 2>&1; done
    "$bin" -s city/ninefold.db plot scoreboard -o "$out/scoreboard.svg" $as_of --lang en >/dev/null 2>&1
    "$bin" -s city/ninefold.db plot trend $chart -o "$out/trend.svg" $as_of --lang en >/dev/null 2>&1
}
faults=0
same() {                                           # WORDS
    diff -rq plain other >said || { echo "same_bytes: other bytes with $1:"; cat said; faults=1; }
    rm -rf other
}
chart=$("$bin" -s city/ninefold.db list series --format csv $as_of 2>/dev/null | sed -n '2s/,.*//p')
answers plain -j 1
[ "$(cat plain/* | wc -c)" -gt 20000 ] && [ -s plain/trend.svg ] && [ -s plain/scoreboard.svg ] ||
    { echo "same_bytes: too little to compare"; wc -c plain/*; head -3 plain/*; exit 1; }

# The names a tunable may have: of glibc 2.26 to 2.32, and since.
new=glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F,-ERMS,-FSRM
old=glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX512F_Usable
(export LC_ALL=$comma; answers other -j 1); same "LC_ALL=$comma"
(export TZ=Asia/Shanghai LC_ALL=C.UTF-8; answers other -j 2); same "TZ=Asia/Shanghai -j 2"
(export TZ=America/St_Johns GLIBC_TUNABLES=$new; answers other -j 4); same "$new -j 4"
(export GLIBC_TUNABLES=$old; answers other -j 1); same "$old"
for isa in scalar avx2 avx512; do
    grep -q "${isa%512}" /proc/cpuinfo || [ $isa = scalar ] || continue
    [ $isa != avx512 ] || grep -q avx512f /proc/cpuinfo || continue
    (export NINEFOLD_ISA=$isa; answers other -j 2); same "NINEFOLD_ISA=$isa -j 2"
done
[ "$faults" -eq 0 ] && echo "same_bytes: $(ls plain | wc -l) answers, the same under $comma, other zones, threads and instruction sets"
