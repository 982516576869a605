#!/usr/bin/env python3
"""A second evaluator of the table of rights, written from docs/rights.md and the threat table, not from the Rust.

Reads the matrix from standard input, one letter a cell, in the order that `policy::matrix` documents, and compares every
cell with its own table and its own reading. Prints what differs and ends 1. Standard library only.
"""
import sys
from itertools import product

OFFICE = "officer head"
BUSINESS = "officer head unit_hr leader branch_secretary appraiser community_worker liaison delegate resident recorded"
APART = "auditor system_admin security_admin audit_admin"
EVERYBODY = f"{BUSINESS} {APART}"
ROLES = EVERYBODY.split()

# What each kind of action is done in, when the line does not say.
USUAL = {"public": "docsa", "own": "doca", "see": "doca", "export": "oca", "write": "do", "approve": "o", "administer": "doc"}

# id: kind, about, highest class, who with which reach, marks ("step", "seals", "purpose", "states=…").
TABLE = {
    "door.enter": ("public", "door", 0, {"any": EVERYBODY}, ""),
    "door.leave": ("own", "door", 1, {"own": EVERYBODY}, ""),
    "door.account": ("own", "door", 2, {"own": EVERYBODY}, ""),
    "home.see": ("see", "door", 1, {"any": EVERYBODY}, ""),
    "me.see": ("own", "self", 2, {"own": EVERYBODY}, ""),
    "me.correct": ("own", "self", 2, {"own": EVERYBODY}, ""),
    "interface.see": ("see", "system", 0, {"any": EVERYBODY}, ""),
    "rights.see": ("see", "system", 0, {"any": EVERYBODY}, ""),
    "institution.see": ("see", "system", 0, {"any": EVERYBODY}, ""),
    "job.see": ("own", "door", 1, {"own": EVERYBODY}, ""),
    "draft.keep": ("own", "door", 2, {"own": EVERYBODY}, ""),
    "search.see": ("see", "person", 1, {"county": OFFICE, "unit": "unit_hr leader", "branch": "branch_secretary"}, ""),
    "person.see": ("see", "person", 3, {"county": OFFICE, "unit": "unit_hr leader", "branch": "branch_secretary"}, ""),
    "person.consult": ("see", "person", 3, {"county": OFFICE, "unit": "unit_hr"}, ""),
    "person.history": ("see", "person", 3, {"county": OFFICE, "unit": "unit_hr"}, ""),
    "person.edit": ("write", "person", 3, {"county": OFFICE}, ""),
    "pick.see": ("see", "person", 1, {"county": OFFICE, "unit": "unit_hr"}, ""),
    "organisation.see": ("see", "organisation", 1, {"county": OFFICE, "unit": "unit_hr leader", "branch": "branch_secretary"}, ""),
    "organisation.edit": ("write", "organisation", 1, {"county": OFFICE}, ""),
    "ledger.see": ("see", "person", 2, {"county": OFFICE, "unit": "unit_hr leader"}, ""),
    "ledger.purpose": ("see", "person", 2, {"county": OFFICE, "unit": "unit_hr"}, ""),
    "ledger.save": ("write", "ledger", 1, {"county": OFFICE, "unit": "unit_hr"}, ""),
    "ledger.export": ("export", "person", 2, {"county": OFFICE, "unit": "unit_hr"}, "step"),
    "form.print": ("export", "person", 2, {"county": OFFICE, "unit": "unit_hr"}, "purpose"),
    "import.run": ("write", "import", 2, {"county": OFFICE}, "purpose"),
    "import.file": ("export", "import", 2, {"county": OFFICE}, "purpose"),
    "procedure.see": ("see", "procedure", 3, {"county": OFFICE}, "purpose"),
    "procedure.open": ("write", "procedure", 2, {"county": OFFICE}, "purpose"),
    "procedure.work": ("write", "procedure", 3, {"county": OFFICE}, "purpose"),
    "procedure.paper": ("export", "procedure", 3, {"county": OFFICE}, "purpose"),
    "examine.run": ("see", "person", 2, {"county": OFFICE, "unit": "unit_hr"}, "purpose"),
    "sealed.open": ("see", "procedure", 3, {"county": OFFICE}, "step states=s"),
    "ballot.open": ("write", "ballot", 1, {"county": OFFICE, "branch": "branch_secretary", "unit": "leader"}, "seals"),
    "ballot.cast": ("own", "ballot", 1, {"own": BUSINESS}, "seals states=o"),
    "ballot.see": ("see", "ballot", 1, {"county": OFFICE, "unit": "leader", "branch": "branch_secretary"}, "states=ca"),
    "appraisal.fill": ("write", "appraisal", 1, {"own": f"appraiser leader branch_secretary delegate {OFFICE}"}, "states=o"),
    "appraisal.see": ("see", "appraisal", 3, {"county": OFFICE}, ""),
    "appraisal.approve": ("approve", "appraisal", 2, {"county": "head"}, "purpose"),
    "ticket.see": ("see", "ticket", 1, {"county": OFFICE, "own": "unit_hr"}, ""),
    "ticket.ask": ("write", "ticket", 1, {"county": OFFICE, "unit": "unit_hr"}, ""),
    "ticket.approve": ("approve", "ticket", 1, {"county": "head"}, "step"),
    "correction.see": ("see", "person", 2, {"county": OFFICE}, "purpose"),
    "correction.decide": ("approve", "person", 2, {"county": OFFICE}, "purpose"),
    "duty.see": ("see", "duty", 1, {"county": OFFICE, "unit": "unit_hr leader liaison", "branch": "branch_secretary",
                                    "own": "community_worker delegate appraiser recorded"}, ""),
    "duty.do": ("write", "duty", 1, {"county": OFFICE, "unit": "unit_hr leader liaison", "branch": "branch_secretary",
                                     "own": "community_worker delegate recorded"}, ""),
    "duty.oversee": ("see", "duty", 1, {"county": OFFICE, "unit": "unit_hr leader"}, ""),
    "duty.direct": ("write", "duty", 1, {"county": OFFICE, "unit": "unit_hr leader"}, ""),
    "matter.see": ("see", "duty", 1, {"county": OFFICE, "unit": "unit_hr leader community_worker", "branch": "branch_secretary"}, ""),
    "matter.do": ("write", "duty", 1, {"county": OFFICE, "unit": "unit_hr leader community_worker", "branch": "branch_secretary"}, ""),
    "party.see": ("see", "duty", 1, {"county": OFFICE, "unit": "unit_hr leader", "branch": "branch_secretary"}, ""),
    "party.work": ("write", "duty", 1, {"county": OFFICE, "unit": "unit_hr leader", "branch": "branch_secretary"}, ""),
    "duty.excuse": ("approve", "duty", 1, {"county": OFFICE, "unit": "leader", "branch": "branch_secretary"}, ""),
    "duty.report": ("export", "duty", 1, {"county": OFFICE, "unit": "unit_hr leader"}, ""),
    "case.report": ("public", "case", 3, {"any": EVERYBODY}, ""),
    "case.see": ("see", "case", 1, {"county": OFFICE, "unit": "liaison leader unit_hr branch_secretary community_worker", "own": "resident delegate"}, ""),
    "case.work": ("write", "case", 1, {"county": OFFICE, "unit": "liaison leader unit_hr branch_secretary community_worker", "own": "delegate"}, ""),
    "case.reporter": ("see", "case", 3, {"county": OFFICE, "own": "community_worker resident", "ticketed": "liaison"}, "step"),
    "case.rate": ("own", "case", 3, {"own": "resident delegate recorded"}, ""),
    "case.close": ("approve", "case", 1, {"county": OFFICE, "unit": "community_worker"}, ""),
    "case.figures": ("export", "case", 1, {"county": OFFICE, "unit": "liaison leader community_worker"}, ""),
    "wall.see": ("public", "case", 0, {"any": EVERYBODY}, ""),
    "help.see": ("write", "duty", 1, {"county": OFFICE, "unit": "leader community_worker liaison", "branch": "branch_secretary",
                                      "own": "resident recorded"}, ""),
    "journal.see": ("see", "journal", 1, {"any": "auditor audit_admin"}, ""),
    "journal.prove": ("administer", "journal", 1, {"any": "auditor audit_admin"}, ""),
    "journal.exports": ("see", "journal", 1, {"any": "auditor audit_admin"}, ""),
    "journal.keep": ("administer", "journal", 0, {"any": "audit_admin"}, "step"),
    "account.see": ("see", "account", 1, {"any": "security_admin head auditor audit_admin"}, ""),
    "account.ask": ("administer", "account", 1, {"any": "security_admin"}, "step"),
    "account.approve": ("approve", "account", 1, {"any": "security_admin head"}, "step"),
    "account.revoke": ("administer", "account", 1, {"any": "security_admin head"}, ""),
    "account.sessions": ("administer", "account", 1, {"any": "security_admin"}, ""),
    "token.manage": ("own", "door", 1, {"own": f"{OFFICE} unit_hr leader branch_secretary community_worker liaison"}, "step"),
    "hook.manage": ("administer", "system", 1, {"any": "system_admin"}, "step"),
    "system.backup": ("administer", "system", 0, {"any": "system_admin"}, ""),
    "system.restore": ("administer", "system", 0, {"any": "system_admin"}, "step"),
    "system.run": ("administer", "system", 0, {"any": "system_admin"}, ""),
    "purge.see": ("see", "system", 1, {"any": "head security_admin auditor audit_admin"}, ""),
    "purge.ask": ("administer", "system", 1, {"any": "head"}, "step"),
    "purge.confirm": ("approve", "system", 1, {"any": "head security_admin"}, "step"),
}

