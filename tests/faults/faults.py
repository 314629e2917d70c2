#!/usr/bin/python3
"""faults.py TEST[,TEST...] [key=value ...] - the fault harness on the program, where the harness is there.

Stored rows are read by Python's SQLite through the loadable extension build/ninefold.so. Where that was not built,
`ninefold export` stands in: then the program is asked about itself, and the run says so."""
import csv, io, os, re, runpy, sqlite3, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get('NINEFOLD_BUILD', os.path.join(HERE, '..', '..', 'build'))
HARNESS = os.environ.get('NINEFOLD_HARNESS', os.path.join(HERE, '..', '..', '..', 'shared', 'harness', 'nfh.py'))
EXTENSION = os.path.join(BUILD, 'ninefold.so')
plain_connect = sqlite3.connect


def exported(connection, path):
    run = subprocess.run([os.path.join(BUILD, 'ninefold'), '-s', path, 'export', '--format', 'csv'], capture_output=True)
    rows = list(csv.DictReader(io.StringIO(run.stdout.decode('utf8', 'surrogateescape'))))
    connection.execute('create temp table nf_obs(series text, time text, value real)')
    connection.executemany('insert into nf_obs values(?, ?, ?)',
                           [(r['series'], r['time'], float(r['value']) if r['value'] else None) for r in rows])


def connect(name, *args, **kw):
    connection = plain_connect(name, *args, **kw)
    path = re.sub(r'^file:|\?.*$', '', str(name))
    if os.path.exists(EXTENSION):
        connection.enable_load_extension(True)
        connection.load_extension(EXTENSION)
    elif os.path.exists(path):
        exported(connection, path)
    return connection


if not os.path.exists(HARNESS):
    print('skipped: no harness')
    sys.exit(0)
if not os.path.exists(EXTENSION):
    print('note: no ninefold.so, rows are read through `ninefold export`')
sqlite3.connect = connect
sys.argv = [HARNESS, os.path.join(HERE, 'ninefold.conf')] + sys.argv[1:]
runpy.run_path(HARNESS, run_name='__main__')
