"""T-10d: power cuts, as reflink snapshots of the disk under a live writer (safety: §3.2). Needs root, loop devices and XFS.

Read the ledger first, then copy the image: what had reached the device at that moment is what a cut would have left.
A control run with synchronous NORMAL (PostgreSQL: synchronous_commit off) must lose acknowledged writes; else the harness proves nothing.
(Shutting the file system down under a running writer reports false losses, so it is not done here.)"""
import os, random, shutil, subprocess, tempfile, time

import checks
from cluster import Cluster
from office import Acknowledged, Browser, Server, Writers, plant


def sh(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"


def can():
    return os.geteuid() == 0 and shutil.which("mkfs.xfs") and os.path.exists("/dev/loop-control")


class Disk:
    def __init__(self, kind):
        self.kind = kind
        self.folder = tempfile.mkdtemp(prefix="zhiren-disk-")
        self.outer, self.inner, self.seen = (os.path.join(self.folder, n) for n in ("outer", "inner", "seen"))

    def __enter__(self):
        for place in (self.outer, self.inner, self.seen):
            os.makedirs(place)
        sh("truncate", "-s", "2G", self.folder + "/outer.img")
        sh("mkfs.xfs", "-q", "-f", "-m", "reflink=1", self.folder + "/outer.img")
        sh("mount", "-o", "loop", self.folder + "/outer.img", self.outer)
        sh("truncate", "-s", "512M", self.outer + "/inner.img")
        sh(*(["mkfs.ext4", "-q"] if self.kind == "ext4" else ["mkfs.xfs", "-q", "-f"]), self.outer + "/inner.img")
        sh("mount", "-o", "loop", self.outer + "/inner.img", self.inner)
        os.chmod(self.inner, 0o755)
        return self

    def cut(self):
        sh("cp", "--reflink=always", self.outer + "/inner.img", self.outer + "/seen.img")

    def look(self):
        # The same file system twice at once: XFS wants to be told that it may.
        option = "loop" if self.kind == "ext4" else "loop,nouuid"
        sh("mount", "-o", option, self.outer + "/seen.img", self.seen)

    def away(self):
        sh("umount", self.seen)

    def __exit__(self, *_):
        for place in (self.seen, self.inner, self.outer):
            for _ in range(50):
                done = subprocess.run(["umount", place], capture_output=True, text=True)
                if done.returncode == 0 or "not mounted" in done.stderr:
                    break
                time.sleep(0.1)
        shutil.rmtree(self.folder, ignore_errors=True)


class Copy:
    """The ledger as it stood before the cut."""

    def __init__(self, ledger):
        with ledger.lock:
            self.done = dict(ledger.done)
        self.maybe = {}


def cuts_of_file(cuts, kind="ext4", seed=1, control=False):
    chance = random.Random(seed)
    lost, acknowledged = 0, 0
    with Disk(kind) as disk:
        data = os.path.join(disk.inner, "data")
        plant(data)
        # What was planted is on the disk before the first cut: it was acknowledged to nobody.
        os.sync()
        env = {"ZHIREN_FAIL_SYNC": "normal"} if control else {}
        ledger = Acknowledged(os.path.join(disk.folder, "acknowledged"))
        server = Server(data, env=env)
        server.start()
        try:
            browser = Browser(server.port).log_in()
            writers = Writers(browser, ledger, count=4)
            writers.start(server.port)
            for _ in range(cuts):
                time.sleep(chance.uniform(0.08, 0.3))
                before = Copy(ledger)
                disk.cut()
                disk.look()
                try:
                    looked = os.path.join(disk.seen, "data", "zhiren.db")
                    rows = {row[0]: row for row in checks.rows_of_file(looked)}
                    missing = [k for k, p in before.done.items() if rows.get(k, (None,))[1:] != (1, 1, k)]
                    lost += bool(missing)
                    if not control:
                        assert not missing, f"{len(missing)} of {len(before.done)} acknowledged writes were lost by a power cut"
                finally:
                    disk.away()
            writers.stop()
            acknowledged = len(ledger.done)
        finally:
            server.stop()
    if control:
        assert lost, "the control run without syncs lost nothing: this harness cannot see a loss"
    return {"cuts": cuts, "acknowledged": acknowledged, "cuts with loss": lost}


def cuts_of_server(cuts, kind="ext4", seed=1, control=False):
    chance = random.Random(seed)
    lost = 0
    with Disk(kind) as disk:
        options = ["-c synchronous_commit=off -c wal_writer_delay=10000ms"] if control else []
        with Cluster(os.path.join(disk.inner, "cluster"), options) as cluster:
            from office import run, PEOPLE
            data = os.path.join(disk.folder, "data")
            run(["demo", "--plant-only", "--people", str(PEOPLE)], data=data, database=cluster.url)
            os.sync()
            ledger = Acknowledged(os.path.join(disk.folder, "acknowledged"))
            env = {"ZHIREN_FAIL_SYNC": "normal"} if control else {}
            server = Server(data, cluster.url, env=env)
            server.start()
            try:
                browser = Browser(server.port).log_in()
                writers = Writers(browser, ledger, count=4)
                writers.start(server.port)
                for _ in range(cuts):
                    time.sleep(chance.uniform(0.1, 0.4))
                    before = Copy(ledger)
                    disk.cut()
                    disk.look()
                    twin = Cluster(os.path.join(disk.seen, "cluster"))
                    try:
                        os.remove(twin.folder + "/pg/postmaster.pid")
                        twin.start()
                        rows = {row[0]: row for row in checks.rows_of_server(twin.url)}
                        missing = [k for k, p in before.done.items() if rows.get(k, (None,))[1:] != (1, 1, k)]
                        lost += bool(missing)
                        if not control:
                            assert not missing, f"{len(missing)} of {len(before.done)} acknowledged writes were lost"
                    finally:
                        twin.stop_at_once()
                        disk.away()
                writers.stop()
            finally:
                server.stop()
    if control:
        assert lost, "the control run lost nothing: this harness cannot see a loss"
    return {"cuts": cuts, "acknowledged": len(ledger.done), "cuts with loss": lost}
