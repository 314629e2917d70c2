# The whole way on published facts: load, plan, check as known then and now, what changed, explain, export and back.
at="--as-of 2026-11-22"
nf load "$data/shijiazhuang_published.csv" --format csv | cut -d, -f2,5,9-13
nf load "$data/shijiazhuang_published.csv" --format csv | cut -d, -f2,5,9-13
says plan check "$plan/shijiazhuang"
nf plan load "$plan/shijiazhuang"
nf check --as-of 2024-01-31 --format csv | grep -E '^(improvement|I3,gdp,|I2,urban)'
nf check $at --format csv | grep -E '^(I3,gdp,|I2,urban)'
nf check $at --format csv --scheme native,opensdg | grep '^I3,gdp,' | cut -d, -f2,19,21
nf check $at --format csv --changes 2024-01-31 | cut -d, -f2,5-8
nf check $at --format csv --changes 2000 | wc -l
nf check $at --lang zh | grep 地区生产总值
says check $at --fail-on missed --format csv 2>&1 | tail -1
says check --as-of 2024-01-31 --fail-on off-track --format csv 2>&1 | tail -1
says check --as-of 2000 --format csv
nf explain shijiazhuang.gdp 2020 $at --format jsonl | cut -d, -f1-7
says explain shijiazhuang.gdp 2019
says explain shijiazhuang.gpd 2020
nf derive 'growth(shijiazhuang.gdp)' $at --from 2021 --format csv
nf trend shijiazhuang.gdp $at --format csv | cut -d, -f1-6,12
nf judge gdp --verdict missed --by 'Li Wei' --reason 'two plants open late' && nf check | grep -o "missed: two.*(Li Wei)"
nf export --vintages $at >all.csv && nf load all.csv --store again.db >/dev/null && nf export --vintages $at -s again.db | cmp - all.csv && echo exact
nf export $at shijiazhuang.gdp --from 2020 --to 2021
nf backup copy.db && nf verify -s copy.db --format csv
nf log --format csv | cut -d, -f2,3 | sort | uniq -c
nf list vintages --format csv | wc -l
nf list targets --format csv | head -3
ls
