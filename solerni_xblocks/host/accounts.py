"""Accounts as Django keeps them, the same on every host; names and languages are each adapter's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth import get_user_model

from solerni_xblocks.host.ports import Person


class Accounts:
    """The part of ``People`` that asks the user table alone."""

    def find_people(self, user_ids: Iterable[int]) -> Mapping[int, Person]:
        """As ``People.find_people``."""
        raise NotImplementedError

    def find_person(self, user_id: int) -> Person | None:
        return self.find_people([user_id]).get(user_id)

    def find_names(self, user_ids: Iterable[int]) -> Mapping[int, str]:
        """The username: civil names are private by default."""
        model = get_user_model()
        rows = model.objects.filter(id__in=set(user_ids)).values_list("id", model.USERNAME_FIELD)
        return dict(rows)

    def is_owner(self, user_id: int, typed: str) -> bool:
        user = get_user_model().objects.filter(id=user_id).first()
        if user is None:
            return False
        return user.check_password(typed) if user.has_usable_password() else typed.strip() == user.get_username()

    def is_active(self, user_id: int) -> bool:
        return bool(get_user_model().objects.filter(id=user_id, is_active=True).exists())

    def count_active(self) -> int:
        return int(get_user_model().objects.filter(is_active=True).count())

    def list_active_ids(self, *, after_id: int, limit: int) -> list[int]:
        users = get_user_model().objects.filter(is_active=True, id__gt=after_id).order_by("id")
        return list(users.values_list("id", flat=True)[:limit])