SCOPES = ["own", "own_unit", "sub_unit", "sibling", "superior", "other_county"]
RELATIONS = ["none", "self", "relative", "named", "branch"]
STATES = "docsa"  # draft open closed sealed archived
GROUNDS = ["none", "stated", "procedure", "ticket", "expired", "other"]
HIGHEST = dict.fromkeys(ROLES, 1) | dict.fromkeys("officer head community_worker liaison resident".split(), 3) | dict.fromkeys(["unit_hr", "recorded"], 2)
WITHIN = {
    "any": set(SCOPES), "county": set(SCOPES) - {"other_county"}, "unit": {"own", "own_unit", "sub_unit"},
    "branch": {"own", "own_unit"}, "own": {"own"}, "ticketed": {"own", "own_unit", "sub_unit"},
}
RECUSED_ABOUT = {"person", "procedure", "appraisal", "ticket", "account"}


def verdict(role, action, scope, relation, s, state, ground, over=False, stepped=False):
    kind, about, upto, who, marks = TABLE[action]
    marks = marks.split()
    box = s == 4 and "seals" in marks and kind in ("own", "write")
    if s == 4 and not box:
        return "4"
    reach = next((r for r, names in who.items() if role in names.split()), None)
    if reach is None:
        return "r"
    if s > upto and not box:
        return "c"
    if kind == "public":
        return "A"
    own = kind == "own"
    if not own and not box and s > HIGHEST[role]:
        return "c"
    if about == "self" and relation != "self":
        return "o"
    if about == "case" and relation == "named":
        return "n"
    if relation in ("self", "relative"):
        if kind == "approve":
            return "x"
        if about in RECUSED_ABOUT and (kind in ("write", "export", "administer") or (kind == "see" and s > 0)):
            return "x"
    if scope not in WITHIN[reach] and not (reach == "branch" and relation == "branch"):
        return "s"
    states = next((m[7:] for m in marks if m.startswith("states=")), USUAL[kind])
    if state not in states:
        return "t"
    papers = ground in ("procedure", "ticket")
    if not own:
        if reach == "ticketed" and ground != "ticket":
            return "T"
        if s == 3 and not papers:
            return "T"
        if s == 2 and not papers and "purpose" not in marks:
            if ground != "stated":
                return "P"
            if over:
                return "V"
    if ("step" in marks or (s == 3 and not own)) and not stepped:
        return "U"
    return "A"


