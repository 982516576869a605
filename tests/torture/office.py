"""The program under torture: a server of our own on a free port, a browser without a screen, and the ledger of what was
acknowledged. Everything is on loopback, bounded in count and time, and ended by its own process id."""
import hashlib, html, http.client, os, random, re, shutil, signal, socket, subprocess, tempfile, threading, time, urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("ZHIREN_PROGRAM", os.path.join(ROOT, "target/debug/zhiren"))
ACCOUNT, PASSWORD = "zuzhi", "qingyun-demo-2026"
PEOPLE = int(os.environ.get("TORTURE_PEOPLE", "300"))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def run(words, data=None, database=None, env=None, check=True):
    all_words = [PROGRAM] + (["--data", data] if data else []) + (["--database", database] if database else []) + words
    done = subprocess.run(all_words, capture_output=True, text=True, env={**os.environ, **(env or {})})
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(words)}: {done.returncode} {done.stdout}{done.stderr}")
    return done


_planted = None


def plant(folder):
    """A small county in `folder`, planted once and copied afterwards."""
    global _planted
    if _planted is None:
        made = tempfile.mkdtemp(prefix="zhiren-planted-")
        run(["demo", "--plant-only", "--people", str(PEOPLE)], data=os.path.join(made, "data"))
        _planted = made
    shutil.copytree(os.path.join(_planted, "data"), folder, dirs_exist_ok=True)
    # The keys lie beside the data directory, under its name.
    for name in os.listdir(_planted):
        if name.startswith("data."):
            shutil.copy(os.path.join(_planted, name), os.path.join(os.path.dirname(folder), os.path.basename(folder) + name[len("data"):]))


def forget_planted():
    if _planted:
        shutil.rmtree(_planted, ignore_errors=True)


class Server:
    """`zhiren serve` on a data directory; `before` is put in front of the command (faketime, fiu-run)."""

    def __init__(self, data, database=None, env=None, before=()):
        self.data, self.database, self.env, self.before = data, database, env or {}, list(before)
        self.process = None
        self.errors = tempfile.TemporaryFile()

    def start(self, patience=20.0, must=True):
        self.port = free_port()
        words = self.before + [PROGRAM, "--data", self.data] + (["--database", self.database] if self.database else [])
        words += ["serve", "--listen", f"127.0.0.1:{self.port}"]
        since = time.monotonic()
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=self.errors, env={**os.environ, **self.env}, start_new_session=True)
        while time.monotonic() - since < patience:
            if self.process.poll() is not None:
                break
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    self.ready = time.monotonic() - since
                    return self.ready
            except OSError:
                time.sleep(0.01)
        if must:
            raise AssertionError(f"the server did not start: {self.said()}")
        return None

    def said(self):
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")[-2000:]

    def is_up(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        if self.is_up():
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.is_up():
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


class Cut(Exception):
    """The connection broke: nobody knows whether it was done."""


class Browser:
    def __init__(self, port):
        self.port, self.cookies, self.csrf = port, {}, ""
        self.connection = None

    def another(self, port=None):
        twin = Browser(port or self.port)
        twin.cookies, twin.csrf = dict(self.cookies), self.csrf
        return twin

    def ask(self, method, path, form=None, timeout=30):
        body = urllib.parse.urlencode(form) if form is not None else None
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as broken:
            self.connection = None
            raise Cut(str(broken)) from broken
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                content = rest.split(";")[0]
                if content:
                    self.cookies[key] = content
                else:
                    self.cookies.pop(key, None)
        found = re.search(r'name="csrf" value="([^"]+)"', text)
        if found:
            self.csrf = found.group(1)
        return answer.status, answer.getheader("Location") or "", text

    def log_in(self):
        self.ask("GET", "/login")
        status, where, text = self.ask("POST", "/login", {"csrf": self.csrf, "name": ACCOUNT, "password": PASSWORD})
        assert status == 303, (status, text[:400])
        status, _, text = self.ask("GET", "/ledgers")
        assert status == 200, (status, where, text[:400])
        return self

    def note(self, shelf, key, timeout=30):
        """One write: a ledger of the name `key` is saved under the idempotency key of the same name."""
        form = {"csrf": self.csrf, "once": key, "title": key, "definition": "{}", "everybody": "1"}
        return self.ask("POST", "/ledgers", form, timeout)


class Acknowledged:
    """The ledger of writes. Lives outside the victim's file system; a line is written before the next request is sent."""

    def __init__(self, path):
        self.file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        self.lock = threading.Lock()
        self.done, self.maybe, self.refused = {}, {}, 0

    def write(self, word, key, person):
        with self.lock:
            os.write(self.file, f"{word} {key} {person}\n".encode())
            if word == "done":
                self.done[key] = person
                self.maybe.pop(key, None)
            elif word == "maybe":
                self.maybe[key] = person
            else:
                self.refused += 1


class Writers:
    """`count` writers at once, until `stop`."""

    def __init__(self, browser, ledger, count=8, pause=0.0):
        self.browser, self.ledger, self.count, self.pause = browser, ledger, count, pause
        self.going = threading.Event()
        self.statuses = {}
        self.threads = []

    def start(self, port):
        self.going.set()
        for number in range(self.count):
            thread = threading.Thread(target=self.work, args=(number, self.browser.another(port)), daemon=True)
            thread.start()
            self.threads.append(thread)

    def work(self, number, browser):
        chance = random.Random(f"{number}-{time.monotonic_ns()}")
        while self.going.is_set():
            person = number
            key = "".join(chance.choice("0123456789abcdef") for _ in range(32))
            try:
                status, _, text = browser.note(person, key)
            except Cut:
                self.ledger.write("maybe", key, person)
                if self.going.is_set():
                    time.sleep(0.02)
                continue
            self.statuses[status] = self.statuses.get(status, 0) + 1
            if status == 303:
                self.ledger.write("done", key, person)
            elif status == 503:
                self.ledger.write("maybe", key, person)
                time.sleep(0.05)
            else:
                self.ledger.write("refused", key, person)
                time.sleep(0.02)
            if self.pause:
                time.sleep(self.pause)

    def stop(self):
        self.going.clear()
        for thread in self.threads:
            thread.join(40)
        self.threads = []


def converge(browser, ledger):
    """Every write whose outcome nobody knew is sent again with its key: afterwards it is there once."""
    for key, person in list(ledger.maybe.items()):
        status, _, text = browser.note(person, key)
        assert status in (303, 200), f"retry of {key}: {status} {text[:300]}"
        ledger.write("done", key, person)
