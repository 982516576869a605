"""T-10a, T-10b: kill -9 under eight writers, again and again, on the same records. T-10c: the same to PostgreSQL."""
import os, random, shutil, signal, subprocess, tempfile, time

import checks
from cluster import Cluster
from office import Acknowledged, Browser, Server, Writers, converge, plant



def victim(database=None):
    folder = tempfile.mkdtemp(prefix="zhiren-torture-")
    data = os.path.join(folder, "data")
    if database is None:
        plant(data)
    return folder, data


def kill_the_program(cuts, seed=1, url=None):
    """Answers what was seen: cuts, acknowledged writes, the slowest start."""
    chance = random.Random(seed)
    folder, data = victim(url)
    try:
        if url:
            from office import run, PEOPLE
            run(["demo", "--plant-only", "--people", str(PEOPLE)], data=data, database=url)
        ledger = Acknowledged(os.path.join(folder, "acknowledged"))
        server = Server(data, url)
        slowest = server.start()
        browser = Browser(server.port).log_in()
        maybes = 0
        for number in range(cuts):
            writers = Writers(browser, ledger)
            writers.start(server.port)
            time.sleep(chance.uniform(0.08, 0.35))
            server.kill()
            writers.stop()
            maybes += len(ledger.maybe)
            if not url:
                checks.four(ledger, database=os.path.join(data, "zhiren.db"))
            slowest = max(slowest, server.start())
            converge(browser.another(server.port), ledger)
        server.stop()
        where = {"url": url} if url else {"database": os.path.join(data, "zhiren.db")}
        checks.four(ledger, data=data, maybe_open=False, **where)
        assert slowest <= 5.0, f"a start took {slowest:.1f} s"
        assert len(ledger.done) >= cuts * 3, f"only {len(ledger.done)} writes in {cuts} cuts: the harness proves nothing"
        return {"cuts": cuts, "acknowledged": len(ledger.done), "unknown, then once": maybes, "slowest start (s)": round(slowest, 2)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kill_the_database(cuts, seed=1):
    """T-10c: every process of a private PostgreSQL is killed, or it is stopped at once; the program comes back by itself."""
    chance = random.Random(seed)
    folder, data = victim("server")
    with Cluster(os.path.join(folder, "cluster")) as cluster:
        try:
            from office import run, PEOPLE
            run(["demo", "--plant-only", "--people", str(PEOPLE)], data=data, database=cluster.url)
            ledger = Acknowledged(os.path.join(folder, "acknowledged"))
            server = Server(data, cluster.url)
            server.start()
            browser = Browser(server.port).log_in()
            slowest, maybes = 0.0, 0
            for number in range(cuts):
                writers = Writers(browser, ledger)
                writers.start(server.port)
                time.sleep(chance.uniform(0.2, 0.5))
                cluster.kill() if number % 2 == 0 else cluster.stop_at_once()
                time.sleep(chance.uniform(0.0, 0.3))
                cluster.start()
                since = time.monotonic()
                while True:
                    status, _, _ = browser.another(server.port).ask("GET", "/ledgers")
                    if status == 200:
                        break
                    assert time.monotonic() - since < 15, "the program did not come back within 15 s"
                    time.sleep(0.05)
                slowest = max(slowest, time.monotonic() - since)
                assert server.is_up(), f"the program ended: {server.said()}"
                time.sleep(0.2)
                writers.stop()
                maybes += len(ledger.maybe)
                converge(browser.another(server.port), ledger)
            server.stop()
            checks.four(ledger, url=cluster.url, data=data, maybe_open=False)
            assert len(ledger.done) >= cuts * 3, f"only {len(ledger.done)} writes"
            return {"cuts": cuts, "acknowledged": len(ledger.done), "unknown, then once": maybes, "slowest return (s)": round(slowest, 2)}
        finally:
            if server.is_up():
                server.kill()
            shutil.rmtree(data, ignore_errors=True)
