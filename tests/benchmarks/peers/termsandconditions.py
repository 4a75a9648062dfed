"""django-termsandconditions: its middleware, asked whether a member who has accepted may pass; a new version saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import count, cycle
from time import perf_counter
from typing import Any

from tests.benchmarks import material, rows, serving, texts
from tests.benchmarks.peers import site
from tests.benchmarks.timing import Subject


class TooLong(Exception):
    """The time for one publication is over."""


def main() -> None:
    """Make the data, then answer orders."""
    site.start(
        apps=["termsandconditions"],
        ROOT_URLCONF="termsandconditions.urls",
        CACHES={
            "default": {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "OPTIONS": {"MAX_ENTRIES": 100_000},
            }
        },
    )
    from django.core.cache import cache
    from django.db import connection, transaction
    from django.test import RequestFactory
    from django.utils import timezone
    from termsandconditions.middleware import TermsAndConditionsRedirectMiddleware
    from termsandconditions.models import TermsAndConditions, UserTermsAndConditions

    def accept_terms(number: int) -> list[Any]:
        """That many members, all but the first of whom have accepted the one text."""
        members = rows.make_members(number)
        terms = TermsAndConditions.objects.create(
            name="Terms", text=texts.make_long_text(material.TERMS_BYTES), date_active=timezone.now()
        )
        UserTermsAndConditions.objects.bulk_create(
            [UserTermsAndConditions(user=member, terms=terms) for member in members[1:]], batch_size=1000
        )
        return members

    members = accept_terms(material.MEMBERS)
    middleware = TermsAndConditionsRedirectMiddleware(lambda request: None)
    factory = RequestFactory()
    turn = cycle(members[1:])

    def ask(member: Any) -> Any:
        request = factory.get("/course/")
        request.user = member
        return request

    def forget() -> Any:
        member = next(turn)
        cache.delete(f"tandc.not_agreed_terms_{member.username}")
        return ask(member)

    def check(answer: Any) -> None:
        if answer is not None:
            raise AssertionError("a member who had accepted was sent to the terms")

    if middleware.process_request(ask(members[0])) is None:
        raise AssertionError("a member who had not accepted passed")
    known = ask(members[1])
    common: dict[str, Any] = {"run": middleware.process_request, "check": check, "count": rows.count_queries}

    def ask_here(prepare: Callable[[], Any], *, batch: int = 1) -> Subject:
        rows.use_database("bench")
        return Subject(**common, prepare=prepare, batch=batch)

    def publish(number: int) -> None:
        """As its administration does: the form is saved in one transaction, and the signal visits every acceptance.

        Stopped after a while: see material.STOPPED_AFTER.
        """
        end = perf_counter() + material.STOPPED_AFTER

        def stop(execute: Any, *given: Any) -> Any:
            if perf_counter() >= end:
                raise TooLong
            return execute(*given)

        with suppress(TooLong), connection.execute_wrapper(stop), transaction.atomic():
            TermsAndConditions.objects.create(
                name="Terms",
                text=texts.make_long_text(material.TERMS_BYTES),
                version_number=number,
                date_active=timezone.now(),
            )

    def make_publishing(line: str) -> Subject:
        if rows.use_database(line):
            accept_terms(material.ACCEPTANCES[line] + 1)
        numbers = count(2)
        return Subject(run=publish, prepare=lambda: next(numbers), warm_up=0)

    serving.serve(
        {
            "terms.gate_warm": lambda: ask_here(lambda: known, batch=20),
            "terms.gate_cold": lambda: ask_here(forget),
            "terms.publish_1k": lambda: make_publishing("terms.publish_1k"),
            "terms.publish_100k": lambda: make_publishing("terms.publish_100k"),
        }
    )


if __name__ == "__main__":
    main()
