import hashlib

import pytest
from sqlalchemy import func, select

from app.errors import NotFound, Refused, StoreDamaged
from app.models import Blob
from app.storage import Store
from app.storage.attachments import MAX_BYTES, get, may_open, put
from tests.storage.things import by_hand


def test_a_content_is_kept_once_under_its_hash(store: Store) -> None:
    for _ in range(2):
        with store.begin() as session:
            assert put(session, b"facture") == hashlib.sha256(b"facture").hexdigest()
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Blob)) == 1
        assert get(session, hashlib.sha256(b"facture").hexdigest()) == b"facture"


def test_25_megabytes_at_most(store: Store) -> None:
    with store.begin() as session:
        put(session, bytes(MAX_BYTES))
        with pytest.raises(Refused, match="fait 26\u00a0Mo"):
            put(session, bytes(MAX_BYTES + 1))


def test_a_missing_content_is_not_found(store: Store) -> None:
    with store.read() as session, pytest.raises(NotFound):
        get(session, "0" * 64)


def test_a_changed_content_is_not_given(store: Store) -> None:
    with store.begin() as session:
        sha256 = put(session, b"facture")
    by_hand(store.path, "UPDATE blob SET content = x'66616374757266'")
    with store.read() as session, pytest.raises(StoreDamaged, match="changé"):
        get(session, sha256)


@pytest.mark.parametrize(
    ("name", "content", "opened"),
    [
        ("facture.pdf", b"%PDF-1.7", True),
        ("FACTURE.PDF", b"%PDF-1.7", True),
        ("facture.pdf", b"MZ\x90", False),
        ("photo.jpg", b"\xff\xd8\xff\xe0", True),
        ("scan.tif", b"MM\x00*", True),
        ("devis.docx", b"PK\x03\x04", True),
        ("devis.docm", b"PK\x03\x04", False),
        ("devis.pdf.exe", b"%PDF-1.7", False),
        ("notes.txt", "Été".encode(), True),
        ("notes.txt", b"", True),
        ("notes.txt", b"#!/bin/sh", False),
        ("notes.txt", b"a\x00b", False),
        ("notes.csv", b"a;b", True),
        ("page.html", b"<html>", False),
        ("lien.url", b"[InternetShortcut]", False),
        ("script.ps1", b"a", False),
        ("sans ending", b"%PDF-1.7", False),
        ("dossier.pdf\\a", b"%PDF-1.7", False),
        ("", b"", False),
    ],
)
def test_only_plain_documents_are_opened(name: str, content: bytes, opened: bool) -> None:
    assert may_open(name, content) is opened
