from pegasus.people.models.doors import ApiToken, PersonalLink, SecretAddress
from pegasus.people.models.offices import Office, User
from pegasus.people.models.privacy import Consent, Correction, Transfer
from pegasus.people.models.staff import Absence, Employee, ImportMapping, Role, RoleAssignment

__all__ = [
    "Absence",
    "ApiToken",
    "Consent",
    "Correction",
    "Employee",
    "ImportMapping",
    "Office",
    "PersonalLink",
    "Role",
    "RoleAssignment",
    "SecretAddress",
    "Transfer",
    "User",
]
