"""What a reader of foreign files raises; it stands alone, so that the child program can import it without Django."""


class FileRefused(Exception):
    """A foreign file is not taken; `reason` is a word that the caller has a sentence for, `facts` fill it in."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts
