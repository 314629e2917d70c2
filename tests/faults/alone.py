#!/usr/bin/python3
"""alone.py BUILD [SWEEP...] - faults put in the program's way, a line per sweep; exit 1 when a promise was broken.

The promises (spec of threats): a load is all or nothing; exit 0 means stored and exactly right; any other exit means that
nothing changed and that stderr says why; no fault ends the program by a signal or leaves it hanging."""
import csv, errno, os, random, re, resource, shutil, signal, subprocess, sys, tempfile, time
from power import calls, crash_states
import hostile as tables

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.path.abspath(os.path.join(sys.argv[1], 'ninefold'))
WORK = tempfile.mkdtemp(prefix='nf_sweeps_')
SHIM = os.path.join(WORK, 'shim.so')
AS_OF = ['--as-of', '2026-01-01']
broken, passed, failed = [], 0, 0


def at(*names):
    return os.path.join(WORK, *names)


class Ran:
    def __init__(self, argv, env=None, timeout=60, stdout=subprocess.PIPE):
        full = dict(os.environ, LC_ALL='C.UTF-8', TZ='UTC', NO_COLOR='1', **(env or {}))
        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, env=full,
                                 cwd=WORK, start_new_session=True)
        try:
            self.out, err = child.communicate(timeout=timeout)
            self.hung = False
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            self.out, err = child.communicate()
            self.hung = True
        self.code, self.err = child.returncode, err.decode('utf8', 'replace')
        self.crashed = self.hung or self.code < 0 or self.code >= 128

    def __str__(self):
        return 'hangs' if self.hung else f'exit {self.code}, {self.err.strip()[-160:]!r}'


def hold(holds, words):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    if not holds:
        broken.append(words)


def table(name, rows, tag):
    path = at(name)
    with open(path, 'w') as f:
        f.write('series,time,value\n')
        for i in range(rows):
            month = i % 400
            f.write(f'{tag}{i // 400},{1980 + month // 12}-{month % 12 + 1:02d},{i * 7919 % 10007 / 8}\n')
    return path


def load(store, path):
    return [BIN, '-s', store, 'load', path, '--dataset', 'faults', '--published', '2020-01-01']


def export(store):
    return [BIN, '-s', store, 'export', '--format', 'csv'] + AS_OF


def rows(store):
    ran = Ran(export(store))
    return ran.out if ran.code == 0 else str(ran).encode()


def base_store(rows_in=600):
    store = at('base.db')
    if not os.path.exists(store):
        ran = Ran(load(store, table('base.csv', rows_in, 'base')))
        assert ran.code == 0, str(ran)
    return store


def copy(store, name='copy'):
    shutil.rmtree(at(name), ignore_errors=True)
    os.mkdir(at(name))
    return shutil.copy(store, at(name, 'ninefold.db'))


def before_and_after(path):
    store = base_store()
    then = copy(store, 'after')
    began = time.time()
    ran = Ran(load(then, path))
    assert ran.code == 0, str(ran)
    return store, rows(store), rows(then), time.time() - began


def kill():
    """kill -9 at random moments, half of them where the commit is"""
    path = table('kill.csv', 40000, 'kill')
    store, before, after, seconds = before_and_after(path)
    chance = random.Random(1)
    for shot in range(30):
        victim = copy(store)
        child = subprocess.Popen(load(victim, path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0 if shot % 2 else seconds * .6, seconds))
        child.kill()
        found = (child.wait(), rows(victim))
        hold(found[1] == after or (found[1] == before and found[0] != 0), f'shot {shot}: neither before nor after')
        if found[1] == before and shot % 5 == 0:
            hold(Ran(load(victim, path)).code == 0 and rows(victim) == after, f'shot {shot}: no second load')


