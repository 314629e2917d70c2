# A series that cannot be had as asked has a row with its reason, in files and stores alike; p is adjusted in every format.
printf 'series,time,value\na,2020,1\na,2021,2\na,2022,4\nb,2020-01,1\nb,2020-02,2\nb,2021-01,3\nb,2022-03,5\n' >f.csv
printf 'series,time,value\nx,1.5,1\nx,2,2\n' >x.csv
cut_() { cut -d, -f1-3,18,19; }
nf load f.csv --published 2023-01-01 >loaded
for from in f.csv ''; do
    nf trend $from --aggregate month --method sen --format csv | cut_
    nf trend $from --seasons wet=5-11 --method sen --format csv | cut_
    nf trend $from --from 2.5 --method sen --format csv | cut_
    nf trend $from --aggregate month --method regional-mann-kendall,sen --format jsonl | cut -c1-90
done
nf trend x.csv --from 2020-01 --method sen --format csv | cut_
for format in jsonl csv json text; do nf trend f.csv --adjust holm --method mann-kendall,sen --format $format; done
nf trend f.csv --adjust bh --method stl --season-length 2 --components --format jsonl | cut -c1-60
