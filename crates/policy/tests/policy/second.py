"""The table of rights, read a second time.

Written from docs/rights.md and data/*.toml alone, by somebody who had not read crates/policy/src.

stdin: a few lines that say how the other evaluator walked the cells and what its letters mean, an empty line, then
one letter a cell:

    axis NAME VALUE VALUE ...      outermost first; the innermost axis moves fastest
    letter X VERDICT               which rule spoke first

Every cell is compared; what differs is counted and the first of each sort is told in words.
"""

import itertools
import pathlib
import sys
import tomllib

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"

OFFICE = ["officer", "head"]
APART = ["auditor", "system_admin", "security_admin", "audit_admin"]
BUSINESS = OFFICE + ["unit_hr", "leader", "branch_secretary", "appraiser", "community_worker", "liaison", "delegate",
                     "resident", "recorded"]
GROUPS = {"@office": OFFICE, "@business": BUSINESS, "@all": BUSINESS + APART}

REACHES = ["any", "county", "unit", "branch", "own", "ticketed"]
WITHIN = {
    "any": {"own", "own_unit", "sub_unit", "sibling", "superior", "other_county"},
    "county": {"own", "own_unit", "sub_unit", "sibling", "superior"},
    "unit": {"own", "own_unit", "sub_unit"},
    "branch": {"own", "own_unit"},
    "own": {"own"},
    "ticketed": {"own", "own_unit", "sub_unit"},
}
STATES = {
    "see": {"draft", "open", "closed", "archived"},
    "own": {"draft", "open", "closed", "archived"},
    "export": {"open", "closed", "archived"},
    "write": {"draft", "open"},
    "approve": {"open"},
    "administer": {"draft", "open", "closed"},
}
CLASSES = {"S0": 0, "S1": 1, "S2": 2, "S3": 3, "S4": 4}
CEILING = {"officer": 3, "head": 3, "community_worker": 3, "liaison": 3, "resident": 3, "unit_hr": 2, "recorded": 2}
RECUSED = {"person", "procedure", "appraisal", "ticket", "account"}
KEYS = {"title", "on", "kind", "upto", "purpose", "step_up", "seals", "states", "routes", "words", "source", *REACHES}


def table():
    """Every action of the data, in the order of its files' names and of its sections."""
    actions = {}
    for file in sorted(DATA.glob("*.toml")):
        for name, row in tomllib.loads(file.read_text("utf-8")).items():
            if name in actions or not set(row) <= KEYS or row["kind"] not in {"public", *STATES}:
                raise SystemExit(f"{file.name}: {name} cannot be read: {sorted(set(row) - KEYS)}")
            reach = {}
            for key in REACHES:
                for word in row.get(key, []):
                    for role in GROUPS.get(word, [word]):
                        if role not in GROUPS["@all"] or role in reach:
                            raise SystemExit(f"{file.name}: {name} gives {role} twice or knows no such role")
                        reach[role] = key
            actions[name] = {
                "kind": row["kind"], "on": row["on"], "upto": CLASSES[row["upto"]], "reach": reach,
                "purpose": "purpose" in row, "step_up": row.get("step_up", False), "seals": row.get("seals", False),
                "states": frozenset(row.get("states", STATES.get(row["kind"], ()))),
            }
    return actions


# The other evaluator's words for what docs/rights.md names: only names, nothing of a rule.
VALUES = {
    "scope": {"Own": "own", "OwnUnit": "own_unit", "SubUnit": "sub_unit", "Sibling": "sibling", "Superior": "superior",
              "OtherCounty": "other_county"},
    "relation": {"None": "none", "Itself": "self", "Relative": "relative", "Named": "named", "SameBranch": "branch"},
    "class": {name: name for name in CLASSES},
    "state": {"Draft": "draft", "Open": "open", "Closed": "closed", "Sealed": "sealed", "Archived": "archived"},
    "ground": {"None": "none", "Stated": "stated", "Procedure": "case", "Ticket": "ticket", "Expired": "expired",
               "OtherPurpose": "other"},
    "many": {"no": False, "yes": True},
    "proved": {"no": False, "yes": True},
}
AXES = ["role", "action", *VALUES]
VERDICTS = {
    "Sealed": "sealed", "Role": "role", "Class": "class", "NotOwn": "relation", "Named": "named", "Recusal": "recused",
    "Scope": "scope", "State": "state", "NeedsPurpose": "needs_purpose", "NeedsTicket": "needs_ticket",
    "NeedsApproval": "needs_approval", "NeedsStepUp": "needs_step_up", "Allowed": "allow",
}


