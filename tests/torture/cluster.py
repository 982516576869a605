"""A PostgreSQL of our own on loopback, started and ended here; the one that others use is never touched."""
import glob, os, shutil, signal, subprocess, time

from office import free_port

BIN = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1] if glob.glob("/usr/lib/postgresql/*/bin") else ""


class Cluster:
    def __init__(self, folder, options=()):
        self.folder, self.port, self.options = folder, free_port(), list(options)
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/zhiren"

    def as_postgres(self, words, check=True):
        # A server refuses to run as root.
        before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run(before + words, capture_output=True, text=True, cwd="/")
        if check and done.returncode != 0:
            raise AssertionError(f"{words[0]}: {done.stdout}{done.stderr}")
        return done

    def __enter__(self):
        os.makedirs(self.folder, exist_ok=True)
        if os.geteuid() == 0:
            # Up to a folder that everybody may enter, the way is opened for the server's account.
            shutil.chown(self.folder, "postgres")
            above = os.path.dirname(self.folder)
            while above not in ("/", "/tmp"):
                os.chmod(above, 0o755)
                above = os.path.dirname(above)
        self.as_postgres([f"{BIN}/initdb", "-D", self.folder + "/pg", "-U", "postgres", "-A", "trust", "--locale=C", "-E", "UTF8", "--data-checksums"])
        self.start()
        made = subprocess.run(["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-qc",
                               "create database zhiren template template0 lc_collate 'C' lc_ctype 'C.UTF-8' encoding 'UTF8'"], capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        return self

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=16MB " + " ".join(self.options)
        for _ in range(20):
            done = self.as_postgres([f"{BIN}/pg_ctl", "-D", self.folder + "/pg", "-w", "-l", self.folder + "/log", "-o", options, "start"], check=False)
            if done.returncode == 0:
                return
            time.sleep(0.3)
        raise AssertionError(done.stdout + done.stderr)

    def pids(self):
        """Our postmaster and its children, and nobody else's."""
        with open(self.folder + "/pg/postmaster.pid") as file:
            postmaster = int(file.readline())
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True).stdout.split()
        return [postmaster] + [int(c) for c in children]

    def kill(self):
        for pid in self.pids():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.1)

    def stop_at_once(self):
        self.as_postgres([f"{BIN}/pg_ctl", "-D", self.folder + "/pg", "-m", "immediate", "stop"], check=False)

    def __exit__(self, *_):
        self.stop_at_once()
        shutil.rmtree(self.folder, ignore_errors=True)
