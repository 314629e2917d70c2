#!/bin/sh
# chance.sh BUILD - scores the native chance against hindcasts whose outcome is known, through the program itself.
#
# Five years ahead: 24,850 cases. Mid-term verdicts of five-year plans, two years ahead: 34,013, of which the undecided
# (improving, not yet there) count. Prints the Brier score, the calibration error over ten bins, and the CPU time of
# the whole program, reading and writing included, by target. Skipped where the cases are absent.
build=${1:-build}
here=$(cd "$(dirname "$0")/../.." && pwd)
cases=${NINEFOLD_CASES:-$here/../shared/oracle/probability}
nf=$build/ninefold
[ -x "$nf" ] || { echo "chance: $nf is not built"; exit 0; }
[ -r "$cases/instances.csv.gz" ] || { echo "chance: skipped, no cases in $cases"; exit 0; }
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT || exit 2
export LC_ALL=C

# Cells are counted from the right: names on the left may hold commas.
five_years() {
    awk -F, -v data="$tmp/five.csv" -v targets="$tmp/five.targets" -v truth="$tmp/five.truth" '
        BEGIN { print "series,time,value" > data
                print "indicator,series,direction,kind,baseline_period,baseline,target_period,target,unit,scale" > targets }
        NR > 1 { n = split($(NF - 5), y, ";"); first = $(NF - 6); id = $1 "," $(NF - 6) "," $(NF - 5)
                 if (!(id in key)) { key[id] = "s" NR
                     for (i = 1; i <= n; i++) print key[id] "," first + i - 1 "," y[i] > data }
                 print NR - 1 "," key[id] ",up,at-least,,," first + n - 1 + 5 "," $(NF - 3) ",,log" > targets
                 print $(NF - 2) ",1" > truth }'
}
midterm() {
    awk -F, -v data="$tmp/mid.csv" -v targets="$tmp/mid.targets" -v truth="$tmp/mid.truth" '
        BEGIN { print "series,time,value" > data
                print "indicator,series,direction,kind,baseline_period,baseline,target_period,target,unit,scale" > targets }
        NR > 1 { n = split($(NF - 5), y, ";"); split($(NF - 6), t, ";"); id = $(NF - 6) "," $(NF - 5)
                 if (!(id in key)) { key[id] = "s" NR
                     for (i = 1; i <= n; i++) print key[id] "," t[i] "," y[i] > data }
                 print NR - 1 "," key[id] "," $(NF - 11) "," ($(NF - 11) == "up" ? "at-least" : "at-most") "," \
                     $(NF - 10) "," $(NF - 9) "," $(NF - 8) "," $(NF - 7) ",,log" > targets
                 print $(NF - 4) "," $(NF - 3) > truth }'
}

# Seconds of CPU that the children of this shell have taken so far; `times` must not run in a subshell.
spent() {
    times > "$tmp/times"
    seconds=$(awk 'NR == 2 { split($1, u, /[ms]/); split($2, s, /[ms]/); print u[1] * 60 + u[2] + s[1] * 60 + s[2] }' "$tmp/times")
}

score() {                                          # NAME: the truth beside the chance column of the answer
    awk -F, -v name="$2" -v seconds="$3" '
        FNR == NR { reached[FNR] = $1; counts[FNR] = $2; next }
        FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "chance") column = i; next }
        { k = FNR - 1; p = $column; all++
          if (p == "") { absent++; next }
          if (!counts[k]) next
          n++; brier += (p - reached[k]) ^ 2
          b = int(10 * p); if (b > 9) b = 9
          sum[b] += p - reached[k] }
        END { for (b in sum) error += sum[b] < 0 ? -sum[b] : sum[b]
              printf "%-22s %6d targets  %6d scored  Brier %.5f  calibration error %.4f  %.1f us a target  %d without a chance\n",
                  name, all, n, brier / n, error / n, 1e6 * seconds / all, absent }' "$tmp/$1.truth" "$tmp/$1.answer"
}

run() {
    spent; before=$seconds
    "$nf" --format csv --as-of 2026-01-01 check --data "$tmp/$1.csv" --targets "$tmp/$1.targets" \
        > "$tmp/$1.answer" 2> "$tmp/said" || { cat "$tmp/said"; exit 2; }
    spent
    score "$1" "$2" "$(echo "$before $seconds" | awk '{ print $2 - $1 }')"
}

gzip -dc "$cases/instances.csv.gz" | five_years
gzip -dc "$cases/midterm.csv.gz" | midterm
run five "five years ahead"
run mid "mid-term, undecided"