def verdict(action, role, scope, relation, level, state, ground, many, proved):
    """The first rule of docs/rights.md that has something to say."""
    kind, on = action["kind"], action["on"]
    level = CLASSES[level]
    # 1 密封
    taken = action["seals"] and kind in ("own", "write") and level == 4
    if level == 4 and not taken:
        return "sealed"
    # 2 角色
    reach = action["reach"].get(role)
    if reach is None:
        return "role"
    # 3 动作的级别
    if level > action["upto"] and not taken:
        return "class"
    if kind == "public":
        return "allow"
    # 4 角色的级别
    if kind != "own" and level > CEILING.get(role, 1) and not taken:
        return "class"
    # 5 只办本人
    if on == "self" and relation != "self":
        return "relation"
    # 6 被反映人
    if on == "case" and relation == "named":
        return "named"
    # 7 回避
    if relation in ("self", "relative") and kind != "own":
        if kind == "approve" or on in RECUSED and (kind != "see" or level >= 1):
            return "recused"
    # 8 范围、状态
    if scope not in WITHIN[reach] and not (reach == "branch" and relation == "branch"):
        return "scope"
    if state not in action["states"]:
        return "state"
    # 9 还差凭据
    if kind != "own" and not taken:
        if reach == "ticketed" and ground != "ticket":
            return "needs_ticket"
        if level == 3 and ground not in ("case", "ticket"):
            return "needs_ticket"
        if level == 2 and not action["purpose"] and ground not in ("stated", "case", "ticket"):
            return "needs_purpose"
    # 10 看得太多
    if kind != "own" and level == 2 and many and not action["purpose"] and ground not in ("case", "ticket"):
        return "needs_approval"
    # 11 再验身份
    if not proved and (action["step_up"] or level == 3 and kind != "own"):
        return "needs_step_up"
    return "allow"


def heard(lines):
    """The head of what comes in: the values of each axis, and the letter of each verdict."""
    axes, letters = {}, {}
    for line in lines:
        word, name, *rest = line.split()
        if word == "axis":
            axes[name] = rest
        else:
            letters[VERDICTS[rest[0]]] = ord(name)
    if list(axes) != AXES or set(letters) != set(VERDICTS.values()) or len(set(letters.values())) != len(letters):
        raise SystemExit(f"cannot be read: {list(axes)} {letters}")
    for name, words in VALUES.items():
        if set(axes[name]) != set(words) or len(axes[name]) != len(words):
            raise SystemExit(f"{name}: {axes[name]}")
        axes[name] = [words[value] for value in axes[name]]
    return axes, letters


def main():
    head, cells = sys.stdin.buffer.read().split(b"\n\n", 1)
    axes, letters = heard(head.decode().splitlines())
    says = {letter: name for name, letter in letters.items()}
    actions = table()
    if sorted(axes["role"]) != sorted(GROUPS["@all"]) or axes["action"] != sorted(actions):
        raise SystemExit("other roles or other actions than docs/rights.md and data/ have")
    inner = list(itertools.product(*(axes[name] for name in VALUES)))
    blocks, differ, first, at = {}, 0, {}, 0
    for role in axes["role"]:
        for name in axes["action"]:
            # What the rules ask of a role and an action; two that are alike in it have the same block of cells.
            action = actions[name]
            asked = (action["kind"], action["on"], action["upto"], action["purpose"], action["step_up"], action["seals"],
                     action["states"], action["reach"].get(role), CEILING.get(role, 1))
            if asked not in blocks:
                blocks[asked] = bytes(letters[verdict(action, role, *cell)] for cell in inner)
            mine, theirs = blocks[asked], cells[at:at + len(inner)]
            at += len(inner)
            if mine == theirs:
                continue
            if len(theirs) != len(mine):
                raise SystemExit(f"{len(cells)} cells are too few")
            for nth, (a, b) in enumerate(zip(mine, theirs)):
                if a != b:
                    differ += 1
                    first.setdefault((action["kind"], a, b), []).append((role, name, *inner[nth]))
    for (kind, a, b), where in sorted(first.items()):
        print(f"{kind}: {len(where)} cells, here {says[a]}, there {says.get(b, chr(b))}; the first: {where[0]}")
    print(f"{at} cells compared, {differ} differ; {len(blocks)} blocks")
    return 1 if differ or at != len(cells) else 0


if __name__ == "__main__":
    sys.exit(main())
