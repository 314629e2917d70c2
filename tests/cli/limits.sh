# Figures below a limit of detection: "<0.5" is read as what it says, kept through export and load, and named by every method.
i=2010; echo 'series,time,value' > lead.csv
for v in 2.1 1.9 '<0.5' 1.4 '< 1.0' 1.2 '＜0.5' 0.9 0.7 0.8 0.6; do echo "lead,$i,$v" >> lead.csv; i=$((i + 1)); done
nf trend lead.csv --method sen,censored-mann-kendall,akritas-theil-sen --format csv
nf load lead.csv --published 2024-01-01 --store s.db --format csv
nf export lead --store s.db --format csv | tee back.csv
nf load back.csv --store again.db --format csv
nf export lead --store again.db --format csv | cmp - back.csv && echo same
echo 'series,time,value,status' > odd.csv; echo 'x,2010,<,' >> odd.csv
says load odd.csv --store s.db
