"""power.py - what a disk may hold after the power went: states made from the log of calls that shim.c writes.

A line of the log is `CALL POSITION LENGTH NAME`, and behind a W its bytes. A write or truncation is safe when its
file was synced since, a deletion when the folder was."""
import random

PIECE = 512


def calls(log):
    data, at = open(log, 'rb').read(), 0
    while at < len(data):
        end = data.index(b'\n', at)
        call, position, length, name = data[at:end].decode().split(' ', 3)
        at = end + 1 + (int(length) if call == 'W' else 0)
        yield at, call, int(position), name, data[end + 1:at]


def changed(content, position, data):
    """data None: truncated or stretched to the position"""
    if data is None:
        del content[position:]
        content.extend(bytes(position - len(content)))
    else:
        content.extend(bytes(max(0, position + len(data) - len(content))))
        content[position:position + len(data)] = data


class Disk:
    def __init__(self, files):
        self.safe = {name: bytearray(data) for name, data in files.items()}
        self.pending = {name: [] for name in files}
        self.deleted = []

    def call(self, call, position, name, data):
        if call == 'C':
            self.safe[name], self.pending[name] = bytearray(), []
        elif call == 'W' or call == 'T':
            self.pending.setdefault(name, []).append((position, data if call == 'W' else None))
            self.safe.setdefault(name, bytearray())
        elif call == 'U':
            self.deleted.append((name, self.safe.pop(name, bytearray()), self.pending.pop(name, [])))
        elif name == '.':
            self.deleted = []
        elif name in self.safe:
            for change in self.pending[name]:
                changed(self.safe[name], *change)
            self.pending[name] = []

    def after(self, how, chance):
        files = {}
        for name, content in self.safe.items():
            files[name] = bytearray(content)
            for position, data in self.pending[name]:
                if how == 'torn' and data is not None:
                    for at in range(0, len(data), PIECE):
                        if chance.random() < .5:
                            changed(files[name], position + at, data[at:at + PIECE])
                elif how in ('all', 'torn') or (how == 'mixed' and chance.random() < .5):
                    changed(files[name], position, data)
        for name, content, pending in self.deleted:
            if how == 'none' or (how == 'mixed' and chance.random() < .5):
                for change in pending:
                    changed(content, *change)
                files.setdefault(name, content)
        return files


def crash_states(log, before, marks, n):
    """(files, loads acknowledged, words) for n moments, every fourth right behind an acknowledgement"""
    every, chance = list(calls(log)), random.Random(5)
    assert every, 'no call was logged'
    for i in range(n):
        mark = chance.choice(marks)
        cut = sum(at <= mark for at, *_ in every) if i % 4 == 0 else chance.randrange(1, len(every) + 1)
        how = ('all', 'none', 'mixed', 'torn')[i // 4 % 4]
        disk = Disk(before)
        for _, *call in every[:cut]:
            disk.call(*call)
        acknowledged = sum(mark <= every[cut - 1][0] for mark in marks)
        yield disk.after(how, chance), acknowledged, f'{how} after call {cut} of {len(every)}'
