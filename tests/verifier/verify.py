#!/usr/bin/env python3
"""A second verifier of the journal, written from docs/journal-format.md alone. Standard library only.

usage: verify.py DIR [DIR …]      one line for each: `DIR whole N` or `DIR broken: why`
"""
import base64, hashlib, json, sys
from pathlib import Path


# ── SM3 (GB/T 32905) ───────────────────────────────────────────────────────
def sm3(data: bytes) -> bytes:
    def rol(x, n):
        n %= 32
        return ((x << n) | (x >> (32 - n))) & 0xFFFFFFFF

    v = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    message = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for block in range(0, len(message), 64):
        w = [int.from_bytes(message[block + 4 * i:block + 4 * i + 4], "big") for i in range(16)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ rol(w[j - 3], 15)
            w.append(x ^ rol(x, 15) ^ rol(x, 23) ^ rol(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = v
        for j in range(64):
            t = 0x79CC4519 if j < 16 else 0x7A879D8A
            ss1 = rol((rol(a, 12) + e + rol(t, j)) & 0xFFFFFFFF, 7)
            ss2 = ss1 ^ rol(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
            tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
            d, c, b, a = c, rol(b, 9), a, tt1
            h, g, f, e = g, rol(f, 19), e, tt2 ^ rol(tt2, 9) ^ rol(tt2, 17)
        v = [x ^ y for x, y in zip(v, (a, b, c, d, e, f, g, h))]
    return b"".join(x.to_bytes(4, "big") for x in v)


# ── SM2 (GB/T 32918.2) ─────────────────────────────────────────────────────
P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
     0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)


def add(p, q):
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = (3 * p[0] * p[0] + A) * pow(2 * p[1], -1, P) % P
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P) % P
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def times(n, p):
    out = None
    while n:
        if n & 1:
            out = add(out, p)
        p = add(p, p)
        n >>= 1
    return out


def sm2_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 65 or public[0] != 4 or len(signature) != 64:
        return False
    x, y = int.from_bytes(public[1:33], "big"), int.from_bytes(public[33:], "big")
    if x >= P or y >= P or (y * y - x * x * x - A * x - B) % P:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (1 <= r < N and 1 <= s < N):
        return False
    name = b"1234567812345678"
    z = sm3((8 * len(name)).to_bytes(2, "big") + name + b"".join(v.to_bytes(32, "big") for v in (A, B, *G)) + public[1:])
    e = int.from_bytes(sm3(z + message), "big")
    t = (r + s) % N
    if t == 0:
        return False
    point = add(times(s, G), times(t, (x, y)))
    return point is not None and (e + point[0]) % N == r


# ── Ed25519 (RFC 8032) ─────────────────────────────────────────────────────
Q = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, Q) % Q
ROOT_OF_MINUS_1 = pow(2, (Q - 1) // 4, Q)


def ed_point(data: bytes):
    if len(data) != 32:
        return None
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2 ** 255 - 1)
    if y >= Q:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, Q) % Q
    x = pow(x2, (Q + 3) // 8, Q)
    if (x * x - x2) % Q:
        x = x * ROOT_OF_MINUS_1 % Q
    if (x * x - x2) % Q or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = Q - x
    return x, y, 1, x * y % Q


def ed_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % Q, (p[1] + p[0]) * (q[1] + q[0]) % Q
    c, d = 2 * p[3] * q[3] * D % Q, 2 * p[2] * q[2] % Q
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % Q, g * h % Q, f * g % Q, e * h % Q


def ed_times(n, p):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = ed_add(out, p)
        p = ed_add(p, p)
        n >>= 1
    return out


ED_BASE = ed_point((4 * pow(5, -1, Q) % Q).to_bytes(32, "little"))


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(signature) != 64:
        return False
    a, r, s = ed_point(public), ed_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = ed_times(s, ED_BASE), ed_add(r, ed_times(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % Q == 0 and (left[1] * right[2] - right[1] * left[2]) % Q == 0


# ── the journal ────────────────────────────────────────────────────────────
class Broken(Exception):
    pass


def canonical(value) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def root(h, leaves):
    if not leaves:
        return h(b"")
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return h(b"\x01" + root(h, leaves[:half]) + root(h, leaves[half:]))


def checkpoint(h, profile, origin, public, note):
    lines = note.split("\n")
    if len(lines) != 6 or lines[4] != "" or not lines[5].startswith(f"— {origin} ") or lines[0] != origin:
        raise Broken("a checkpoint cannot be read")
    if not lines[1].isascii() or not lines[1].isdecimal() or str(int(lines[1])) != lines[1]:
        raise Broken("a checkpoint's size cannot be read")
    body = "".join(line + "\n" for line in lines[:4]).encode()
    try:
        signature = base64.b64decode(lines[5].split(" ")[2], validate=True)
        signed_root = base64.b64decode(lines[2], validate=True)
    except Exception:
        raise Broken("a checkpoint is no base64")
    kind = b"\x01" if profile == "intl" else b"\xffsm2"
    if len(signature) != 68 or len(signed_root) != 32 or signature[:4] != h(origin.encode() + b"\n" + kind + public)[:4]:
        raise Broken("a checkpoint is of another key")
    check = ed25519_verify if profile == "intl" else sm2_verify
    if not check(public, body, signature[4:]):
        raise Broken("a checkpoint's signature is wrong")
    return int(lines[1]), signed_root


def verify(folder: Path) -> int:
    origin, profile, public = (folder / "key.pub").read_text().split()
    public = base64.b64decode(public)
    h = (lambda data: hashlib.sha256(data).digest()) if profile == "intl" else sm3
    if origin != "zhiren-" + h(public).hex()[:16]:
        raise Broken("the origin is not the key's")
    leaves, emptied, purged = [], {}, set()
    with open(folder / "journal.jsonl", encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            e = json.loads(line)
            if e["position"] != at:
                raise Broken(f"entry {e['entry']} stands at {e['position']} and not at {at}")
            if e["salt"] is None:
                emptied[e["entry"]] = at
            else:
                payload = {name: e["payload"][name] for name in ("detail", "number", "says")}
                if h(bytes.fromhex(e["salt"]) + canonical(payload)).hex() != e["commitment"]:
                    raise Broken(f"entry {e['entry']} does not say what it said")
                if e["act"] == "purge.confirm" and payload["detail"]:
                    purged.update(json.loads(payload["detail"]).get("entries", []))
            record = {name: e[name] for name in ("act", "actor", "at", "commitment", "entry", "position", "source", "subject")}
            leaves.append(h(b"\x00" + canonical({**record, "v": 1})))
    for entry in emptied:
        if entry not in purged:
            raise Broken(f"entry {entry} is empty and no purge names it")
    text = (folder / "checkpoints.txt").read_text(encoding="utf-8")
    notes = text.split("\n\n")
    # A note holds one empty line itself, and one follows it.
    pairs = [notes[i] + "\n\n" + notes[i + 1] for i in range(0, len(notes) - 1, 2)]
    for note in pairs:
        size, signed = checkpoint(h, profile, origin, public, note)
        if size > len(leaves):
            raise Broken(f"a checkpoint signs {size} entries, there are {len(leaves)}")
        if root(h, leaves[:size]) != signed:
            raise Broken(f"the first {size} entries are not those that a checkpoint signed")
    return len(leaves)


def main() -> int:
    broken = 0
    for name in sys.argv[1:]:
        try:
            print(f"{name} whole {verify(Path(name))}")
        except (Broken, KeyError, ValueError, TypeError) as why:
            broken += 1
            print(f"{name} broken: {why}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