def promised(role, action, relation, s, ground, letter):
    """What the threat table promises, whatever the table of rights says: a sentence when it is broken."""
    about, kind = TABLE[action][1], TABLE[action][0]
    if letter != "A":
        return None
    if s == 4 and action not in ("ballot.open", "ballot.cast"):
        return "nobody reads what is sealed"
    if role in APART.split() and about in ("person", "procedure", "appraisal", "organisation", "ledger", "import", "ballot", "case", "duty", "ticket") \
            and kind != "public":
        return "who administers or audits works on no record"
    if relation in ("self", "relative") and about in ("person", "procedure", "appraisal") and s > 0:
        return "oneself and relatives are excluded (A2)"
    if relation == "named" and about == "case" and kind != "public":
        return "who is complained about learns nothing (A15)"
    if s == 3 and kind not in ("own", "public") and ground not in ("procedure", "ticket"):
        return "S3 needs a ticket or a part in an open procedure"
    if s == 2 and kind == "see" and ground in ("none", "expired", "other") and "purpose" not in TABLE[action][4]:
        return "S2 needs a purpose (A1)"
    return None


def main():
    given = sys.stdin.buffer.read()
    at = wrong = 0

    def block(cells, what):
        nonlocal at, wrong
        theirs = given[at:at + len(cells)].decode()
        at += len(cells)
        if theirs == "".join(letter for letter, _ in cells):
            return
        for (mine, cell), his in zip(cells, theirs):
            if mine != his and (wrong := wrong + 1) <= 20:
                print(f"{what} {cell}: {his} there, {mine} here")

    broken = 0
    for role in ROLES:
        for action in sorted(TABLE):
            cells = []
            for cell in product(SCOPES, RELATIONS, range(5), STATES, GROUNDS):
                letter = verdict(role, action, *cell)
                cells.append((letter, cell))
                if letter == "A" and (sentence := promised(role, action, cell[1], cell[2], cell[4], letter)) and (broken := broken + 1) <= 20:
                    print(f"{role} {action} {cell}: {sentence}")
            block(cells, f"{role} {action}")
    for role in ROLES:
        for action in sorted(TABLE):
            cells = []
            for relation, s, ground, over, stepped in product(RELATIONS, range(5), GROUNDS, (False, True), (False, True)):
                letter = verdict(role, action, "own", relation, s, "o", ground, over, stepped)
                cells.append((letter, (relation, s, ground, over, stepped)))
                if letter == "A" and (sentence := promised(role, action, relation, s, ground, letter)) and (broken := broken + 1) <= 20:
                    print(f"{role} {action} {relation, s, ground}: {sentence}")
            block(cells, f"{role} {action}")
    if at != len(given):
        print(f"{len(given)} cells there, {at} here: an action is in one table only")
        wrong += 1
    print(f"{at} cells, {wrong} differ, {broken} break a promise")
    return 1 if wrong or broken else 0


if __name__ == "__main__":
    sys.exit(main())
