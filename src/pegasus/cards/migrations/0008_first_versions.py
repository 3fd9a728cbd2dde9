from typing import Any

from django.db import migrations


def keep_what_was_sent(apps: Any, _editor: object) -> None:  # noqa: ANN401 - Django's registry of old models
    """Make the version of each card that was sent before there were versions."""
    versions, files = (apps.get_model("cards", name).objects for name in ("CardVersion", "VersionPicture"))
    verdicts = {"approved", "returned"}
    for card in apps.get_model("cards", "Card").objects.exclude(submitted_at=None).filter(versions=None).iterator():
        is_decided = card.state in verdicts
        version = versions.create(
            card=card,
            number=1,
            template_id=card.template_id,
            upload_id=card.upload_id,
            name=card.name,
            team=card.team,
            words=card.words,
            source=card.source,
            alt_text=card.alt_text,
            adjustments=card.adjustments,
            sent_at=card.submitted_at,
            sent_by=card.submitted_by,
            verdict=card.state if is_decided else "",
            decided_at=card.reviewed_at if is_decided else None,
            decided_by=card.reviewed_by if is_decided else "",
            note=card.review_note if is_decided else "",
        )
        for picture in card.pictures.all():
            files.create(version=version, size=picture.size, record_id=picture.record_id)


class Migration(migrations.Migration):
    dependencies = [("cards", "0007_versions_and_comments")]
    operations = [migrations.RunPython(keep_what_was_sent, migrations.RunPython.noop)]
