"""Sign a PDF with an own certificate: PAdES B-B, or B-T where a timestamp service is set."""

import asyncio
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from asn1crypto import tsp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko.stamp import StaticStampStyle

from pegasus.signing.certificates import Certificate
from pegasus.signing.widget import Place, add_field

FIELD = "TandaTangan1"
WHOLE_BOX = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
)
TSA_SECONDS = 15
TSA_LARGEST = 1024 * 1024


class NoTimestamp(Exception):
    """The configured timestamp service did not answer as it should."""


class TimestampService(TimeStamper):
    """Ask an RFC 3161 service over HTTP."""

    def __init__(self, address: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # the library's
        if urlsplit(address).scheme not in {"http", "https"}:
            raise TimestampRequestError("not a http address")
        self.address = address

    async def async_request_tsa_response(self, req: Any) -> Any:  # noqa: ANN401 - untyped library
        """Post one request without blocking the loop; the answer is checked by the caller."""
        return await asyncio.to_thread(self._post, req)

    def _post(self, req: Any) -> Any:  # noqa: ANN401 - untyped library
        asked = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            self.address,
            data=req.dump(),
            headers={"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=TSA_SECONDS) as answer:  # noqa: S310 - as above
                return tsp.TimeStampResp.load(answer.read(TSA_LARGEST))
        except urllib.error.HTTPError as refusal:
            refusal.close()
            raise TimestampRequestError("the timestamp service refused") from refusal
        except (urllib.error.URLError, TimeoutError, ValueError) as error:
            raise TimestampRequestError("the timestamp service did not answer") from error


class SignerAt(PdfSigner):
    """Signs at a moment that is handed in, not at the machine's."""

    moment: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - untyped library
        """Begin as usual, and set the clock."""
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.moment
        return session

    def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:  # noqa: ANN401, ARG002 - untyped library's
        """Declare PAdES alone: the curve's own extension belongs to PDF 2.0 and would end PDF/A-2."""
        pdf_out.ensure_output_version(version=(1, 7))
        pdf_out.register_extension(ESIC_EXTENSION_1)


@dataclass(frozen=True)
class Wish:
    """What the signature says beside the name."""

    label: str
    reason: str
    location: str
    place: Place


def sign(
    pdf_bytes: bytes,
    *,
    certificate: Certificate,
    wish: Wish,
    stamp: Callable[[float, float], bytes],
    tsa: str,
    at: datetime,
) -> bytes:
    """Return the signed file; `stamp` draws the visible part as a PDF page of the given size in points."""
    prepared, (width, height) = add_field(pdf_bytes, name=FIELD, label=wish.label, place=wish.place)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        name=certificate.name,
        reason=wish.reason,
        location=wish.location or None,
    )
    with tempfile.NamedTemporaryFile(suffix=".pdf") as drawn:
        style = None
        if not wish.place.invisible:
            drawn.write(stamp(width, height))
            drawn.flush()
            # A style belongs to one document: used twice, it points at an object of the first one.
            style = StaticStampStyle.from_pdf_file(
                drawn.name, border_width=0, background_opacity=1.0, background_layout=WHOLE_BOX
            )
        signer = SignerAt(
            metadata,
            signer=certificate.signer,
            timestamper=TimestampService(tsa) if tsa else None,
            stamp_style=style,
        )
        signer.moment = at
        try:
            out = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(_ending_in_newline(prepared))))
        except TimestampRequestError:
            raise NoTimestamp from None
    return bytes(out.getvalue())


def _ending_in_newline(pdf_bytes: bytes) -> bytes:
    """Validators refuse an update that begins right behind `%%EOF`."""
    return pdf_bytes if pdf_bytes.endswith(b"\n") else pdf_bytes + b"\n"
