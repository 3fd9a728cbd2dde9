from pegasus.signing.domain.footers import DRAFT, sentence
from pegasus.signing.models import SignatureRequest


def test_only_the_road_of_bsre_names_bsre_as_the_issuer() -> None:
    assert "diterbitkan oleh Balai Sertifikasi Elektronik (BSrE), BSSN" in sentence("brought_back")
    assert "diterbitkan oleh" not in sentence("own_certificate")
    assert "BSrE" not in sentence("any")


def test_every_road_has_a_sentence_of_its_own() -> None:
    sentences = {sentence(road) for road in SignatureRequest.Road.values}

    assert len(sentences) == len(SignatureRequest.Road.values)
    assert DRAFT not in sentences


def test_a_document_without_a_road_is_a_draft() -> None:
    assert sentence("") == "KONSEP – belum ditandatangani"
