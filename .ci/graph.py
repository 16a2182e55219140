#!/usr/bin/env python3
"""Checks the graph of dependencies: sources, licences, duplicate versions, unused crates.

The graph is what cargo would build on any platform. Cargo.lock holds more than that (crates behind features that nothing
switches on), which is why licences and duplicates are asked of `cargo tree`; sources are asked of everything locked.
What may be in it stands in graph.toml, with reasons. Prints each problem on a line; exits 1 if there is one.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"


def cargo(*arguments):
    return subprocess.run(
        ["cargo", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def built():
    """The (name, version) pairs that are built on some platform, for the program or its tests."""
    tree = cargo(
        "tree", "--locked", "--target", "all", "--edges", "normal,build,dev", "--prefix", "none", "--format", "{p}"
    )
    pairs = (line.split()[:2] for line in tree.splitlines() if line)
    return {(name, version.removeprefix("v")) for name, version in pairs}


def satisfied(expression, allowed):
    """Whether an SPDX expression can be met with the allowed licences; `/` is an old way to write OR."""
    words = re.findall(r"[()]|[^\s()]+(?: WITH \S+?(?=[\s()]|$))?", expression.replace("/", " OR "))

    def either():
        met = both()
        while words and words[0] == "OR":
            words.pop(0)
            met = both() or met
        return met

    def both():
        met = one()
        while words and words[0] == "AND":
            words.pop(0)
            met = one() and met
        return met

    def one():
        word = words.pop(0)
        if word != "(":
            return word in allowed
        met = either()
        words.pop(0)
        return met

    return either()


def source_problems(packages):
    for package in packages:
        if package["source"] not in (None, REGISTRY):
            yield f"{package['name']} comes from {package['source']}, not from crates.io"
        if package["source"] is None and package["name"] != "hoinghi":
            yield f"{package['name']} is a path dependency"


def licence_problems(packages, allowed):
    for package in packages:
        expression = package["license"]
        if not expression:
            yield f"{package['name']} {package['version']} states no licence"
        elif not satisfied(expression, allowed):
            yield f"{package['name']} {package['version']}: {expression} is not allowed"
    stated = [package["license"] for package in packages if package["license"]]
    for licence in allowed:
        rest = set(allowed) - {licence}
        if not any(satisfied(expression, allowed) and not satisfied(expression, rest) for expression in stated):
            yield f"graph.toml allows {licence}, which nothing needs"


def duplicate_problems(packages, allowed):
    versions = defaultdict(set)
    for package in packages:
        versions[package["name"]].add(package["version"])
    for name, found in sorted(versions.items()):
        listed = set(allowed.get(name, {"versions": []})["versions"])
        if len(found) > 1 and found != listed:
            yield f"{name} is built as {', '.join(sorted(found))}; graph.toml lists {sorted(listed) or 'none'}"
    for name in allowed:
        if len(versions[name]) < 2:
            yield f"graph.toml allows duplicates of {name}, of which there are none"


def code(*folders):
    """The Rust code of folders, without comments that take a whole line."""
    files = (file for folder in folders for file in sorted((ROOT / folder).rglob("*.rs")))
    return "\n".join(re.sub(r"(?m)^\s*//.*$", "", file.read_text("utf-8")) for file in files)


def unused_problems(manifest):
    """Dependencies that no code names. Those of the program must be named below src/."""
    program, everything = code("src"), code("src", "tests", "benches", "examples")
    for table in (manifest, *manifest.get("target", {}).values()):
        for kind, text in (("dependencies", program), ("dev-dependencies", everything)):
            for name in table.get(kind, {}):
                crate = name.replace("-", "_")
                if not re.search(rf"\b{crate}::|\buse {crate}\b", text):
                    yield f"{name} is listed under [{kind}] and named nowhere"


def reason_problems(allowed):
    for name, reason in allowed["licences"].items():
        if not reason.strip():
            yield f"graph.toml allows {name} without a reason"
    for name, entry in allowed["duplicates"].items():
        if not entry.get("reason", "").strip():
            yield f"graph.toml allows duplicates of {name} without a reason"


def main():
    allowed = tomllib.loads((ROOT / ".ci/graph.toml").read_text("utf-8"))
    manifest = tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))
    locked = json.loads(cargo("metadata", "--locked", "--format-version", "1"))["packages"]
    pairs = built()
    packages = [package for package in locked if (package["name"], package["version"]) in pairs]
    problems = [
        *source_problems(locked),
        *licence_problems(packages, allowed["licences"]),
        *duplicate_problems(packages, allowed["duplicates"]),
        *unused_problems(manifest),
        *reason_problems(allowed),
    ]
    for problem in problems:
        print(problem)
    print(f"{len(packages)} crates built, {len(locked)} locked, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
