"""Files in which a reviewer marks what they mean: who gets them, and which are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.checklists import CHECKLISTS
from reviews.enums import Action
from reviews.models import MarkedFile
from tests.conftest import Cast, filed
from tests.reviews.builders import NOW
from tests.reviews.pages import text_of
from tests.submissions.builders import PDF, docx

Sign = Callable[[User], Client]


@pytest.mark.usefixtures("clean_files")
def test_a_marked_up_file_goes_with_a_return(cast: Cast, foreign_cast: Cast, as_user: Sign) -> None:
    item = filed(cast.author, NOW)
    client = as_user(cast.section_head)
    page = reverse("reviews:item-decide", args=[item.pk])
    data = {
        "source": item.status,
        "version": 1,
        "action": "return",
        "comment": "见批注",
        "marked": SimpleUploadedFile("批注.pdf", PDF),
    }
    assert client.post(page, data).status_code == 302
    marked = MarkedFile.objects.get()
    assert (marked.decision.action, marked.name) == (Action.RETURN, "批注.pdf")
    download = reverse("reviews:marked-file", args=[marked.pk])
    assert download in text_of(as_user(cast.author).get(reverse("submissions:item-detail", args=[item.pk])))
    answer = as_user(cast.author).get(download)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Security-Policy"] == "sandbox"
    assert as_user(cast.other_author).get(download).status_code == 404
    assert as_user(foreign_cast.section_head).get(download).status_code == 404


@pytest.mark.usefixtures("clean_files")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("批注.exe", PDF),
        ("批注.docx", PDF),
        (
            "批注.docx",
            docx(**{"word/document.xml": "<document><body><p><r><t>机密★10年</t></r></p></body></document>"}),
        ),
        ("批注.docx", docx(**{"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + bytes(600)})),
    ],
)
def test_a_file_that_may_not_be_uploaded_stores_nothing(
    cast: Cast, as_user: Sign, name: str, content: bytes
) -> None:
    item = filed(cast.author, NOW)
    data = {
        "source": item.status,
        "version": 1,
        "action": "pass",
        "checked": list(CHECKLISTS[item.status]),
        "marked": SimpleUploadedFile(name, content),
    }
    answer = as_user(cast.section_head).post(reverse("reviews:item-decide", args=[item.pk]), data)
    assert answer.status_code == 422
    assert not MarkedFile.objects.exists()
    assert not item.decisions.signed().exists()
