"""A mail backend for tests of whole installations: it writes a diary and may take its time."""

import os
import time
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from tests.tasks import write


class DiaryBackend(BaseEmailBackend):
    """Takes as long as PEGASUS_TEST_MAIL_SECONDS says."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        write("began")
        time.sleep(float(os.environ.get("PEGASUS_TEST_MAIL_SECONDS", "0")))
        write("sent")
        return len(email_messages)
