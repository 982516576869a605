"""T-14, T-36: the machine's clock jumps while people write. The order of the journal is not the clock's to change."""
import glob, os, random, shutil, sqlite3, tempfile, time

import checks
from office import Acknowledged, Browser, Server, Writers, plant

LIBRARY = (glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1") or [""])[0]
HOUR, DAY = 3600, 86400
STEPS = [-30 * DAY, 400 * DAY, HOUR, -HOUR, 12 * 365 * DAY, 0, 30 * DAY, -400 * DAY, 90, -90]


def jumps(steps, seed=1):
    assert LIBRARY, "libfaketime is not installed"
    chance = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="zhiren-clock-")
    data, clock = os.path.join(folder, "data"), os.path.join(folder, "clock")
    plant(data)

    def set_clock(offset):
        with open(clock + ".new", "w") as file:
            file.write(f"{offset:+d}\n")
        os.rename(clock + ".new", clock)

    set_clock(0)
    env = {"LD_PRELOAD": LIBRARY, "FAKETIME_TIMESTAMP_FILE": clock, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    ledger = Acknowledged(os.path.join(folder, "acknowledged"))
    server = Server(data, env=env)
    server.start()
    try:
        browser = Browser(server.port).log_in()
        logins = 0
        for number in range(steps):
            set_clock(STEPS[number % len(STEPS)] + chance.randrange(-5, 6))
            status, _, _ = browser.ask("GET", "/ledgers")
            if status != 200:
                # Far in the future a session has ended, as it should; nobody is locked out of a new one.
                browser = Browser(server.port).log_in()
                logins += 1
            writers = Writers(browser, ledger, count=2)
            writers.start(server.port)
            time.sleep(0.12)
            writers.stop()
            assert server.is_up(), server.said()
        set_clock(0)
        Browser(server.port).log_in()
        server.stop()
        database = os.path.join(data, "zhiren.db")
        checks.four(ledger, database=database)
        copy = os.path.join(folder, "copy.db")
        shutil.copy(database, copy)
        if os.path.exists(database + "-wal"):
            shutil.copy(database + "-wal", copy + "-wal")
        moments = sqlite3.connect(copy).execute("select id, at from journal order by id").fetchall()
        back = [(a, b) for a, b in zip(moments, moments[1:]) if b[1] < a[1]]
        assert not back, f"the journal runs backwards: {back[:3]}"
        assert len(ledger.done) >= steps, f"only {len(ledger.done)} writes"
        assert 0 < logins < steps, f"{logins} logins in {steps} steps: sessions neither immortal nor all gone"
        return {"steps": steps, "acknowledged": len(ledger.done), "entries in order": len(moments), "logins anew": logins}
    finally:
        if server.is_up():
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
