"""T-12: the disk is full. T-11b: the disk fails. Acknowledged writes stay, nothing half written, no repair afterwards."""
import os, random, shutil, subprocess, tempfile, time

import checks
from office import Acknowledged, Browser, Cut, Server, Writers, converge, plant
from powercut import sh


def full(megabytes, seed=1):
    """A tmpfs of which the database leaves little; a ballast takes the rest but for some pages."""
    chance = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="zhiren-full-")
    disk = os.path.join(folder, "disk")
    os.makedirs(disk)
    ledger = Acknowledged(os.path.join(folder, "acknowledged"))
    planted = os.path.join(folder, "planted")
    plant(planted)
    size = sum(os.path.getsize(os.path.join(planted, f)) for f in os.listdir(planted) if os.path.isfile(os.path.join(planted, f)))
    room = size + megabytes * 1024 * 1024
    sh("mount", "-t", "tmpfs", "-o", f"size={room // 1024}k", "tmpfs", disk)
    try:
        data = os.path.join(disk, "data")
        shutil.copytree(planted, data)
        shutil.copy(planted + ".key", data + ".key")
        server = Server(data)
        server.start()
        browser = Browser(server.port).log_in()
        # What is free goes to a ballast, but for a little: the disk fills up while people write.
        stat = os.statvfs(disk)
        left = chance.randrange(200, 900) * 1024
        with open(os.path.join(disk, "ballast"), "wb") as ballast:
            ballast.write(b"\0" * max(0, stat.f_bavail * stat.f_bsize - left))
        writers = Writers(browser, ledger, count=4)
        writers.start(server.port)
        since = time.monotonic()
        while writers.statuses.get(507, 0) < 8 and time.monotonic() - since < 60:
            time.sleep(0.05)
        writers.stop()
        assert writers.statuses.get(507, 0) >= 1, f"the disk never filled: {writers.statuses}"
        other = {s: n for s, n in writers.statuses.items() if s not in (303, 507, 503)}
        assert not other, f"neither done nor refused for want of room: {other}"
        assert server.is_up(), f"the program ended: {server.said()}"
        # What is public can still be read.
        for path in ("/organisations", "/facts"):
            status, _, _ = browser.another(server.port).ask("GET", path)
            assert status == 200, f"{path} answers {status} on a full disk"
        os.remove(os.path.join(disk, "ballast"))
        time.sleep(0.1)
        fresh = browser.another(server.port)
        key = "f" * 31 + str(megabytes % 10)
        status, _, text = fresh.note(2, key)
        assert status == 303, f"with room again: {status} {text[:300]}"
        ledger.write("done", key, 2)
        converge(fresh, ledger)
        server.stop()
        checks.four(ledger, database=os.path.join(data, "zhiren.db"), data=data, maybe_open=False)
        return {"room (MB)": megabytes, "acknowledged": len(ledger.done), "refused for want of room": writers.statuses.get(507, 0)}
    finally:
        if server.is_up():
            server.kill()
        subprocess.run(["umount", disk], capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def failing(rounds, seed=1):
    """libfiu lets syncs and writes fail: the program ends with its own line, and what was acknowledged is there."""
    folder = tempfile.mkdtemp(prefix="zhiren-fiu-")
    data = os.path.join(folder, "data")
    plant(data)
    ledger = Acknowledged(os.path.join(folder, "acknowledged"))
    ended, server = 0, None
    try:
        quiet = Server(data)
        quiet.start()
        browser = Browser(quiet.port).log_in()
        quiet.stop()
        for number in range(rounds):
            what = ["posix/io/sync/*", "posix/io/rw/pwrite*"][number % 2]
            before = ["fiu-run", "-x", "-c", f"enable_random name={what},probability=0.0{1 + number % 5}"]
            server = Server(data, before=before)
            if server.start(must=False) is None:
                # It failed while starting: that must be said, and leave the database as it was.
                assert server.process.wait() != 0
            else:
                writers = Writers(browser, ledger, count=4)
                writers.start(server.port)
                since = time.monotonic()
                while server.is_up() and time.monotonic() - since < 6:
                    time.sleep(0.05)
                writers.stop()
                if not server.is_up():
                    ended += 1
                    assert server.process.returncode == 74 and "写盘失败" in server.said(), (server.process.returncode, server.said())
                server.stop()
            checks.four(ledger, database=os.path.join(data, "zhiren.db"))
            server = Server(data)
            server.start()
            converge(browser.another(server.port), ledger)
            server.stop()
        checks.four(ledger, database=os.path.join(data, "zhiren.db"), data=data, maybe_open=False)
        assert ended, "no failure reached a commit"
        return {"rounds": rounds, "program ended itself": ended, "acknowledged": len(ledger.done)}
    finally:
        if server and server.is_up():
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
