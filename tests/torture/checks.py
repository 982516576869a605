"""The four checks, made by other means than the program's own: Python's SQLite on a copy, or psql.
(a) every acknowledged write is there with its content; (b) none is there twice; (c) each has exactly one entry of the
journal, and the program's own verification passes; (d) the database is whole."""
import os, shutil, sqlite3, subprocess, tempfile

from office import run

QUESTION = """
select s.key, count(distinct l.id), count(distinct j.id), min(l.title)
  from submissions s
  left join ledgers l on l.entered = s.entered
  left join journal j on j.id = s.entered
 group by s.key"""


def rows_of_file(database):
    """Reads a copy, never the file itself: the distribution's SQLite is older than the program's."""
    folder = tempfile.mkdtemp(prefix="zhiren-check-")
    try:
        for ending in ("", "-wal"):
            if os.path.exists(database + ending):
                shutil.copy(database + ending, os.path.join(folder, "copy.db" + ending))
        connection = sqlite3.connect(os.path.join(folder, "copy.db"))
        whole = connection.execute("pragma integrity_check").fetchone()[0]
        assert whole == "ok", f"(d) {whole}"
        broken = connection.execute("pragma foreign_key_check").fetchall()
        assert not broken, f"(d) {broken[:5]}"
        rows = connection.execute(QUESTION).fetchall()
        connection.close()
        return rows
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def rows_of_server(url):
    asked = subprocess.run(["psql", url, "-AtqF", "\x1f", "-c", QUESTION], capture_output=True, text=True)
    assert asked.returncode == 0, asked.stderr
    rows = [line.split("\x1f") for line in asked.stdout.splitlines()]
    return [(r[0], int(r[1]), int(r[2]), r[3]) for r in rows]


def four(ledger, database=None, url=None, data=None, maybe_open=True):
    rows = rows_of_file(database) if database else rows_of_server(url)
    there = {row[0]: row for row in rows}
    for key, person in ledger.done.items():
        row = there.get(key)
        assert row is not None, f"(a) acknowledged write {key} of writer {person} is lost"
        assert row[1:] == (1, 1, key), f"(a,b,c) {row}"
    for key, row in there.items():
        assert row[1] == 1 and row[2] == 1, f"(b,c) {row}"
        assert key in ledger.done or (maybe_open and key in ledger.maybe) or row[3] != key, f"(b) {key} was refused, yet it is there"
    if data is not None:
        run(["--json", "verify"], data=data, database=url)
    return len(ledger.done)
