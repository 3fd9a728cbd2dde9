"""Every write of the slice: offices, employees, roles, absences, accounts, personal links, the staff list."""

from pegasus.people.actions.absences import AbsenceBackwards, add_absence, remove_absence
from pegasus.people.actions.accounts import AccountExists, UsernameTaken, give_account, reset_password
from pegasus.people.actions.employees import (
    LeavesBeforeComing,
    NipTaken,
    PhoneRefused,
    add_employee,
    change_employee,
    leave_office,
    return_to_office,
)
from pegasus.people.actions.imports import ImportResult, NoNameColumn, Told, import_employees
from pegasus.people.actions.links import open_link, revoke_links
from pegasus.people.actions.offices import CodeRefused, CodeTaken, add_office
from pegasus.people.actions.own import export_own_data
from pegasus.people.actions.photos import remove_photo, set_photo
from pegasus.people.actions.roles import AlreadyAssigned, EndsBeforeItStarts, NobodyLeft, assign_role, end_role

__all__ = [
    "AbsenceBackwards",
    "AccountExists",
    "AlreadyAssigned",
    "CodeRefused",
    "CodeTaken",
    "EndsBeforeItStarts",
    "ImportResult",
    "LeavesBeforeComing",
    "NipTaken",
    "NoNameColumn",
    "NobodyLeft",
    "PhoneRefused",
    "Told",
    "UsernameTaken",
    "add_absence",
    "add_employee",
    "add_office",
    "assign_role",
    "change_employee",
    "end_role",
    "export_own_data",
    "give_account",
    "import_employees",
    "leave_office",
    "open_link",
    "remove_absence",
    "remove_photo",
    "reset_password",
    "return_to_office",
    "revoke_links",
    "set_photo",
]
