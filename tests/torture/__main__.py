"""折磨: kills, cuts, fills and turns the clock under a working office.

`python3 tests/torture [commit|short|long] [--record] [--only NAME,…]`: every test with its number of cuts; with
--record the table goes to docs/safety-results.md, with date and machine. A failure is said and ends the run non-zero."""
import datetime, json, os, platform, subprocess, sys, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import clock, disk, kill, office, powercut

#         name      what is done                                              commit short long
PLAN = [
    ("T-10a", "kill -9，8 人同时写，SQLite", kill.kill_the_program, (20, 60, 1000), {}),
    ("T-10b", "kill -9，8 人同时写，PostgreSQL", None, (5, 30, 500), {}),
    ("T-10c", "杀掉或立即停下 PostgreSQL", kill.kill_the_database, (0, 8, 200), {}),
    ("T-10d ext4", "断电快照，SQLite，ext4", powercut.cuts_of_file, (0, 60, 1000), {"kind": "ext4"}),
    ("T-10d xfs", "断电快照，SQLite，XFS", powercut.cuts_of_file, (0, 40, 1000), {"kind": "xfs"}),
    ("T-10d 对照", "断电快照，synchronous=NORMAL：必须丢", powercut.cuts_of_file, (0, 10, 20), {"control": True}),
    ("T-10d PG", "断电快照，PostgreSQL，ext4", powercut.cuts_of_server, (0, 15, 200), {}),
    ("T-10d PG 对照", "断电快照，PostgreSQL 不同步：必须丢", powercut.cuts_of_server, (0, 8, 20), {"control": True}),
    ("T-11b", "写盘和同步随机失败（libfiu）", disk.failing, (0, 10, 60), {}),
    ("T-12", "磁盘写满，1、3、8 MB 余地", None, (0, 2, 20), {}),
    ("T-14", "时钟乱跳", clock.jumps, (0, 60, 200), {}),
]
SIZES = ("commit", "short", "long")


def server_behind(cuts):
    """A database of its own on the server of the tests; only our own program is killed."""
    server = os.environ.get("ZHIREN_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432")
    name = f"zhiren_torture_{os.getpid()}"
    psql = lambda sql: subprocess.run(["psql", f"{server}/postgres", "-qc", sql], check=True, capture_output=True)
    psql(f"create database {name} template template0 lc_collate 'C' lc_ctype 'C.UTF-8' encoding 'UTF8'")
    try:
        return kill.kill_the_program(cuts, url=f"{server}/{name}")
    finally:
        psql(f"drop database {name} with (force)")


def filled(rounds):
    seen = [disk.full(megabytes, seed) for seed in range(rounds) for megabytes in ((1,) if rounds == 1 else (1, 3, 8))]
    return {"runs": len(seen), "acknowledged": sum(s["acknowledged"] for s in seen), "refused for want of room": sum(s["refused for want of room"] for s in seen)}


def main():
    words = sys.argv[1:]
    size = next((w for w in words if w in SIZES), "commit")
    only = words[words.index("--only") + 1].split(",") if "--only" in words else None
    until = time.monotonic() + float(os.environ.get("TORTURE_MINUTES", {"commit": 4, "short": 20, "long": 600}[size])) * 60
    results, failed = [], []
    for name, says, work, numbers, more in PLAN:
        number = numbers[SIZES.index(size)]
        if number == 0 or (only and not any(name.startswith(o) for o in only)):
            continue
        if time.monotonic() > until:
            results.append((name, says, "没有做：时间到", "", 0.0))
            continue
        work = work or {"T-10b": server_behind, "T-12": filled}[name]
        since = time.monotonic()
        try:
            seen = work(number, **more)
            outcome = "通过"
        except AssertionError as fault:
            seen, outcome = {"": str(fault)[:300]}, "失败"
            failed.append(name)
        took = time.monotonic() - since
        text = "；".join(f"{k} {v}".strip() for k, v in seen.items())
        print(f"{name:12} {outcome} {took:6.1f} s  {says}：{text}", flush=True)
        results.append((name, says, outcome, text, took))
    office.forget_planted()
    if "--record" in words:
        with open(os.path.join(office.ROOT, "tests/output/torture.json"), "w") as file:
            json.dump({"size": size, "results": results, "when": datetime.datetime.now().isoformat(timespec="minutes"),
                       "machine": f"{os.cpu_count()} cores, {platform.platform()}"}, file, ensure_ascii=False, indent=1)
    sys.exit(1 if failed else 0)


main()
