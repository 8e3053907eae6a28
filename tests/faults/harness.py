"""What the scripts here share: the program line by line or in a terminal of its own, and what a save holds."""

import fcntl
import os
import pty
import re
import resource
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROMPT = b"for help: "
QUESTION = re.compile(rb"\nQuestion \d+ of \d+\. (\S+) ")
PATIENCE = 20


def skip(need):
    print(f"skipped: needs {need}")
    sys.exit(0)


def times(many):
    """How often something is tried: the first argument, or as often as the acceptance asks for."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else many


def need(*programs):
    for program in programs:
        if shutil.which(program) is None:
            skip(program)


def program():
    """The program under test: the one named in the environment, else the debug build."""
    named = os.environ.get("AIMSCOPE_PROGRAM")
    if named:
        return os.path.abspath(named)
    subprocess.run(["cargo", "build", "--locked", "--quiet"], cwd=ROOT, check=True)
    return os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "debug", "aimscope")


def environment(folder):
    return {"HOME": folder, "TERM": "xterm-256color", "PATH": os.environ["PATH"]}


def run(words, folder, text=""):
    """Runs a command to its end."""
    return subprocess.run(words, cwd=folder, env=environment(folder), input=text, text=True, capture_output=True)


def new_save(program, folder, name="a"):
    run([program, "new", name, "--saves", "."], folder).check_returncode()


def levels(path):
    """The level of each answered requirement of a save."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    blocks = re.findall(r'\n            requirement: "([^"]+)",(.*?)(?=\n            requirement: "|\Z)', text, re.DOTALL)
    found = {id: re.search(r"\n            level: Level\((\d)\),", block) for id, block in blocks}
    return {id: int(level[1]) for id, level in found.items() if level}


def titles(program):
    """Number and first words of the title of each requirement, as the screen shows them."""
    listed = run([program, "questionnaire", "list"], ROOT).stdout
    return [" ".join(found.split()[:2]) for found in re.findall(r"^ +((?:\d+|A)\.[\d.]*\d\s+\S+)", listed, re.MULTILINE)]


def is_readable(program, path):
    return run([program, "check", path], os.path.dirname(path)).returncode == 0


def leftovers(folder):
    """Temporary files in a folder and in the backups in it."""
    return [name for _, _, names in os.walk(folder) for name in names if name.endswith(".tmp")]


def loop_device(image, folder):
    """Mounts an image; says what is missing when that does not work."""
    mounted = subprocess.run(["mount", "-o", "loop", image, folder], capture_output=True, text=True)
    if mounted.returncode != 0:
        skip(f"root and a loop mount ({mounted.stderr.strip().splitlines()[-1]})")


class Dialog:
    """`aimscope answer`, fed with all its lines at once. What it has asked after an answer, it has acknowledged."""

    def __init__(self, words, folder, text):
        self.process = subprocess.Popen(
            words, cwd=folder, env=environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.output = b""
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        self.writer = threading.Thread(target=self._write, args=(text.encode(),))
        self.writer.start()

    def _write(self, text):
        try:
            self.process.stdin.write(text)
            self.process.stdin.close()
        except OSError:
            pass

    def _read(self):
        while chunk := self.process.stdout.read1(65536):
            self.output += chunk

    def wait_for_questions(self, count):
        start = time.monotonic()
        while self.output.count(PROMPT) < count and self.process.poll() is None:
            if time.monotonic() - start > PATIENCE:
                raise TimeoutError(self.output.decode())
            time.sleep(0.001)

    def kill(self):
        """Kills it and returns the requirements whose answers it had acknowledged."""
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.writer.join()
        asked = QUESTION.findall(self.output)[: self.output.count(PROMPT)]
        return [id.decode() for id in asked[:-1]]


class Terminal:
    """The program in a pseudo-terminal, with just enough of a screen to find text on it."""

    WIDTH, HEIGHT = 120, 40

    def __init__(self, words, folder):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(words[0], words, environment(folder))
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", self.HEIGHT, self.WIDTH, 0, 0))
        self.cells = [[" "] * self.WIDTH for _ in range(self.HEIGHT)]
        self.row = self.column = 0
        self.rest = ""
        self.undecoded = b""
        self.code = None

    def type_in(self, keys):
        os.write(self.master, keys.encode())

    def contents(self):
        return "\n".join("".join(row).rstrip() for row in self.cells)

    def shows(self, text):
        return text in self.contents()

    def wait_for(self, *texts):
        """Waits until one of these is shown and returns that one."""
        start = time.monotonic()
        while True:
            for text in texts:
                if self.shows(text):
                    return text
            left = PATIENCE - (time.monotonic() - start)
            if left <= 0 or not self.read(left):
                raise TimeoutError(f"no {texts} on the screen:\n{self.contents()}")

    def expect(self, keys, *texts):
        self.type_in(keys)
        return self.wait_for(*texts)

    def read(self, patience):
        """Takes in what comes next; false when nothing comes."""
        ready, _, _ = select.select([self.master], [], [], patience)
        try:
            chunk = os.read(self.master, 65536) if ready else b""
        except OSError:
            chunk = b""
        self.undecoded += chunk
        text = self.undecoded.decode("utf-8", "ignore")
        self.undecoded = self.undecoded[len(text.encode()):]
        self.draw(text)
        return bool(chunk)

    def draw(self, text):
        text = self.rest + text
        self.rest = ""
        at = 0
        while at < len(text):
            if text[at] == "\x1b":
                sequence = re.compile(r"\x1b(?:\[([?\d;]*)([@-~])|[^\[])").match(text, at)
                if sequence is None:
                    self.rest = text[at:]
                    return
                at = sequence.end()
                if sequence[2] == "H":
                    numbers = [int(number or 1) for number in sequence[1].split(";")] + [1, 1]
                    self.row, self.column = numbers[0] - 1, numbers[1] - 1
                elif sequence[2] == "J" or (sequence[2] == "h" and sequence[1] == "?1049"):
                    self.cells = [[" "] * self.WIDTH for _ in range(self.HEIGHT)]
                continue
            if text[at] >= " " and self.row < self.HEIGHT and self.column < self.WIDTH:
                self.cells[self.row][self.column] = text[at]
                self.column += 1
            at += 1

    def signal(self, number):
        os.kill(self.pid, number)

    def close(self):
        """Closes the terminal, as its window does."""
        os.close(self.master)

    def cpu(self):
        """Seconds of processor time so far, also after its end as long as nobody has waited for it."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def is_gone(self):
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] == "Z"

    def wait(self, reads=True):
        """Waits for its end; returns the exit code."""
        start = time.monotonic()
        while not self.is_gone():
            if time.monotonic() - start > PATIENCE:
                raise TimeoutError(f"it still runs:\n{self.contents()}")
            if not (reads and self.read(0.01)):
                time.sleep(0.001)
        _, status = os.waitpid(self.pid, 0)
        self.code = os.waitstatus_to_exitcode(status)
        if reads:
            while self.read(0):
                pass
            os.close(self.master)
        return self.code


class Folder:
    """A folder that goes away with the program."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.path = self.temporary.name

    def __truediv__(self, name):
        return os.path.join(self.path, name)


def report(check, fired, acknowledged, lost, more=""):
    """The one line that counts; `all` makes a table of these."""
    print(f"{check}: {fired} fired, {acknowledged} acknowledged, {lost} lost{more}", flush=True)
