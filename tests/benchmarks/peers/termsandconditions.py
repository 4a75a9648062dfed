"""django-termsandconditions: its middleware, asked whether a member who has accepted may pass."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from tests.benchmarks import material, rows, serving, texts
from tests.benchmarks.peers import site
from tests.benchmarks.timing import Subject


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
    from django.test import RequestFactory
    from django.utils import timezone
    from termsandconditions.middleware import TermsAndConditionsRedirectMiddleware
    from termsandconditions.models import TermsAndConditions, UserTermsAndConditions

    members = rows.make_members(material.MEMBERS)
    terms = TermsAndConditions.objects.create(
        name="Terms", text=texts.make_long_text(material.TERMS_BYTES), date_active=timezone.now()
    )
    UserTermsAndConditions.objects.bulk_create(
        [UserTermsAndConditions(user=member, terms=terms) for member in members[1:]], batch_size=1000
    )
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
    serving.serve(
        {
            "terms.gate_warm": lambda: Subject(**common, prepare=lambda: known, batch=20),
            "terms.gate_cold": lambda: Subject(**common, prepare=forget),
        }
    )


if __name__ == "__main__":
    main()
