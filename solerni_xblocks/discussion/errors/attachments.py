"""Refusals of files: what cannot be taken, what has to be said of it first, what is no longer there."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from solerni_xblocks.core.errors import Conflict, Invalid, NotFound, Refused
from solerni_xblocks.core.sizekit import format_size


class FilesNotTaken(Refused):
    """The site keeps no files, or the author of the course takes none here."""

    code = "file.not_taken"
    default_message = _("Files cannot be added in this discussion. Your text is kept here.")


class FileMissing(Invalid):
    """Nothing was sent."""

    code = "file.missing"
    default_message = _("Choose a file.")


class FileEmpty(Invalid):
    """The file has no content."""

    code = "file.empty"
    default_message = _("This file is empty: choose another one.")


class FileTooLarge(Invalid):
    """The file is larger than the place takes."""

    code = "file.too_large"
    default_message = _("This file is too large.")

    @classmethod
    def tell(cls, most: int) -> FileTooLarge:
        """The refusal with the limit in bytes."""
        return cls(_("This file is too large: at most %(size)s.") % {"size": format_size(most)})


class FileUnknown(Invalid):
    """The content is of no kind that is taken anywhere."""

    code = "file.unknown"
    default_message = _(
        "This is not a file that can be added, whatever its name says: send an image (JPEG, PNG, WebP, GIF), a PDF "
        "or a plain text in UTF-8."
    )


class FileKindNotTaken(Invalid):
    """The place takes other kinds of files."""

    code = "file.kind_not_taken"
    default_message = _("This discussion takes no files of this kind.")


class PdfNotAnonymous(Invalid):
    """A PDF is kept as it is: it may say who made it, under a message whose author is not to be known."""

    code = "file.not_anonymous"
    default_message = _(
        "A PDF often holds the name of who made it, so none goes with a message without your name: remove it, or "
        "publish in your name. Your text is kept here."
    )


class ImageTooManyPixels(Invalid):
    """The image would take too much room once unpacked."""

    code = "file.too_many_pixels"
    default_message = _("This image has too many pixels: make it smaller (at most 25 million, such as 6,000 × 4,000).")


class TooManyFiles(Invalid):
    """A message has more files than the place takes."""

    code = "file.too_many"
    default_message = _("This message has too many files.")

    @classmethod
    def tell(cls, most: int) -> TooManyFiles:
        """The refusal with the limit."""
        text = ngettext(
            "A message here has at most %(count)d file.", "A message here has at most %(count)d files.", most
        )
        return cls(text % {"count": most})


class FilesUsedUp(Refused):
    """The member sent as much as is allowed in a day."""

    code = "file.used_up"
    default_message = _("You have sent many files today: try again tomorrow. Your text is kept here.")


class FileNotFound(NotFound):
    """There is no such file, or the person may not have it."""

    code = "file.not_found"
    default_message = _("This file is no longer here, or is not visible to you.")


class FileGone(Conflict):
    """A file of the form is no longer there to be published."""

    code = "file.gone"
    default_message = _(
        "A file of this message is no longer there: remove it, or add it again. Your text is kept here."
    )


class FileNotLabelled(Invalid):
    """What must be said of a file is not said yet."""

    code = "file.not_labelled"
    default_message = _("Say by what right you share each file and, for an image, what it shows.")

    @classmethod
    def tell(cls, uuid: UUID, name: str, *, field: str) -> FileNotLabelled:
        """The refusal of the file ``uuid``; ``field`` is missing: alternative, rights, licence or source."""
        details = {"file": str(uuid), "file_field": field}
        return cls(FIELD_WORDS[field] % {"name": name}, details=details)


FIELD_WORDS = {
    "alternative": _("Say in a few words what the image “%(name)s” shows, for those who do not see it."),
    "rights": _("Say by what right you share “%(name)s”."),
    "licence": _("Name the licence of “%(name)s”."),
    "source": _("Name the author and the source of “%(name)s”."),
}
