#!/usr/bin/python3
"""mutants.py [N] [SEED] - breaks N (30) places of the key code, one at a time, and names those that no test minds.

A copy of the tree is built once; a mutant is one comparison turned, one bound moved, one sign or word swapped. It is
killed when the tests of its part fail, when it does not compile, or when they do not end in a minute."""
import os, random, re, shutil, subprocess, sys, tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), '..'))
PARTS = [(r'engine/methods/(?!kernels_avx)\w+\.c',
          'trend_golden_test trend_method_test slopes_test nist_test regress_test ets_test'),
         (r'datasets/store/store_(codec|reals|chunk|merge|arrivals)\.c',
          'codec_test store_test store_fault_test store_plan_test load_test'),
         (r'engine/judging/(judge|demand|standing|ends|rollup)\.c|engine/schemes/\w+\.c',
          'schemes_test native_test lights_test rollup_test plan_test hostile_targets_test'),
         (r'engine/(periods/(calendar|period_\w+)|series/(axis|aggregate\w*))\.c',
          'calendar_test series_test formula_test plan_test')]
SWAPS = [(r' < ', ' <= '), (r' <= ', ' < '), (r' > ', ' >= '), (r' >= ', ' > '), (r' == ', ' != '), (r' != ', ' == '),
         (r' && ', ' || '), (r' \|\| ', ' && '), (r' \+ 1\b', ' + 2'), (r' - 1\b', ' - 2'), (r' \+ (?=\w)', ' - '),
         (r' \* ', ' / '), (r'\+=', '-='), (r'\btrue\b', 'false'), (r'return NF_OK;', 'return NF_EDATA;')]


def places():
    names = subprocess.check_output(['git', 'ls-files', 'engine', 'datasets'], cwd=ROOT, text=True).split()
    for pattern, tests in PARTS:
        found = []
        for name in (n for n in names if re.fullmatch(pattern, n)):
            inside = False
            for at, line in enumerate(open(os.path.join(ROOT, name)).read().split('\n')):
                inside = line == '{' or (inside and line != '}')
                code = re.sub(r'"(\\.|[^"\\])*"|/\*.*?\*/', lambda m: '_' * len(m.group()), line)
                if inside and not code.lstrip().startswith(('*', '/*', '#', 'for')):
                    found += [(name, at, m.start(), m.end(), new) for old, new in SWAPS for m in re.finditer(old, code)]
        yield found, tests.split()


def run(*argv, seconds=600):
    try:
        return not subprocess.call(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds)
    except subprocess.TimeoutExpired:
        return False


def main():
    n, seed = ([int(a) for a in sys.argv[1:]] + [30, 1][len(sys.argv) - 1:])[:2]
    chance = random.Random(seed)
    tree = tempfile.mkdtemp(prefix='nf_mutants_')
    build, survived, tried = os.path.join(tree, 'build'), 0, 0
    subprocess.check_call(['git', 'clone', '-q', ROOT, tree + '/src'])
    parts = list(places())
    targets = sorted({t for _, tests in parts for t in tests})
    try:
        assert run('cmake', '-S', tree + '/src', '-B', build, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Debug',
                   '-DCMAKE_C_FLAGS=-O1')
        assert run('cmake', '--build', build, '-j2', '--target', *targets, seconds=3000), 'the tree does not build'
        for i in range(n):
            found, tests = parts[i % len(parts)]
            name, at, begin, end, new = chance.choice(found)
            path = os.path.join(tree, 'src', name)
            sound = open(path).read()
            lines = sound.split('\n')
            old, lines[at] = lines[at], lines[at][:begin] + new + lines[at][end:]
            open(path, 'w').write('\n'.join(lines))
            alive = run('cmake', '--build', build, '--target', *tests) and \
                all(run(os.path.join(build, 'tests', t), seconds=60) for t in tests)
            open(path, 'w').write(sound)
            tried, survived = tried + 1, survived + alive
            if alive:
                print(f'lives: {name}:{at + 1}: {old.strip()}  ->  {lines[at].strip()}', flush=True)
        print(f'mutants: {tried - survived} of {tried} killed')
    finally:
        shutil.rmtree(tree, ignore_errors=True)
    return survived > n // 5


sys.exit(main())
