# Files in place of a store: trends, the flat sheet, data and targets; selection; errors by file and line.
at="--as-of 2026-11-22"
cat >f.csv <<'END'
series,time,value
a,2015,1
a,2016,2
a,2017,3.5
a,2018,4
a,2019,6
b,2015,5
b,2016,
b,2017,3
b,2018,2
b,2019,2.5
END
nf trend f.csv
nf trend f.csv --format csv --method sen,ols
nf trend - b --format jsonl --mk exact <f.csv
nf trend f.csv --adjust holm --format csv --method mann-kendall | cut -d, -f1,9,11
nf trend f.csv --from 2016 --to 2018 --format csv --method ols | cut -d, -f1,3,5,6,12
nf trend f.csv --per step --method sen --format csv | cut -d, -f1,12,16
nf trend f.csv --lang zh --method sen
says trend f.csv c 2>&1 | tail -2
says trend missing.csv
says trend f.csv --aggregate month
says trend f.csv --where unti=x
printf 'series,time,value\nx,2015,1\nx,2016,abc\n' >bad.csv
says trend bad.csv
says load bad.csv
test -e ninefold.db || echo 'no store was made'
says load bad.csv f.csv --format csv 2>&1 | cut -d, -f1,2
nf init my.csv $at && cat my.csv
says init my.csv
nf check my.csv $at
nf init my.xlsx $at && nf check my.xlsx $at --format csv | cut -d, -f2,9,11,19
nf report my.csv $at -o page && ls page | wc -l && grep -c '<svg' page/index.html
nf plot trend f.csv a $at -o a.svg --numbers a.csv && head -2 a.csv && head -c 4 a.svg && echo
nf plot trend f.csv a $at -o a.png --for slide && head -c 4 a.png | tail -c 3 && echo
cat >t.csv <<'END'
indicator,series,direction,kind,baseline_period,baseline,target_period,target,unit,scale
growth,a,up,at-least,2015,,2021,8,,
END
nf check --data f.csv --targets t.csv --as-of 2019-12-31 --format csv | cut -d, -f2,9,11,18-20
says plot trend nothere -o x.svg
ls
