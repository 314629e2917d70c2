# Sheets of the ledger go out to the units and come back; the mayor's page.
nf sample --city Testburg --seed 1 -o c >/dev/null
nf load c/data/synthetic_indicators_yearly.csv --format csv | cut -d, -f2,5
nf plan load c/plan >/dev/null
at="--as-of 2026-11-22"
nf ledger collect --period 2026Q2 -o sheets $at --format csv
ls sheets | head -2; head -c 2 "sheets/01-Office of Supervision-2026-Q2.xlsx"; echo
nf ledger collect --period 2026Q2 --until 2999-01-01 sheets/0[12]*.xlsx --format csv 2>/dev/null | cut -d, -f1-5
head='period,unit,task,title,due,started,progress,finished,blocked,note,evidence'
{ echo "$head"
  echo '2026Q2,Bureau of Ecology and Environment,T4.1,,,yes,77%,no,no,boilers off,photo.jpg'
  echo '2026Q2,生态环境局,T4.2,,,,,,yes,,'
  echo '2026Q2,生态环境局,T4.3,,,,,,,nothing new,'; } >eco.csv
nf ledger collect eco.csv --until 2020-01-01 --format csv 2>/dev/null | grep eco
nf ledger --since 2026-07-01 --as-of 2999-12-31 --format csv 2>/dev/null | cut -d, -f2-
echo a second time; nf ledger collect eco.csv --until 2999-01-01 --format csv 2>/dev/null | grep eco
bad() { { echo "$head"; echo "$1"; } >bad.csv; says ledger collect bad.csv --period 2026Q2 --format csv 2>&1 | grep -E '^ninefold: bad|exit'; }
bad '2026Q2,Bureau of Transport,T4.1,,,yes,,,,,'
bad '2026Q2,Bureau of Ecology and Environment,T4.11,,,yes,,,,,'
bad '2026Q2,Bureau of Ecology and Environment,T4.1,,,perhaps,,,,,'
bad '2026Q2,Bureau of Ecology and Environment,T4.1,,,,170,,,,'
bad '2026Q1,Bureau of Ecology and Environment,T4.1,,,yes,,,,,'
printf 'a,b\n1,2\n' >bad.csv; says ledger collect bad.csv --format csv 2>&1 | grep -E '^ninefold|exit'
says ledger collect eco.csv eco.csv --format csv 2>&1 | grep -E '^ninefold|exit'
says ledger collect
nf ledger --since 2026-07-01 --as-of 2999-12-31 --format csv 2>/dev/null | wc -l
echo load takes them too; nf load eco.csv --format csv 2>/dev/null | grep -c 'Ecology.*,3,0,eco.csv'
says load eco.csv c/data/synthetic_indicators_yearly.csv
nf brief $at -o b.pdf; head -c 4 b.pdf; echo; nf brief $at --lang zh --since 2026-01-01 -o b.png; head -c 4 b.png | tail -c 3; echo
nf brief $at -o b2.pdf >/dev/null; cmp b.pdf b2.pdf && echo same page
nf brief $at -o b.svg >/dev/null; grep -c 'Where it is worst' b.svg
says brief
says brief -o b.doc
