"""hostile.py - tables that strict mode must refuse with their line, or take exactly: what alone.py's `hostile` tries.

A case is (words, bytes, line) or (words, bytes, rows): rows as (series, time, value), value None for a missing one."""

HEAD = b'series,time,value\n'
GOOD = b'a,2020-01-01,1\n'
ROW = ('a', '2020-01-01', 1.0)


def table(*lines):
    return HEAD + b''.join(line if isinstance(line, bytes) else line.encode() for line in lines)


def refused():
    yield from (
        ('nothing at all', b'', None), ('blank lines alone', b'\n\n\n', None),
        ('a byte order mark alone', b'\xef\xbb\xbf', None),
        ('no header', GOOD + b'b,2020-02-01,2\n', 1),
        ('a column twice', b'series,time,value,value\na,2020-01-01,1,2\n', 1),
        ('no time column', b'series,value\na,1\n', 1), ('a page of an error', b'<!DOCTYPE html>\n<html></html>\n', 1),
        ('a record too short', table(GOOD, 'b,2020-01-01\n'), 3),
        ('a record too long', table(GOOD, 'b,2020-01-01,2,3\n'), 3),
        ('marks of a merge', table('<<<<<<< ours\n', GOOD), 2), ('the header again', table(GOOD, HEAD), 3),
        ('an error at the very end', table(*[f's,{1000 + i:04d}-01-01,{i}\n' for i in range(5000)], 's,7000-01-01,x\n'), 5002),
        ('lines inside quotes are counted', table('"q\n\n\nq",2020-01-01,1\n', 'b,2020-01-01,x\n'), 6),
        ('a quote never closed', table(GOOD, '"b,2020-01-01,2\nc,2020-01-01,3\n'), 3),
        ('a quote open at the end', table('a,2020-01-01,"1'), 2),
        ('a quote inside a cell', table('a"b,2020-01-01,1\n'), 2),
        ('text behind a quote', table('"a"b,2020-01-01,1\n'), 2),
        ('a NUL in a name', table(GOOD, 'b\0b,2020-01-01,1\n'), 3),
        ('a NUL in a number', table('a,2020-01-01,1\x002\n'), 2), ('nothing but NULs', bytes(4096), 1),
        ('padded with NULs', table(GOOD, bytes(512)), 3), ('Latin-1', table(GOOD, b'\xe9,2020-01-01,1\n'), 3),
        ('a character cut short', table(b'\xe7\x9f,2020-01-01,1\n'), 2),
        ('an overlong form', table(b'\xc0\xaf,2020-01-01,1\n'), 2),
        ('a surrogate', table(b'\xed\xa0\x80,2020-01-01,1\n'), 2),
        ('beyond U+10FFFF', table(b'\xf4\x90\x80\x80,2020-01-01,1\n'), 2),
        ('GBK', table('石家庄,2020-01-01,1\n'.encode('gbk')), 2),
        ('two encodings', table('é,2020-01-01,1\n', b'\xe9,2020-02-01,1\n'), 3),
        ('UTF-16', b'\xff\xfe' + (HEAD + GOOD).decode().encode('utf-16-le'), 1),
        ('gzip', b'\x1f\x8b\x08\0' + bytes(99), None),
        ('a mark inside', table(GOOD, b'b,2020-01-01,\xef\xbb\xbf1\n'), 3),
        ('a picture', b'\x89PNG\r\n\x1a\n' + bytes(64), None),
        ('a figure twice', table(GOOD, 'b,2020-01-01,1\n', GOOD), 4),
        ('two figures for one time', table(GOOD, 'a,2020-01-01,2\n'), 3),
        ('no name', table(',2020-01-01,1\n'), 2), ('a million cells', table(GOOD, ',' * 1000000, '\n'), 3),
        ('a name of 8 MiB', table(GOOD, 'x' * (8 << 20), ',2020-01-01,1\n'), 3),
        ('32 MiB inside a quote', table('"', '""' * (16 << 20)), 2), ('32 MiB without a line', b'a' * (32 << 20), 1))
    for text in ('nan', 'NaN', 'inf', '-Infinity', '1e400', '-1e999', '0x1p3', '0x10', '"1,5"', '"1,234.5"',
                 "1'000", '1 000',
                 '12 µg', '5%', '$5', 'abc', '-', '..', '1.2.3', '1e', '1ee5', '1x', '１２', '١٢', '−5', '\u00a05',
                 '#N/A',
                 '#DIV/0!', '=1+1', '1e5000000000', '1e' + '9' * 300, '1_000'):
        yield f'the number {text[:16]!r}', table(GOOD, f'n,2020-01-01,{text}\n'), 3
    for text in ('0000-01-01', '-0044-03-15', '99999-01-01', '2021-02-30', '2021-02-29', '1900-02-29', '2020-13-01',
                 '2020-00-01',
                 '2020-01-00', '2020-01-32', '01/31/2020', '31.01.2020', 'yesterday', '', '2020-01-01T25:00:00',
                 '2020-01-01T00:60:00', '2020-01-01x', '2020 - 01 - 01', '２０２０-01-01', '43831', '9' * 400 + '-01-01',
                 '2020-01-01 00:00:00 America/Nowhere'):
        yield f'the time {text[:20]!r}', table(GOOD, f't,{text},1\n'), 3


def taken():
    b = ('b', '2020-02-01', 2.5)
    yield from (
        ('plain', table(GOOD, 'b,2020-02-01,2.5\n'), [ROW, b]), ('no newline at the end', table(GOOD[:-1]), [ROW]),
        ('CR LF', table(GOOD, 'b,2020-02-01,2.5\n').replace(b'\n', b'\r\n'), [ROW, b]),
        ('a byte order mark', b'\xef\xbb\xbf' + HEAD + GOOD, [ROW]), ('a header alone', HEAD, []),
        ('all quoted', table('"a","2020-01-01","1"\n'), [ROW]), ('a comma', table('"x, y",2020-01-01,1\n'),
        [('x, y', *ROW[1:])]),
        ('a quote', table('"say ""hi""",2020-01-01,1\n'), [('say "hi"', *ROW[1:])]),
        ('Chinese', table('石家庄·空气质量,2020-01-01,1\n'), [('石家庄·空气质量', *ROW[1:])]),
        ('four bytes', table('🏙️ city,2020-01-01,1\n'), [('🏙️ city', *ROW[1:])]),
        ('other order of columns', b'value,series,time\n1,a,2020-01-01\n', [ROW]),
        ('one more column', b'series,time,value,note\na,2020-01-01,1,x\n', [ROW]),
        ('times in no order', table('a,2020-03-01,3\n', GOOD, 'a,2020-02-01,2\n'),
         [ROW, ('a', '2020-02-01', 2.0), ('a', '2020-03-01', 3.0)]))
    for text in ('-1.5', '1.5e3', '2E-3', '3.14159265358979323846', '0.1', '-0', '5e-324', '1.7976931348623157e308',
                 '9007199254740993', '2.2250738585072011e-308', '0' * 400 + '1', '1.' + '1' * 2000):
        yield f'the number {text[:24]}', table(GOOD, f'n,2020-01-01,{text}\n'), [ROW, ('n', '2020-01-01', float(text))]
    for text in ('2020-02-29', '0001-01-01', '9999-12-31', '1900-02-28', '2000-02-29'):
        yield f'the time {text}', table(GOOD, f't,{text},1\n'), [ROW, ('t', text, 1.0)]
    for text in ('', 'NA'):
        yield f'missing as {text!r}', table(GOOD, f'a,2020-02-01,{text}\n'), [ROW, ('a', '2020-02-01', None)]
