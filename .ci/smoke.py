#!/usr/bin/env python3
"""Runs a built program once as a person would: `smoke.py PROGRAM`.

Version and list on an empty folder, `demo` in a real pseudo-terminal from first screen to quit, then the export of what it
left behind. Prints each step; exits 1 with the reason at the first that fails.
"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

COLUMNS, ROWS = 120, 40
PATIENCE = 30.0
F1, ESC, CTRL_Q = b"\x1bOP", b"\x1b", b"\x11"
# Control sequences, strings for the terminal, and shifts of the character set.
SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)|[()].|[=>78cDEHM])")


class Failure(Exception):
    """A step that did not do what it should."""


class Terminal:
    """A program in a pseudo-terminal, and all that it has written."""

    def __init__(self, command, environment):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.slave = slave
        self.before = termios.tcgetattr(slave)
        self.written = b""
        self.child = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),
        )

    def read(self, seconds):
        """Takes in what arrives within the time; says whether anything did."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if ready:
            self.written += os.read(self.master, 65536)
        return bool(ready)

    def text(self, since=0):
        """What was written, without control sequences; cells that were skipped are spaces."""
        plain = SEQUENCE.sub(b" ", self.written[since:])
        return " ".join(plain.decode("utf-8", "replace").split())

    def wait_for(self, words, since=0):
        end = time.monotonic() + PATIENCE
        while words not in self.text(since):
            if self.child.poll() is not None:
                raise Failure(f"the program ended with {self.child.returncode} before “{words}”: {self.text()[-500:]}")
            if time.monotonic() > end:
                raise Failure(f"“{words}” did not come within {PATIENCE:.0f} s: {self.text(since)[-500:]}")
            self.read(0.1)

    def press(self, key):
        """Sends a key and returns where its answer begins."""
        while self.read(0.3):
            pass
        since = len(self.written)
        os.write(self.master, key)
        return since

    def leave(self, key):
        """Sends the key that quits; the program must end well and give the terminal back as it was."""
        self.press(key)
        end = time.monotonic() + PATIENCE
        while self.child.poll() is None:
            if time.monotonic() > end:
                raise Failure(f"still running {PATIENCE:.0f} s after the key that quits")
            self.read(0.1)
        while self.read(0.1):
            pass
        if self.child.returncode != 0:
            raise Failure(f"demo ended with {self.child.returncode}")
        if termios.tcgetattr(self.slave) != self.before:
            raise Failure("the terminal's mode was not given back")
        if self.written.rfind(b"\x1b[?1049l") < self.written.rfind(b"\x1b[?1049h"):
            raise Failure("the other screen was not left")

    def close(self):
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()
        os.close(self.master)
        os.close(self.slave)


def run(command, environment):
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE
    )
    if done.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def environment(home):
    """A person's settings must not be read, and their folders not be written."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("HOINGHI_", "XDG_", "NO_COLOR"))}
    return inherited | {"HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOINGHI_LANG": "vi"}


def demo(command, settings):
    terminal = Terminal(command, settings)
    try:
        terminal.wait_for("Khó khăn")
        terminal.wait_for("KK-01")
        terminal.wait_for("Trợ giúp", since=terminal.press(F1))
        terminal.press(ESC)
        terminal.leave(CTRL_Q)
    finally:
        terminal.close()


def export(program, data, out, settings):
    run([program, "export", "--data", data, "--format", "md,txt,json", "--kind", "all", "--out", out], settings)
    for ending in ("md", "txt", "json"):
        files = sorted(out.rglob(f"*.{ending}"))
        if not files:
            raise Failure(f"no .{ending} was exported")
        for file in files:
            text = file.read_text("utf-8")
            if not text.strip():
                raise Failure(f"{file.name} is empty")
            if ending == "json" and not json.loads(text).get("records"):
                raise Failure(f"{file.name} holds no records")


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="hoinghi-smoke-") as folder:
        folder = Path(folder)
        settings = environment(folder / "home")
        data = folder / "data"
        try:
            print("version:", run([program, "--version"], settings).strip())
            if json.loads(run([program, "list", "--json", "--data", folder / "empty"], settings)) != []:
                raise Failure("an empty folder lists sessions")
            print("list: an empty folder is an empty array")
            demo([program, "demo", "--data", data], settings)
            print("demo: drawn, helped, left, terminal given back")
            listed = json.loads(run([program, "list", "--json", "--data", data], settings))
            if [set(entry) >= {"id", "title", "quarter", "state"} for entry in listed] != [True]:
                raise Failure(f"demo should have left one session: {listed}")
            print("list: the sample session")
            export(program, data, folder / "out", settings)
            print("export:", ", ".join(sorted(file.name for file in (folder / "out").rglob("*.*"))))
        except (Failure, subprocess.TimeoutExpired, ValueError) as failure:
            print("smoke:", failure)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
