"""Appoint or dismiss a moderator of a course from the command line."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.identifiers import parse_course_key
from solerni_xblocks.discussion import api
from solerni_xblocks.host import api as host


class Command(BaseCommand):
    """``solerni_discussion_moderator --course KEY --add USERNAME``"""

    help = "Appoint (--add) or dismiss (--remove) a moderator of a course. Course staff moderate without it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--course", required=True, help="course key, such as course-v1:Org+Course+Run")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--add", metavar="USERNAME")
        what.add_argument("--remove", metavar="USERNAME")

    def handle(self, *args: Any, **options: Any) -> None:
        """Change one appointment; told twice, changed once."""
        try:
            course_key = parse_course_key(options["course"])
        except Invalid as error:
            raise CommandError(str(error.message)) from error
        name = options["add"] or options["remove"]
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account {name!r}.")
        if options["add"]:
            if host.courses().get_title(course_key) == str(course_key):
                self.stderr.write(f"No course is known as {course_key}: is the key right?")
            api.appoint_moderator(course_key, user.id)
            self.stdout.write(f"{name} moderates {course_key}.")
        else:
            api.dismiss_moderator(course_key, user.id)
            self.stdout.write(f"{name} no longer moderates {course_key} by appointment.")