CHANGING = ['openat', 'write', 'pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'unlink', 'rename', 'close', 'exit_group']


def killsys():
    """kill -9 on entering the Kth state-changing system call"""
    path = table('small.csv', 40, 'small')
    store, before, after, _ = before_and_after(path)
    trace = at('trace')
    if not shutil.which('strace') or Ran(['strace', '-f', '-o', trace] + load(copy(store), path)).code:
        return 'skipped, no strace'
    seen = open(trace, errors='replace').read()
    for call in CHANGING:
        n = len(re.findall(rf'^\d+\s+{call}\(', seen, re.M))
        first = max(1, n - 11)                       # the last ones: the first are the dynamic linker's
        for k in range(first, n + 1):
            victim = copy(store)
            Ran(['strace', '-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', '-e', f'trace={call}',
                 '-e', f'inject={call}:signal=SIGKILL:when={k}'] + load(victim, path))
            hold(rows(victim) in (before, after), f'{call} {k} of {n}: neither before nor after')


def failing(function, argv, count_only=False, k=0, on=0, code=0):
    env = {'LD_PRELOAD': SHIM, 'NF_FAIL': function, 'NF_FAIL_AT': str(k), 'NF_FAIL_ON': str(on), 'NF_FAIL_ERRNO': str(code)}
    if count_only:
        env['NF_FAIL_COUNT'] = at('count')
        Ran(argv, env)
        return int(open(at('count')).read())
    return Ran(argv, env)


def scenes():
    store, path = base_store(), table('small.csv', 40, 'small')
    return [('load', lambda s: load(s, path), before_and_after(path)[2]),
            ('export', export, rows(store)),
            ('trend', lambda s: [BIN, '-s', s, 'trend', '--format', 'csv', '-j', '1'] + AS_OF, rows(store)),
            ('list', lambda s: [BIN, '-s', s, 'list', 'series', '--format', 'csv'], rows(store))]


def inject(function, codes, most):
    store = base_store()
    before = rows(store)
    for name, command, after in scenes():
        clean = Ran(command(copy(store)))
        n = failing(function, command(copy(store)), True)
        ks = set(range(1, min(n, most // 2) + 1)) | set(random.Random(2).sample(range(1, n + 1), min(n, most // 2)))
        for k in sorted(ks):
            for code, on in [(code, on) for code in codes for on in (0, 1)]:
                victim = copy(store)
                ran, words = failing(function, command(victim), k=k, on=on, code=code), f'{name}: {function} {k} of {n}'
                hold(not ran.crashed, f'{words}: {ran}')
                if ran.code == 0:
                    hold((ran.out == clean.out or name == 'load') and rows(victim) == after, f'{words}: exit 0 and wrong')
                else:
                    hold(rows(victim) in (before, after), f'{words}: neither before nor after')
                    hold(ran.err.strip() or (function == 'write' and on), f'{words}: nothing on stderr')


def malloc():
    """the Kth allocation fails, once and for good"""
    inject('malloc', [errno.ENOMEM], 40)


def io():
    """the Kth write, sync, truncation or rename fails"""
    for function in ('write', 'pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'rename'):
        inject(function, [errno.ENOSPC, errno.EIO] if 'write' in function else [errno.EIO], 8)


def short():
    """reads and writes that do half of what they are asked for, or are interrupted"""
    store = base_store()
    interrupted = [{'NF_FAIL': 'read', 'NF_FAIL_AT': str(k), 'NF_FAIL_ERRNO': str(errno.EINTR)} for k in range(1, 5)]
    for name, command, after in scenes():
        clean = Ran(command(copy(store)))
        for env in [{'NF_FAIL_SHORT': '1'}] + interrupted:
            victim = copy(store)
            ran = Ran(command(victim), {'LD_PRELOAD': SHIM, **env})
            hold(ran.code == 0 and (name == 'load' or ran.out == clean.out) and rows(victim) == after,
                 f'{name}, {env}: {ran}')


def full():
    """a file system of few bytes"""
    path = table('full.csv', 20000, 'full')
    store, before, after, _ = before_and_after(path)
    size, disk = os.path.getsize(at('after', 'ninefold.db')), at('disk')
    os.makedirs(disk, exist_ok=True)
    for share in (.2, .5, .8, 1, 1.2, 2, 4):
        room = max(int(size * share), os.path.getsize(store) + 8192)
        if subprocess.call(['mount', '-t', 'tmpfs', '-o', f'size={room}', 'tmpfs', disk], stderr=subprocess.DEVNULL):
            return 'skipped, needs root'
        try:
            victim = shutil.copy(store, os.path.join(disk, 'ninefold.db'))
            ran, found = Ran(load(victim, path)), rows(victim)
            hold(not ran.crashed and found == (before if ran.code else after), f'{room} bytes: {ran}')
        finally:
            subprocess.check_call(['umount', disk])


def writers():
    """six writers and a reader at once"""
    store = copy(base_store())
    before = rows(store).count(b'\n')
    paths = [table(f'writer{i}.csv', 2000, f'w{i}x') for i in range(6)]
    children = [subprocess.Popen(load(store, p), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for p in paths]
    while any(child.poll() is None for child in children):
        ran = Ran(export(store))
        hold(ran.code == 0 and (ran.out.count(b'\n') - before) % 2000 == 0, f'a reader: {ran}')
    hold(all(child.returncode == 0 for child in children), f'exits {[child.returncode for child in children]}')
    hold(rows(store).count(b'\n') == before + 6 * 2000, 'rows were lost')


def damage():
    """bits flipped, pages zeroed and swapped, the end cut off: the right answer or a refusal"""
    store, chance = base_store(), random.Random(3)
    good, refused, path = open(store, 'rb').read(), 0, table('small.csv', 40, 'small')
    after = before_and_after(path)[2]
    commands = [c for n, c, _ in scenes() if n != 'load']
    clean = [Ran(command(store)).out for command in commands]
    for shot in range(120):
        bad = bytearray(good)
        spot = chance.randrange(len(bad))
        page = spot // 4096 * 4096
        if shot % 6 < 4: bad[spot] ^= 1 << chance.randrange(8)
        elif shot % 12 == 4: bad[page:page + 4096] = bytes(4096)
        elif shot % 12 == 5: bad[page:page + 4096] = bad[0:4096]
        else: del bad[spot:]
        victim = at('copy', 'ninefold.db')
        open(victim, 'wb').write(bad)
        for command, right in zip(commands, clean):
            ran = Ran(command(victim))
            refused += ran.code != 0
            hold(not ran.crashed and (ran.out == right if ran.code == 0 else ran.err.strip()),
                 f'damage {shot} at {spot}: {command(victim)[3]}: {"a wrong answer" if ran.code == 0 else ran}')
        ran = Ran(load(victim, path))
        hold(not ran.crashed and (ran.code or Ran(export(victim)).code or rows(victim) == after),
             f'damage {shot} at {spot}: load: {"a wrong answer" if ran.code == 0 else ran}')
    return f'{refused} of {120 * len(commands)} readings refused'


def stdout():
    """a closed stdout and a full one"""
    store = base_store()
    for argv in [c(store) for n, c, _ in scenes() if n != 'load'] + [[BIN, '--help'], [BIN, 'list', 'methods']]:
        for to, words in (('>/dev/full', 'full'), ('>&-', 'closed')):
            ran = Ran(['sh', '-c', f'"$@" {to}', 'sh'] + argv)
            hold(ran.code == 2 and ran.err.strip(), f'{argv[1:4]} with a {words} stdout: {ran}')


def hostile():
    """tables that strict mode refuses with their line, or takes exactly"""
    empty, path = at('empty.db'), at('hostile.csv')

    def tried(words, data):
        with open(path, 'wb') as f:
            f.write(data)
        if os.path.exists(empty):
            os.unlink(empty)
        ran = Ran(load(empty, path) + ['--strict'])
        text = rows(empty).decode('utf8', 'replace') if os.path.exists(empty) else ''
        found = list(csv.reader(text.splitlines()[1:]))
        hold(not ran.crashed, f'{words}: {ran}')
        return ran, sorted((r[0], r[1], float(r[2]) if r[2] else None) for r in found)
    for words, data, line in tables.refused():
        ran, found = tried(words, data)
        place = f'hostile.csv:{line}:' if line else 'hostile.csv'
        hold(ran.code == 2 and not found and place in ran.err, f'{words}, line {line}: {ran}')
    for words, data, want in tables.taken():
        ran, found = tried(words, data)
        hold(ran.code == 0 and found == sorted(want), f'{words}: {ran} {found[:3]}')


def power():
    """the power goes: what was never synced is dropped, kept, mixed or torn in pieces of 512 bytes"""
    store, log = copy(base_store()), at('ops')
    folder, states, marks = os.path.dirname(store), [rows(store)], []
    before = {name: open(os.path.join(folder, name), 'rb').read() for name in os.listdir(folder)}
    for i in range(4):
        ran = Ran(load(store, table(f'power{i}.csv', 1500, f'p{i}x')),
                  {'LD_PRELOAD': SHIM, 'NF_FAIL_LOG': log, 'NF_FAIL_UNDER': folder})
        assert ran.code == 0, str(ran)
        states.append(rows(store))
        marks.append(os.path.getsize(log))
    after = at('after-power')
    for files, acknowledged, words in crash_states(log, before, marks, 160):
        shutil.rmtree(after, ignore_errors=True)
        os.mkdir(after)
        for name, data in files.items():
            open(os.path.join(after, name), 'wb').write(data)
        found = rows(os.path.join(after, 'ninefold.db'))
        hold(found in states[acknowledged:acknowledged + 2], f'{words}: {acknowledged} loads were acknowledged')
    return f'{len(list(calls(log)))} calls of 4 loads, 160 states'


def limits():
    """a line of 64 MiB, 100,000 columns, 16 Mi blank lines: under 2 s of processor and 1 GiB"""
    def hostile(name, write):
        with open(at(name), 'wb') as f:
            write(f)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        bounded = ['sh', '-c', 'ulimit -v 1048576; exec "$@"', 'sh'] + load(at('limits.db'), at(name))
        ran = Ran(bounded)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        hold(ran.code == 2 and name in ran.err and 'memory' not in ran.err, f'{name}: {ran}')
        hold(seconds < 2, f'{name}: {seconds:.2f} s')
        os.unlink(at(name))
        return f'{name[:-4]} {seconds:.2f} s'
    header = b'series,time,value\n'
    return ', '.join([
        hostile('line.csv', lambda f: f.write(header + b'a,2020,' + b'1' * (64 << 20))),
        hostile('columns.csv', lambda f: f.write(b','.join(b'c%d' % i for i in range(100000)) + b'\n')),
        hostile('blank.csv', lambda f: f.write(b'\n' * (16 << 20)))]) + ', each in 1 GiB'


SWEEPS = [kill, killsys, power, malloc, io, short, full, writers, damage, stdout, hostile, limits]


def main():
    subprocess.check_call(['cc', '-shared', '-fPIC', '-O2', '-o', SHIM, os.path.join(HERE, 'shim.c')])
    for sweep in SWEEPS:
        if sys.argv[2:] and sweep.__name__ not in sys.argv[2:]:
            continue
        held, lost, began = passed, failed, time.time()
        note = sweep()
        print(f'{sweep.__name__}: {passed - held} held, {failed - lost} broken, {time.time() - began:.0f} s'
              f'{"; " + note if note else ""}', flush=True)
        for words in broken[:8]:
            print(f'    {words}', flush=True)
        broken.clear()
    print(f'alone: {passed} passed, {failed} failed')
    return failed > 0


try:
    status = main()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
sys.exit(status)
