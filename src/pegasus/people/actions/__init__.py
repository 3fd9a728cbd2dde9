"""Every write of the slice: offices, employees, roles, absences, accounts, personal links, the staff list."""

from pegasus.people.actions.absences import AbsenceBackwards, AbsenceOutOfTime, add_absence, remove_absence
from pegasus.people.actions.accounts import AccountExists, UsernameTaken, give_account, reset_password
from pegasus.people.actions.addresses import close_address, renew_address
from pegasus.people.actions.anonymising import AlreadyAnonymous, StillHere, anonymise
from pegasus.people.actions.anonymity import Anonymised, HasLeft
from pegasus.people.actions.api_tokens import TooManyTokens, make_token, note_use, revoke_token
from pegasus.people.actions.corrections import (
    CORRECTABLE,
    AlreadyAnswered,
    AlreadyWaiting,
    AnswerMissing,
    accept_correction,
    ask_correction,
    decline_correction,
)
from pegasus.people.actions.employees import (
    LeavesBeforeComing,
    MovedAway,
    NipTaken,
    PhoneRefused,
    add_employee,
    change_employee,
    leave_office,
    return_to_office,
)
from pegasus.people.actions.greetings import set_greeting
from pegasus.people.actions.imports import ImportResult, NoNameColumn, Told, import_employees, told
from pegasus.people.actions.leave_imports import ColumnsMissing, LeaveResult, import_absences
from pegasus.people.actions.links import open_link, revoke_links
from pegasus.people.actions.mappings import forget_mapping, remember_mapping
from pegasus.people.actions.offices import CodeRefused, CodeTaken, add_office
from pegasus.people.actions.own import export_own_data
from pegasus.people.actions.photos import remove_photo, set_photo
from pegasus.people.actions.roles import AlreadyAssigned, EndsBeforeItStarts, NobodyLeft, assign_role, end_role
from pegasus.people.actions.transfers import (
    AlreadySettled,
    SameOffice,
    TransferWaiting,
    WorksThere,
    accept_transfer,
    decline_transfer,
    move_account,
    offer_transfer,
    withdraw_transfer,
)

__all__ = [
    "CORRECTABLE",
    "AbsenceBackwards",
    "AbsenceOutOfTime",
    "AccountExists",
    "AlreadyAnonymous",
    "AlreadyAnswered",
    "AlreadyAssigned",
    "AlreadySettled",
    "AlreadyWaiting",
    "Anonymised",
    "AnswerMissing",
    "CodeRefused",
    "CodeTaken",
    "ColumnsMissing",
    "EndsBeforeItStarts",
    "HasLeft",
    "ImportResult",
    "LeaveResult",
    "LeavesBeforeComing",
    "MovedAway",
    "NipTaken",
    "NoNameColumn",
    "NobodyLeft",
    "PhoneRefused",
    "SameOffice",
    "StillHere",
    "Told",
    "TooManyTokens",
    "TransferWaiting",
    "UsernameTaken",
    "WorksThere",
    "accept_correction",
    "accept_transfer",
    "add_absence",
    "add_employee",
    "add_office",
    "anonymise",
    "ask_correction",
    "assign_role",
    "change_employee",
    "close_address",
    "decline_correction",
    "decline_transfer",
    "end_role",
    "export_own_data",
    "forget_mapping",
    "give_account",
    "import_absences",
    "import_employees",
    "leave_office",
    "make_token",
    "move_account",
    "note_use",
    "offer_transfer",
    "open_link",
    "remember_mapping",
    "remove_absence",
    "remove_photo",
    "renew_address",
    "reset_password",
    "return_to_office",
    "revoke_links",
    "revoke_token",
    "set_greeting",
    "set_photo",
    "told",
    "withdraw_transfer",
]
