# Options in every form, and what is said about those that are none.
says trnd
says zzz
says trend --metod sen
says list --format
says --version=3
says list methods --format=cvs
says list -x
says list methods --lang fr
says --as-of 2024-02-30 list methods
says --format csv list formats --lang=en | cut -d, -f1
says list --format csv -- --methods
says trend --alpha 2 x.csv
says trend --per fortnight x.csv
says trend --mk exact --method sen x.csv
says trend --sen-ci interpolat x.csv
says list methds
says list methods schemes
says verify this
says help verify this | head -1
says trend --method sne x.csv
says plot trnd -o x.svg
says plot trend
says plot trend x -o x.gif
says plot trend x -o x.svg --size 10
says check --data x.csv
says brief -o x.pdf
says ledger colect
says plan
says plan laod x
says judge gdp
says explain gdp
says completion tcsh
says init x.txt
says list series
says load -s :memory: x.csv
says load
