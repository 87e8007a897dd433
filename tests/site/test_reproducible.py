"""The same sources give the same bytes: in another folder, process, time, order of files, number of jobs."""

from __future__ import annotations

import gzip
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from sitekit import Site, make, make_elsewhen, run, snapshot

from sample import Sources, sample_files

ADDRESS = "https://example.org/kb/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.slow
def test_same_bytes_elsewhere_and_at_another_time(printed_site: Site, tmp_path: Path) -> None:
    root = Sources(sample_files()).write(tmp_path / "quite" / "another folder")
    other = make_elsewhen(
        root, tmp_path / "out" / "site", days=400, jobs=1, PYTHONHASHSEED="4242", TZ="Pacific/Kiritimati", LC_ALL="C"
    )
    one, two = snapshot(printed_site.folder), snapshot(other)
    assert one.keys() == two.keys()
    assert any(name.endswith(".pdf") for name in one)
    assert [name for name in one if one[name] != two[name]] == []


REVERSED = """
import os
scan, names = os.scandir, os.listdir

class Reversed:
    def __init__(self, *path):
        with scan(*path) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=REVERSE))
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass

os.scandir = Reversed
os.listdir = lambda *path: sorted(names(*path), reverse=REVERSE)
from patokaz.cli import main
main()
"""


def test_order_of_files_on_disk_does_not_matter(tmp_path: Path) -> None:
    sites = []
    for reverse in (False, True):
        files = sample_files()
        files["mkdocs.yml"] += f"site_url: {ADDRESS}\n".encode()
        root = Sources(files).write(tmp_path / f"library-{reverse}")
        code = REVERSED.replace("REVERSE", str(reverse))
        done = run("-c", code, "--root", str(root), "build", "--no-handbooks", "--today", "2026-11-23", cwd=root)
        assert done.returncode == 0, done.stderr
        sites.append(snapshot(root / "site"))
    assert sites[0].keys() == sites[1].keys()
    assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []


def with_address(tmp_path: Path) -> Path:
    files = sample_files()
    files["mkdocs.yml"] += f"site_url: {ADDRESS}\n".encode()
    return Sources(files).write(tmp_path / "library")


def sitemap(folder: Path) -> list[tuple[str, str]]:
    tree = ET.fromstring((folder / "sitemap.xml").read_bytes())
    return [(str(url.findtext(f"{SPACE}loc")), str(url.findtext(f"{SPACE}lastmod"))) for url in tree]


def test_dates_come_from_the_edition(tmp_path: Path, sample_site: Site) -> None:
    site = make(with_address(tmp_path), tmp_path / "site", "professional")
    entries = sitemap(site)
    assert sorted(address for address, _ in entries) == sorted(f"{ADDRESS}{name}" for name in sample_site.pages)
    assert {day for _, day in entries} == {"2026-11-23"}
    packed = site / "sitemap.xml.gz"
    assert gzip.decompress(packed.read_bytes()) == (site / "sitemap.xml").read_bytes()
    # The address is used there, in 404.html and in what readers subscribe to; pages stay relative, so that they open from a disk too.
    named = {name for name, content in snapshot(site).items() if b"example.org/kb" in content}
    feeds = {f"{folder}{name}" for folder in ("", "sq/", "en/") for name in ("changes.atom", "reviews.ics")}
    assert named == {"sitemap.xml", *feeds}
    assert b'href="/kb/en/index.html"' in (site / "404.html").read_bytes()


def test_source_date_epoch_is_respected(tmp_path: Path) -> None:
    root = with_address(tmp_path)
    # 2020-02-29 12:00 UTC
    done = run(
        *("-m", "patokaz", "build", "--no-handbooks", "--today", "2026-11-23"), cwd=root, SOURCE_DATE_EPOCH="1582977600"
    )
    assert done.returncode == 0, done.stderr
    assert {day for _, day in sitemap(root / "site")} == {"2020-02-29"}
