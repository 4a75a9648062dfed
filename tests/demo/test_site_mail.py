"""The mail backend renders what a server would receive, and the mailbox shows it without trusting it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.message import BadHeaderError

from solerni_xblocks.demo.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def backend() -> Any:
    return get_connection("solerni_xblocks.demo.mail_backend.MailboxBackend")


def send(backend: Any, *, html: str = "", to: tuple[str, ...] = ("lea@example.org",), subject: str = "Bravo") -> int:
    message = EmailMultiAlternatives(subject, "Voilà, c’est gagné 🎉", to=list(to), connection=backend)
    if html:
        message.attach_alternative(html, "text/html")
    return message.send()


def test_both_parts_of_a_mail_are_kept_as_they_would_arrive(backend: Any) -> None:
    assert send(backend, html="<p>Voilà, <a href='https://a.test/'>c’est gagné</a></p>", subject="Été à l’école") == 1
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("lea@example.org", "Été à l’école")
    assert mail.text.strip() == "Voilà, c’est gagné 🎉"
    assert "<a href='https://a.test/'>" in mail.html


def test_a_mail_that_can_be_ended_in_one_click_offers_it_as_mail_programs_do(backend: Any, client: Any) -> None:
    address = "http://testserver/solerni/discussion/mails/stop/" + "x" * 200 + "/"
    headers = {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    EmailMessage("Bravo", "…", to=["lea@example.org"], headers=headers, connection=backend).send()
    page = client.get(f"/demo/mail/{Mail.objects.get().id}/").content.decode()
    assert f'action="{address}"' in page and 'name="List-Unsubscribe" value="One-Click"' in page


def test_a_mail_without_html_has_text_only(backend: Any) -> None:
    send(backend)
    assert Mail.objects.get().html == ""


def test_each_recipient_has_a_row(backend: Any) -> None:
    send(backend, to=("lea@example.org", "paul@example.org"))
    assert set(Mail.objects.values_list("to", flat=True)) == {"lea@example.org", "paul@example.org"}


def test_a_mail_to_nobody_is_not_sent(backend: Any) -> None:
    assert backend.send_messages([EmailMessage("Bravo", "…")]) == 0
    assert not Mail.objects.exists()


def test_a_subject_that_smuggles_a_header_is_refused(backend: Any) -> None:
    with pytest.raises((BadHeaderError, ValueError)):
        send(backend, subject="Bravo\nBcc: all@example.org")
    assert not Mail.objects.exists()


def test_the_mailbox_lists_mail_newest_first_and_by_recipient(backend: Any, client: Any) -> None:
    send(backend, subject="First")
    send(backend, subject="Second", to=("paul@example.org",))
    page = client.get("/demo/mail/").content.decode()
    assert page.index("Second") < page.index("First")
    assert "First" not in client.get("/demo/mail/?to=paul@example.org").content.decode()


def test_the_mailbox_asks_as_much_for_many_mails_as_for_few(
    backend: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 20):
        for _ in range(count):
            send(backend)
        with django_assert_max_num_queries(3):
            assert client.get("/demo/mail/").status_code == 200


def test_a_mails_html_stands_in_a_sandbox_without_scripts(backend: Any, client: Any) -> None:
    send(backend, html="<script>alert(1)</script><a href='/x'>lien</a>")
    mail = Mail.objects.get()
    page = client.get(f"/demo/mail/{mail.id}/").content.decode()
    assert f'src="/demo/mail/{mail.id}/html"' in page
    assert "alert(1)" not in page
    policy = client.get(f"/demo/mail/{mail.id}/html")["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy


def test_links_of_a_text_mail_can_be_followed(backend: Any, client: Any) -> None:
    EmailMessage("Lien", "Voir http://127.0.0.1:8000/x <b>", to=["a@b.org"], connection=backend).send()
    page = client.get(f"/demo/mail/{Mail.objects.get().id}/").content.decode()
    assert 'href="http://127.0.0.1:8000/x"' in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("path", ["/demo/mail/999/", "/demo/mail/999/html"])
def test_an_unknown_mail_is_a_helpful_404(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'data-demo-error="page"' in answer.content.decode()


def test_older_mail_of_one_recipient_stays_theirs(backend: Any, client: Any) -> None:
    for number in range(30):
        send(backend, subject=f"Mail {number:02}")
    send(backend, to=("paul@example.org",))
    page = client.get("/demo/mail/?to=lea@example.org").content.decode()
    assert 'href="?to=lea%40example.org&amp;page=2"' in page
    older = client.get("/demo/mail/?to=lea%40example.org&page=2").content.decode()
    assert "Mail 00" in older
