#!/usr/bin/env python3
"""Takes in keynotes as other programs write them: `keynotes.py PROGRAM`.

One report, written in Markdown, must come in as the same sections and paragraphs after pandoc has made a DOCX of it, after LibreOffice has
saved that as ODT and again as DOCX, and after python-docx has edited it; what was edited is told, and a paper of ours that LibreOffice has
saved says what it said before. What is no keynote or does harm must be refused in a sentence, within seconds and 64 MiB. Exits 1 with the
reasons if something is not so.
"""

import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import docx

from smoke import CTRL_Q, Failure, Terminal, environment, run

REPORT = """# BÁO CÁO ĐỀ DẪN

Lời mở đầu của **báo cáo** được ngắt dòng ở giữa câu, như người soạn thảo
hay làm, và nói đến Ban Tổ chức Quận ủy.[^1]

## Thực trạng

1. Hồ sơ chưa đủ, phải bổ sung nhiều lần;
2. Dữ liệu chưa liên thông giữa các quận.

- Một là rà soát đảng viên đã đổi nơi cư trú;
- Hai là hướng dẫn thủ tục.

| Đơn vị | Đảng viên |
|--------|-----------|
| Quận 1 | 4         |

**Tổ chức thực hiện**

Các đơn vị báo cáo trước kỳ sau.

[^1]: Theo báo cáo của các đơn vị.
"""
ADDED = "Đoạn thêm bằng chương trình khác."
MIB = 1 << 20
MOST_MEMORY, MOST_SECONDS = 64 * MIB, 5.0


class Office:
    """The program, a folder with the sample session, and room for copies of it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.settings, self.data = environment(folder / "home"), folder / "data"
        terminal = Terminal([program, "demo", "--data", self.data], self.settings)
        try:
            terminal.wait_for("KK-01")
            terminal.leave(CTRL_Q)
        finally:
            terminal.close()

    def copy(self, name):
        return shutil.copytree(self.data, self.folder / name)

    def take_in(self, file, data):
        """What the program says of a file that it takes in."""
        return run([self.program, "import", "--data", data, file], self.settings)

    def sections(self, data):
        """The sections of a keynote that an import has brought, each with its paragraphs."""
        out = self.folder / "records"
        run([self.program, "export", "--data", data, "--format", "json", "--kind", "notice", "--out", out], self.settings)
        records = json.loads(next(out.glob("*.json")).read_text("utf-8"))["records"]
        place = lambda record: record["fields"]["position"]
        of = lambda parent: [it["fields"]["text"] for it in paragraphs if it["fields"]["parent"] == parent and not it["removed"]]
        paragraphs = sorted(records["paragraph"], key=place)
        brought = [it for it in sorted(records["section"], key=place) if not it["removed"] and "unit" not in it["fields"]]
        return [(section["fields"]["title"], of(section["id"])) for section in brought]


def saved_by_office(file, folder):
    """A DOCX after LibreOffice has opened it, saved it as its own kind, and that as DOCX again."""
    for kind, source in (("odt", file), ("docx", folder / f"{file.stem}.odt")):
        office = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", kind]
        subprocess.run([*office, "--outdir", folder, source], check=True, capture_output=True, timeout=300)
    return folder / f"{file.stem}.docx"


def report_problems(office):
    """Whether the report is the same in every program."""
    markdown, made = office.folder / "de-dan.md", office.folder / "de-dan.docx"
    markdown.write_text(REPORT, "utf-8")
    subprocess.run(["pandoc", markdown, "-o", made], check=True, capture_output=True)
    saved = saved_by_office(made, office.folder / "saved")
    edited = docx.Document(saved)
    edited.add_paragraph(ADDED)
    edited.save(office.folder / "edited.docx")
    seen = {}
    for file in (markdown, made, saved):
        data = office.copy(f"from-{file.parent.name}-{file.suffix[1:]}")
        told = office.take_in(file, data)
        seen[file] = office.sections(data)
        if "chú thích cuối trang): dòng" not in told:
            yield f"{file.name}: the note is not told: {told}"
    wanted = seen[markdown]
    if [len(paragraphs) for _, paragraphs in wanted] != [1, 6, 1]:
        yield f"Markdown comes in as {wanted}"
    for file, found in seen.items():
        if found != wanted:
            yield f"{file.parent.name}/{file.name} comes in as {found}, Markdown as {wanted}"
    told = office.take_in(office.folder / "edited.docx", data)
    if "sửa 0, thêm 1, bỏ 0, chuyển chỗ 0" not in told or f"- thêm: {ADDED}" not in told:
        yield f"the edited report is told as {told}"


def paper_problems(office):
    """Whether a paper of ours says the same after another program has saved it."""
    out = office.folder / "papers"
    run([office.program, "export", "--data", office.data, "--format", "docx", "--kind", "minutes", "--out", out], office.settings)
    paper = next(out.glob("*.docx"))
    saved = saved_by_office(paper, office.folder / "papers-saved")
    seen = []
    for file in (paper, saved):
        data = office.copy(f"paper-{file.parent.name}")
        office.take_in(file, data)
        seen.append(office.sections(data))
    if seen[0] != seen[1] or len(seen[0]) < 10:
        yield f"the minutes come in as {seen[0]}, and saved by LibreOffice as {seen[1]}"


def packed(file, parts):
    """A package written piece by piece: what this process holds counts as memory of the program that it starts."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, pieces in parts:
            with archive.open(part, "w", force_zip64=True) as to:
                to.writelines(pieces)
    return file


