"""A forgotten password: allauth's page, which also answers where no mail can leave."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.views import PasswordResetView
from django.http import HttpResponse
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


class ResetView(PasswordResetView):  # type: ignore[misc] # allauth publishes no types
    """Say when no mail can be sent; it is the same for known and unknown mailboxes."""

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 - allauth's form
        """Send the link, or say that the post office is closed."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except OSError as error:  # SMTPException is one
            log.warning("no mail for a forgotten password: %s", type(error).__name__)
            form.add_error(
                None, _("Surel belum dapat dikirim dari server ini. Minta admin kantor membuatkan kata sandi baru.")
            )
            answer = self.form_invalid(form)
        return answer


reset_password: Callable[..., HttpResponse] = ResetView.as_view()
