from pegasus.people.models.accounts import AccountNotice, Outsider
from pegasus.people.models.doors import ApiToken, PersonalLink, SecretAddress
from pegasus.people.models.exemptions import Exemption
from pegasus.people.models.offices import Office, User
from pegasus.people.models.privacy import Consent, Correction, Transfer
from pegasus.people.models.staff import Absence, Employee, ImportMapping, Role, RoleAssignment, RoleProposal

__all__ = [
    "Absence",
    "AccountNotice",
    "ApiToken",
    "Consent",
    "Correction",
    "Employee",
    "Exemption",
    "ImportMapping",
    "Office",
    "Outsider",
    "PersonalLink",
    "Role",
    "RoleAssignment",
    "RoleProposal",
    "SecretAddress",
    "Transfer",
    "User",
]
