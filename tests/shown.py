"""shown.py BUILD FILE.md ... - every command shown in the documents prints what is shown.

A ```console block holds commands ("$ ...", continued by a trailing backslash) and what they print, both streams. A block
like ```r name.R is a file that stands beside them. The commands of a document run in one scratch folder that has
datasets/, indicators/ and build/, and out/demo as `ninefold demo` leaves it. ACCEPT=1 writes into the documents what was printed, and
docs/pictures as they were drawn.
A command whose program is not here is skipped; exit 77 when all were.
"""
import os, re, shutil, subprocess, sys, tempfile

build = os.path.abspath(sys.argv[1])
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PICTURES = os.path.join("docs", "pictures")
BLOCK = re.compile(r"^```(\w+)(?: +(\S+))?\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\$ (.*(?:(?<=\\)\n.*)*)\n((?:(?!\$ ).*\n)*)", re.M)
ran = wrong = 0


def environment():
    env = {k: v for k, v in os.environ.items() if not k.startswith(("NINEFOLD_", "LC_"))}
    env.update(LC_ALL="C.UTF-8", LANG="C.UTF-8", TZ="UTC", NO_COLOR="1", TERM="dumb",
               NINEFOLD_STORE="out/demo/ninefold.db", HWLOC_HIDE_ERRORS="2", PATH=build + ":" + env["PATH"])
    return env


def prints(command, folder):
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment(), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    text = done.stdout.decode("utf-8", "replace")
    return text if not text or text.endswith("\n") else text + "\n"


def absent(command):
    word = re.match(r"(?:\w+=\S+ +)*(\S+)", command).group(1)
    return not shutil.which(word, path=environment()["PATH"])


def shown(block, folder, name):
    def one(found):
        global ran, wrong
        command, expected = found.groups()
        if absent(command):
            print(f"{name}: skipped: {command}")
            return found.group(0)
        ran += 1
        printed = prints(command, folder)
        if printed != expected and not os.environ.get("ACCEPT"):
            wrong += 1
            print(f"{name}: $ {command}\n--- shown\n{expected}--- printed\n{printed}---")
        return f"$ {command}\n{printed}"
    return COMMAND.sub(one, block)


def document(path, folder):
    with open(path, encoding="utf-8") as f:
        text = f.read()

    def block(found):
        language, name, body = found.groups()
        if language == "console":
            return f"```console\n{shown(body, folder, os.path.basename(path))}```"
        if name:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
                f.write(body)
        return found.group(0)

    after = BLOCK.sub(block, text)
    if os.environ.get("ACCEPT") and after != text:
        with open(path, "w", encoding="utf-8") as f:
            f.write(after)


def scratch_folder(folder):
    for name in ("datasets", "indicators"):
        os.symlink(os.path.join(root, name), os.path.join(folder, name))
    os.symlink(build, os.path.join(folder, "build"))
    os.makedirs(os.path.join(folder, PICTURES))
    prints("ninefold demo -o out/demo", folder)


for path in sys.argv[2:]:
    with tempfile.TemporaryDirectory() as folder:
        scratch_folder(folder)
        document(path, folder)
        if os.environ.get("ACCEPT"):
            shutil.copytree(os.path.join(folder, PICTURES), os.path.join(root, PICTURES), dirs_exist_ok=True)
print(f"shown: {ran} commands, {wrong} print something else")
sys.exit(1 if wrong else 0 if ran else 77)
