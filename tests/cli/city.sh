# The invented city: demo, its ledger, charts by suffix, a report; the same bytes in other surroundings.
at="--as-of 2026-11-22"
nf demo -o d $at | sed "s|$bin|ninefold|g"
export NINEFOLD_STORE=d/ninefold.db
nf ledger $at --format csv >ledger.csv; head -1 ledger.csv; wc -l <ledger.csv
nf ledger $at >ledger.txt; head -4 ledger.txt | cut -c1-12
nf ledger update T4.1 --field progress --value 77 --by 'Ecology bureau' --note 'boilers off'
nf ledger --since 2026-07-01 --format csv 2>/dev/null | cut -d, -f2-6 | grep 77
says ledger update T4.11 --field progress --value 77 --by me
nf check $at --format csv >check.csv
LC_ALL=C.UTF-8 TZ=Asia/Shanghai GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA "$bin" check $at --format csv 2>/dev/null | cmp - check.csv && echo same check
nf trend $at --format csv -j 1 >one.csv; nf trend $at --format csv -j 4 | cmp - one.csv && echo same trend
nf plot scoreboard $at -o a.svg; TZ=Asia/Shanghai nf plot scoreboard $at -o b.svg; cmp a.svg b.svg && echo same chart
nf plot gantt $at -o g.pdf && head -c 4 g.pdf && echo
nf trend 'synthetic.air.pm25@*' --aggregate month:mean:75% --seasons wet=5-11,dry=12-4 --method sen --format csv | cut -d, -f1,3,5,6
nf derive pm25 --format csv | cut -d, -f1,2,4,5
nf export synthetic.gdp --format xlsx >gdp.xlsx && head -c 2 gdp.xlsx && echo
nf report $at --format md -o page >/dev/null && head -1 page/report.md
says report
says report -o page --format dcox
says sample
mkdir -p page/.ninefold-x && touch -d '2 hours ago' page/.ninefold-old page/.ninefold-x && touch page/.ninefold-new
nf report $at --format md -o page >/dev/null; ls -A page | grep ninefold
