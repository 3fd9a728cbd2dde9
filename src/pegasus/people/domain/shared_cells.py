"""Cells that hold facts of several columns: a NIP beside a phone, a phone or a mailbox under a name."""

import re
from collections.abc import Mapping

from pegasus.people.domain import nip, phones
from pegasus.people.domain.columns import Value, plain

LINES = re.compile(r"\n|\s+/\s+")  # what parts the facts under one name
EMAIL = re.compile(r"[^@\s,;<>\"()/]+@[^@\s,;<>\"()/]+\.[A-Za-z]{2,}")
NAMED_MAILBOX = re.compile(r"[^<>@\n]*<\s*([^<>]+@[^<>]+?)\s*>")  # `Rina <rina@contoh.id>`
CENTURIES = ("19", "20")  # how a NIP begins; two phones side by side can have its length


def with_facts_apart(texts: Mapping[str, Value]) -> tuple[dict[str, Value], list[str]]:
    """Return a row's cells with every fact in its own field, and the NIPs that stood in the cells of contacts.

    A phone or a mailbox goes to its own field only where that is empty or says the same: else it stays where it is,
    and the reading of that cell says what is wrong.
    """
    cells = dict(texts)
    found = [written for field in ("phone", "email") if (written := _take_nip(cells, field))]
    _take_phone_beside_nip(cells)
    _take_contacts_under_name(cells)
    return cells, found


def without_mailboxes(text: str) -> tuple[str, list[str]]:
    """Take the mailboxes out of a cell: what is left of it, and the mailboxes in small letters."""
    if "@" not in text:
        return text, []
    text = NAMED_MAILBOX.sub(r" \1 ", text).replace("mailto:", "")
    found = [mailbox.lower() for mailbox in EMAIL.findall(text)]
    return EMAIL.sub("", text).strip(" ,;:/|\n<>."), found


def _take_nip(cells: dict[str, Value], field: str) -> str:
    value = cells.get(field, "")
    if not isinstance(value, str):  # a number has lost its last digits
        return ""
    written, rest = nip.apart(value)
    if not written.startswith(CENTURIES):
        return ""
    cells[field] = rest
    return written


def _take_phone_beside_nip(cells: dict[str, Value]) -> None:
    value = cells.get("nip", "")
    if isinstance(value, str):
        written, rest = nip.apart(value)
        if written and _is_this_phone(rest, cells):
            cells |= {"nip": written, "phone": rest}


def _take_contacts_under_name(cells: dict[str, Value]) -> None:
    value = cells.get("name", "")
    if not isinstance(value, str):
        return
    rest, mailboxes = without_mailboxes(value)
    known = without_mailboxes(plain(cells.get("email", "")))[1]
    if mailboxes and rest and known in ([], mailboxes):
        value = rest
        cells["email"] = cells.get("email") or " ".join(mailboxes)
    lines = [line.strip() for line in LINES.split(value)]
    numbers = [line for line in lines if _is_this_phone(line, cells)]
    if len(numbers) == 1 and len(lines) > 1:
        value = "\n".join(line for line in lines if line not in numbers)
        cells["phone"] = numbers[0]
    cells["name"] = value


def _is_this_phone(text: str, cells: Mapping[str, Value]) -> bool:
    """Tell whether a text is a phone, and no other than the one in the column of phones."""
    found = phones.read(text).e164
    own = plain(cells.get("phone", ""))
    return bool(found) and (not own or phones.read(own).e164 == found)
