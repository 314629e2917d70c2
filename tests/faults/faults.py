#!/usr/bin/python3
"""faults.py TEST[,TEST...] [key=value ...] - the fault harness on the program, where the harness is there.

Stored rows are read by Python's SQLite through the loadable extension. Where that was not built,
`ninefold export` stands in: then the program is asked about itself, and the run says so."""
import atexit, csv, io, os, re, runpy, shutil, sqlite3, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get('NINEFOLD_BUILD', os.path.join(HERE, '..', '..', 'build'))
HARNESS = os.environ.get('NINEFOLD_HARNESS', os.path.join(HERE, '..', '..', '..', 'shared', 'harness', 'nfh.py'))
EXTENSION = os.path.join(BUILD, 'extension', 'ninefold.so')
plain_connect = sqlite3.connect
LOADABLE = os.path.exists(EXTENSION) and hasattr(sqlite3.Connection, 'enable_load_extension')


def exported(connection, path):
    run = subprocess.run([os.path.join(BUILD, 'ninefold'), '-s', path, 'export', '--format', 'csv'], capture_output=True)
    rows = list(csv.DictReader(io.StringIO(run.stdout.decode('utf8', 'surrogateescape'))))
    connection.execute('create temp table nf_obs(series text, time text, value real)')
    connection.executemany('insert into nf_obs values(?, ?, ?)',
                           [(r['series'], r['time'], float(r['value']) if r['value'] else None) for r in rows])


class Connection(sqlite3.Connection):
    def execute(self, *args):
        try:
            return super().execute(*args)
        except UnicodeDecodeError as e:              # what SQLite says of a damaged file need not be text
            raise sqlite3.DatabaseError(str(e))


def connect(name, *args, **kw):
    connection = plain_connect(name, *args, factory=Connection, **kw)
    path = re.sub(r'^file:|\?.*$', '', str(name))
    if LOADABLE:
        connection.enable_load_extension(True)
        connection.load_extension(EXTENSION)
    elif os.path.exists(path):
        exported(connection, path)
    return connection


if not os.path.exists(HARNESS):
    print('skipped: no harness')
    sys.exit(0)
if not LOADABLE:
    print('note: no extension, rows are read through `ninefold export`')

# The harness is used as a copy: its preloaded library and its corpus are made there, not where it lives.
copy = os.path.join(tempfile.mkdtemp(prefix='nf_harness_'), 'harness')
atexit.register(shutil.rmtree, os.path.dirname(copy), True)
shutil.copytree(os.path.dirname(HARNESS), copy)
preload, corpus = os.path.join(copy, 'preload'), os.path.join(copy, 'corpus-own')
subprocess.check_call(['cc', '-w', '-shared', '-fPIC', '-O2', '-o', os.path.join(preload, 'libfaultinj.so'),
                       os.path.join(preload, 'faultinj.c'), '-ldl'])
if 'corpus' in sys.argv[1]:
    subprocess.check_call([sys.executable, os.path.join(copy, 'gen_corpus.py'), corpus, 'series,time,value'])
with open(os.path.join(HERE, 'ninefold.conf')) as conf, open(os.path.join(copy, 'ninefold.conf'), 'w') as out:
    out.write(re.sub(r'(?m)^bin .*', 'bin = ' + os.path.abspath(os.path.join(BUILD, 'ninefold')), conf.read()))
sqlite3.connect = connect
sys.argv = [os.path.join(copy, 'nfh.py'), os.path.join(copy, 'ninefold.conf')] + sys.argv[1:] + ['corpus=' + corpus]
runpy.run_path(sys.argv[0], run_name='__main__')
