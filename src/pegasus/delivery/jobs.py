import logging

from django_tasks import task

from pegasus.delivery import actions, channels, queries
from pegasus.delivery.actions import Outcome
from pegasus.delivery.domain.states import Event
from pegasus.delivery.models import Attempt, Delivery
from pegasus.delivery.ports import Message, NotSent, OutcomeUnknown, Refused
from pegasus.kernel import clock
from pegasus.kernel.jobs import every, wake

log = logging.getLogger(__name__)


@every(seconds=30)
@task()
def sweep() -> None:
    """Wake a job for each delivery that must move on; a bad one spoils only its own."""
    for pk in queries.needing_work(clock.now()):
        wake("delivery.send", pk, unique_key=f"delivery.send|{pk}")


@task()
def send(pk: int) -> None:
    """Move one delivery on: prepare it, send it, or find out that its sender has died. May run twice or late."""
    delivery = queries.delivery_for_work(pk)
    if delivery is None:
        return
    now = clock.now()
    if actions.lose(delivery=delivery, at=now) or actions.expire(delivery=delivery, at=now):
        return
    if channels.manual_channel(delivery.channel) is not None:
        actions.prepare(delivery=delivery, at=now)
        return
    if channels.is_held(delivery):
        return
    hours = queries.hours_of(delivery.office)
    if not delivery.at_any_hour and not hours.is_a_good_hour(now):
        actions.postpone(delivery=delivery, until=hours.next_good_moment(now), at=now)
        return
    attempt = actions.begin(delivery=delivery, at=now)
    if attempt is not None:
        actions.end(attempt=attempt, outcome=_call(delivery, attempt), at=clock.now())


def _call(delivery: Delivery, attempt: Attempt) -> Outcome:
    """Call the channel, outside any transaction, and say what is known afterwards."""
    try:
        receipt = channels.channel(delivery.channel).send(_message(delivery, attempt))
    except NotSent as error:
        return Outcome(Event.NOT_SENT, code=error.code, error=str(error))
    except Refused as error:
        return Outcome(Event.GIVE_UP, code=error.code, error=str(error))
    except OutcomeUnknown as error:
        return Outcome(Event.LOSE, code=error.code, error=str(error))
    except Exception as error:  # noqa: BLE001 - a fault of the adapter: it may have left, so a person must look
        log.warning("delivery %s: the channel %s failed: %s", delivery.pk, delivery.channel, type(error).__name__)
        return Outcome(Event.LOSE, code=type(error).__name__)
    return Outcome(Event.ACCEPT, provider_id=receipt.provider_id)


def _message(delivery: Delivery, attempt: Attempt) -> Message:
    """Put together what leaves; what cannot be put together surely has not left."""
    address = channels.address_of(delivery)
    if not address:
        raise Refused("the person has no address for this channel", code="no_address")
    picture = delivery.picture
    try:
        data = picture.file.read() if picture is not None else None
    except OSError as error:
        raise Refused("the picture cannot be read", code="no_picture") from error
    return Message(
        attempt=attempt.uuid,
        to_name=delivery.to.name if delivery.to is not None else "",
        address=address,
        subject=delivery.subject,
        text=channels.text_of(delivery),
        picture=data,
        picture_name=picture.filename if picture is not None else "",
    )
