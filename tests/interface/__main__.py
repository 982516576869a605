"""接口: schemathesis against the HTTP interface, once as every role that may hold a token and once as nobody.

`python3 tests/interface [commit|short|long] [--record] [--only ROLE,…]`. Everything it sends is made from the description at
/api/v1/openapi.json; what it is to find is named in CHECKS. A failure is said and ends the run non-zero. Installed by
`scripts/setup test` into target/api-python."""
import datetime, html, json, os, re, shutil, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/torture"))
import office

# Large enough to have a department of its own for the liaison.
office.PEOPLE = 2000

CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "negative_data_rejection", "missing_required_header", "unsupported_method",
          "ignored_auth", "use_after_free"]
# Accounts of the demonstration, one for each role that the table of rights gives tokens to (token.manage).
ROLES = {"officer": "zuzhi", "head": "buzhang", "unit_hr": "renshi", "leader": "zhenzhang", "branch_secretary": "zhibu",
         "community_worker": "shequ", "liaison": "lianluo"}
#         size: examples for an operation, seconds for a role, phases of the officer, phases of the others
SIZES = {"commit": (3, 60, "coverage,fuzzing", "fuzzing"), "short": (40, 300, "coverage,fuzzing,stateful", "coverage,fuzzing,stateful"),
         "long": (500, 3600, "coverage,fuzzing,stateful", "coverage,fuzzing,stateful")}
TOOL = os.path.join(ROOT, "target/api-python/bin/st")


def token(port, account):
    """Made as a person makes it: on the page."""
    browser = office.Browser(port)
    browser.ask("GET", "/login")
    status, _, text = browser.ask("POST", "/login", {"csrf": browser.csrf, "name": account, "password": office.PASSWORD})
    assert status == 303, (account, status, text[:400])
    status, _, text = browser.ask("GET", "/account/tokens")
    assert status == 200, (account, status, text[:400])
    status, _, text = browser.ask("POST", "/account/tokens", {"csrf": browser.csrf, "name": "schemathesis", "scope": "write", "days": "1"})
    found = re.search(r"zr_[0-9a-f]{64}", html.unescape(text))
    assert status == 200 and found, (account, status, text[:400])
    return found.group(0)


def attack(port, secret, examples, phases, patience, report):
    words = [TOOL, "--config-file", os.path.join(ROOT, "tests/interface/schemathesis.toml"), "run", f"http://127.0.0.1:{port}/api/v1/openapi.json", "--checks", ",".join(CHECKS), "--phases", phases,
             "--max-examples", str(examples), "--seed", "1", "--workers", "2", "--max-response-time", "2", "--continue-on-failure",
             "--suppress-health-check", "all", "--warnings", "off", "--no-color", "--report", "json", "--report-json-path", report]
    if secret:
        words += ["--header", f"Authorization: Bearer {secret}"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=patience, cwd=tempfile.gettempdir())
    return done.returncode, done.stdout + done.stderr


def generated(text):
    """How many requests it says it made."""
    found = re.search(r"Test cases:\s*\n\s*([\d,]+) generated", text)
    return int(found.group(1).replace(",", "")) if found else 0


def main():
    words = sys.argv[1:]
    size = next((w for w in words if w in SIZES), "commit")
    only = words[words.index("--only") + 1].split(",") if "--only" in words else None
    examples, patience, whole, part = SIZES[size]
    folder = tempfile.mkdtemp(prefix="zhiren-interface-")
    data = os.path.join(folder, "data")
    office.plant(data)
    server = office.Server(data)
    server.start()
    results, failed = [], False
    try:
        for role, account in [*ROLES.items(), ("nobody", None)]:
            if only and role not in only:
                continue
            since = time.monotonic()
            secret = token(server.port, account) if account else None
            code, text = attack(server.port, secret, examples, whole if role == "officer" else part, patience, os.path.join(folder, f"{role}.json"))
            count = generated(text)
            good = code == 0 and server.is_up() and count > 0
            failed |= not good
            if not good:
                print(text[-12000:])
            print(f"{role:17} {'通过' if good else '失败'} {time.monotonic() - since:6.1f} s  {count} requests", flush=True)
            results.append((role, good, count, time.monotonic() - since))
    finally:
        server.stop()
        office.forget_planted()
        shutil.rmtree(folder, ignore_errors=True)
    if "--record" in words:
        version = subprocess.run([TOOL, "--version"], capture_output=True, text=True).stdout.strip()
        with open(os.path.join(ROOT, "tests/output/interface.json"), "w") as file:
            json.dump({"size": size, "tool": version, "checks": CHECKS, "results": results,
                       "when": datetime.datetime.now().isoformat(timespec="minutes")}, file, ensure_ascii=False, indent=1)
    sys.exit(1 if failed else 0)


main()
