"""spent.py COMMAND... - runs it; prints seconds of CPU, seconds, MB resident."""
import os, subprocess, sys, time
begun = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
said = child.stderr.read().decode(errors="replace")
_, status, used = os.wait4(child.pid, 0)
if status:
    sys.exit(said or f"{sys.argv[1]}: status {status}")
print(f"{used.ru_utime + used.ru_stime:.2f} {time.monotonic() - begun:.2f} {used.ru_maxrss // 1024}")