def hostile(folder):
    """Files that are no keynote, and what is said of each."""
    written = lambda name, content: (folder / name).write_bytes(content) and folder / name
    main, opening, closing = "word/document.xml", b'<w:document xmlns:w="w"><w:body>', b"</w:body></w:document>"
    letters = b"<w:p><w:r><w:t>" + b"a" * MIB + b"</w:t></w:r></w:p>"
    yield packed(folder / "open.docx", [(main, [opening])]), "bị hỏng"
    yield packed(folder / "bomb.docx", [(main, itertools.repeat(letters, 1024))]), "phình ra quá lớn"
    yield packed(folder / "bomb-2.docx", [(main, itertools.repeat(b"\0" * MIB, 1024))]), "phình ra quá lớn"
    for part, mark in (("styles", b'<w:style w:styleId="%d"><w:name w:val="x"/></w:style>'), ("numbering", b'<w:num w:numId="%d"/>')):
        many = (mark % number for number in range(200_000))
        parts = [(f"word/{part}.xml", itertools.chain([b"<w:x>"], many, [b"</w:x>"])), (main, [opening])]
        yield packed(folder / f"many-{part}.docx", parts), "bị hỏng"
    yield packed(folder / "doctype.docx", [(main, [b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])]), "DOCTYPE"
    whole = packed(folder / "whole.docx", [(main, [opening, letters, closing])]).read_bytes()
    yield written("cut.docx", whole[: len(whole) // 2]), "cắt cụt"
    yield written("none.docx", b"PK\x03\x04 nothing"), "không phải tệp DOCX"
    large = written("large.docx", b"PK\x03\x04")
    os.truncate(large, 200 * MIB)
    yield large, "phình ra quá lớn"
    large = written("large.txt", b"a")
    os.truncate(large, 200 * MIB)
    yield large, "large.txt"


def refusal_problems(office):
    """Whether each is refused in time, within memory, and without a word taken in."""
    data = office.copy("refusing")
    before = office.sections(data)
    (office.folder / "hostile").mkdir()
    for file, says in hostile(office.folder / "hostile"):
        began = time.monotonic()
        command = [office.program, "--lang", "vi", "import", "--data", data, file]
        child = subprocess.Popen(command, env=office.settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        told = child.stdout.read().decode("utf-8")
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds, memory = time.monotonic() - began, used.ru_maxrss * 1024
        if child.returncode != 1 or says not in told or len(told.splitlines()) > 2:
            yield f"{file.name}: exit {child.returncode}, {told!r}"
        if seconds > MOST_SECONDS or memory > MOST_MEMORY:
            yield f"{file.name}: {seconds:.1f} s, {memory / MIB:.0f} MiB"
    if office.sections(data) != before:
        yield "something came in from a file that was refused"


def main():
    with tempfile.TemporaryDirectory(prefix="hoinghi-keynotes-") as folder:
        try:
            office = Office(Path(sys.argv[1]).resolve(), Path(folder))
            kinds = {"report": report_problems, "papers": paper_problems, "refusals": refusal_problems}
            found = {kind: list(problems(office)) for kind, problems in kinds.items()}
        except (Failure, subprocess.SubprocessError) as failure:
            found = {"run": [str(failure)]}
    for kind, problems in found.items():
        print(f"{kind}: {len(problems)} problems", *problems, sep="\n  ")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
