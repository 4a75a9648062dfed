"""How moments are told to people."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from solerni_xblocks.core import conf, datekit

NOON = datetime(2026, 11, 23, 11, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "moment", "day"),
    [
        ("en", "23 November 2026 at 12:59", "23 November 2026"),
        ("fr", "23 novembre 2026 à 12:59", "23 novembre 2026"),
    ],
)
def test_a_moment_is_told_in_the_time_of_paris(language: str, moment: str, day: str) -> None:
    with translation.override(language):
        assert (datekit.format_moment(NOON), datekit.format_day(NOON)) == (moment, day)
        assert datekit.format_iso("2026-11-23T11:59:00Z") == moment


@pytest.mark.parametrize("text", ["", "soon", "2026-11-23", "2026-11-23T11:59:00", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_moment_stays_as_it_is(text: str) -> None:
    assert datekit.format_iso(text) == text


def test_the_contact_is_an_address_without_a_name(settings) -> None:
    settings.SOLERNI_TERMS_CONTACT = ""
    settings.CONTACT_EMAIL = ""
    settings.DEFAULT_FROM_EMAIL = "Solerni <no-reply@solerni.example.org>"
    assert conf.get_contact() == "no-reply@solerni.example.org"
    settings.CONTACT_EMAIL = "help@solerni.example.org"
    assert conf.get_contact() == "help@solerni.example.org"
    settings.SOLERNI_TERMS_CONTACT = "https://solerni.example.org/contact"
    assert conf.get_contact() == "https://solerni.example.org/contact"


def test_a_time_element_is_made_anew_for_each_language_and_zone(settings) -> None:
    with translation.override("fr"):
        french = datekit.make_time_element(NOON)
    with translation.override("en"):
        english = datekit.make_time_element(NOON)
        settings.SOLERNI_TIME_ZONE = "Indian/Reunion"
        assert "at 15:59</time>" in datekit.make_time_element(NOON)
    assert french == '<time datetime="2026-11-23T11:59:00+00:00">23 novembre 2026 à 12:59</time>'
    assert english == french.replace("novembre", "November").replace("à", "at")
