#!/usr/bin/env python3
"""Opens the papers of a built program with other programs: `papers.py PROGRAM`.

The sample session is written by every profile. python-docx opens each DOCX, openxml-audit holds it against the schema, LibreOffice prints it
and Chromium prints each HTML; poppler tells where the words stand, in our own PDF too: margins, the band of the page number, the pitch of lines, fonts that are embedded.
Our PDF must say by its tags exactly what the HTML says, every letter composed, and be equal bytes when it is written again. Exits 1 with the reasons if
something is not where the profile has it.
"""

import html
import re
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import docx

from smoke import CTRL_Q, Failure, Terminal, environment, run

ROOT = Path(__file__).resolve().parent.parent
POINT = 25.4 / 72
# Half a millimetre, as far as letters fill their boxes.
EXACT = 0.5
PRINTING = 300


def near(found, wanted, tolerance=EXACT):
    return abs(found - wanted) <= tolerance


def lines_of(pdf):
    """The lines of each page: left, top, right, bottom in millimetres, and the text."""
    page = "{http://www.w3.org/1999/xhtml}"
    text = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], check=True, capture_output=True).stdout
    # Control characters that stand for no letter are not XML.
    root = ElementTree.fromstring(re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", text))
    for sheet in root.iter(f"{page}page"):
        lines = []
        for line in sheet.iter(f"{page}line"):
            box = [float(line.get(side)) * POINT for side in ("xMin", "yMin", "xMax", "yMax")]
            lines.append((*box, " ".join(word.text or "" for word in line.iter(f"{page}word"))))
        yield sorted(lines, key=lambda line: (line[1], line[0]))


def page_problems(pages, page):
    """What is not where the profile has it."""
    left, right = page["left"], page["width"] - page["right"]
    for number, lines in enumerate(pages, 1):
        above = [line for line in lines if line[3] < page["top"]]
        text = [line for line in lines if line not in above]
        if number == 1 and above:
            yield f"page 1: {above[0][4]!r} stands above the margin"
        if number > 1:
            if [line[4] for line in above] != [str(number)]:
                yield f"page {number}: {[line[4] for line in above]} stands above the margin, not the page number"
            elif not near(above[0][1], page["number"], 1) or not near((above[0][0] + above[0][2]) / 2, (left + right) / 2):
                yield f"page {number}: the page number stands at {above[0][:2]} mm"
        for x, y, end, bottom, words in text:
            if x < left - EXACT or end > right + EXACT or bottom > page["height"] - page["bottom"] + EXACT:
                yield f"page {number}: {words!r} leaves the margins: {x:.1f} to {end:.1f} mm, down to {bottom:.1f}"


def text_problems(pages, page):
    """Whether running text begins at the left margin and ends at the right one."""
    lines = [line for lines in pages for line in lines]
    left, right = min(line[0] for line in lines), max(line[2] for line in lines)
    if not near(left, page["left"]) or not near(right, page["width"] - page["right"]):
        yield f"the text stands between {left:.2f} and {right:.2f} mm"


def pitch_problems(pages, pitch):
    """The distance between lines of a paragraph, in points."""
    steps = [
        (lower[1] - upper[1]) / POINT
        for lines in pages
        for upper, lower in zip(lines, lines[1:])
        if lower[2] - lower[0] > 120 and upper[2] - upper[0] > 120
    ]
    usual = sorted(steps)[len(steps) // 4] if steps else 0
    if not near(usual, pitch, 0.3):
        yield f"lines follow each other at {usual:.2f} pt, not {pitch}"


def font_problems(pdf):
    table = subprocess.run(["pdffonts", pdf], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    if not table:
        yield "has no font"
    for row in table:
        if row.split()[-5] != "yes":
            yield f"a font is not embedded: {row}"


def output_of(*command):
    # Titles of headings are told in another encoding.
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "surrogateescape")


def letters(text):
    return "".join(text.split())


def archive_problems(file):
    """Whether a PDF of ours says by its tags what the page of the same paper says."""
    page = file.with_suffix(".html").read_text("utf-8")
    said = re.search(r"(?s)<main>(.*?)(<h1.*)</main>", page)
    # The two columns of the letterhead are told one after the other here, line by line there.
    head, wanted = (letters(html.unescape(re.sub(r"<[^>]*>", "", said[part]))) for part in (1, 2))
    tagged = output_of("pdfinfo", "-struct-text", file)
    found = letters("".join(re.findall(r'(?m)^ +"(.*)"$', tagged)))
    above, found = found[: len(head)], found[len(head) :]
    if sorted(above) != sorted(head):
        yield f"has the letterhead {above!r}, and the page {head!r}"
    if found != wanted:
        at = next((at for at, pair in enumerate(zip(found, wanted)) if pair[0] != pair[1]), min(len(found), len(wanted)))
        yield f"says {found[at - 10:at + 30]!r} where the page says {wanted[at - 10:at + 30]!r}"
    text = output_of("pdftotext", file, "-")
    if not unicodedata.is_normalized("NFC", text) or "\ufffd" in text:
        yield "gives letters that are not composed"
    facts = output_of("pdfinfo", file)
    if not re.search(r"(?m)^Tagged: +yes$", facts) or not re.search(r"(?m)^Title: +\S", facts):
        yield f"is not tagged or has no title: {facts}"


def docx_problems(file):
    styles = {paragraph.style.name for paragraph in docx.Document(file).paragraphs}
    if "Title" not in styles:
        yield f"python-docx sees the styles {sorted(styles)}"
    audit = subprocess.run([Path(sys.executable).parent / "openxml-audit", file], capture_output=True, text=True)
    if audit.returncode != 0:
        yield audit.stdout.strip()


def printed_problems(file, pdf, profile):
    pages = list(lines_of(pdf))
    yield from page_problems(pages, profile["page"])
    if "thong-bao" in file.name:
        yield from text_problems(pages, profile["page"])
        if profile["exact_pitch"]:
            yield from pitch_problems(pages, profile["body"]["pitch"])
    yield from font_problems(pdf)


def check(program, data, folder, profile_file, settings):
    profile = tomllib.loads(profile_file.read_text("utf-8"))
    out = folder / profile_file.stem
    order = ["--format", "docx,pdf,html", "--kind", "all", "--profile", profile_file.stem, "--out", out]
    run([program, "export", "--data", data, *order], settings)
    archived = {file: file.read_bytes() for file in sorted(out.glob("*.pdf"))}
    run([program, "export", "--data", data, *order], settings)
    found = [f"{file.name}: {what}" for file in archived for what in [*archive_problems(file), *printed_problems(file, file, profile)]]
    found += [f"{file.name}: other bytes when written again" for file, bytes in archived.items() if file.read_bytes() != bytes]
    files, pages = sorted(out.glob("*.docx")), sorted([*out.glob("*thong-bao*.html"), *out.glob("*danh-sach*.html")])
    office = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf", "--outdir", out / "office"]
    subprocess.run([*office, *files], check=True, capture_output=True, timeout=PRINTING)
    found += [f"{file.name}: {what}" for file in files for what in docx_problems(file)]
    printed = {file: out / "office" / file.with_suffix(".pdf").name for file in files}
    found += [f"{file.name}: {what}" for file, pdf in printed.items() for what in printed_problems(file, pdf, profile)]
    for page in pages:
        pdf = page.with_suffix(".html.pdf")
        browser = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/browser"]
        printing = ["--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri()]
        subprocess.run([*browser, *printing], check=True, capture_output=True, timeout=PRINTING)
        found += [f"{page.name}: {what}" for what in printed_problems(page, pdf, profile)]
    print(f"{profile_file.stem}: {len(files)} DOCX, {len(archived)} PDF, {len(pages)} HTML, {len(found)} problems")
    return [f"{profile_file.stem} {what}" for what in found]


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="hoinghi-papers-") as folder:
        folder = Path(folder)
        settings, data = environment(folder / "home"), folder / "data"
        terminal = Terminal([program, "demo", "--data", data], settings)
        try:
            terminal.wait_for("KK-01")
            terminal.leave(CTRL_Q)
            profiles = sorted((ROOT / "assets/profiles").glob("*.toml"))
            found = [what for profile in profiles for what in check(program, data, folder, profile, settings)]
        except (Failure, subprocess.SubprocessError) as failure:
            found = [str(failure)]
        finally:
            terminal.close()
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
