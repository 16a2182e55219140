#!/usr/bin/env python3
"""Holds the SSH door of a built program against ssh-audit: `door.py PROGRAM`. Exits 1 if that finds something to fail."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from smoke import environment

AUDIT = 60
# What ssh-audit returns when nothing is worse than a warning: that some key exchange is not safe against quantum computers.
WARNED = 2


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="hoinghi-door-") as folder:
        order = ["host", "--headless", "--listen", "127.0.0.1:0", "--data", Path(folder, "data")]
        settings = environment(Path(folder, "home"))
        with subprocess.Popen([program, *order], env=settings, stdout=subprocess.PIPE, text=True) as host:
            port = json.loads(host.stdout.readline())["address"].rpartition(":")[2]
            audit = [Path(sys.executable).parent / "ssh-audit", "-n", "--skip-rate-test", "-p", port, "127.0.0.1"]
            found = subprocess.run(audit, capture_output=True, text=True, timeout=AUDIT)
            host.terminate()
    failed = found.returncode > WARNED or host.returncode != 0
    print(found.stdout if failed else "ssh-audit finds nothing to fail")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
