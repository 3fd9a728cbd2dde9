"""Second factors: their secrets are kept encrypted, like phone numbers."""

from allauth.mfa.adapter import DefaultMFAAdapter

from pegasus.kernel import crypto

COLUMN = "mfa_authenticator.data"


class Factors(DefaultMFAAdapter):  # type: ignore[misc] # allauth publishes no types
    """How allauth keeps second factors here."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return crypto.encrypt(text, column=COLUMN)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret as it was."""
        return crypto.decrypt(encrypted_text, column=COLUMN)
