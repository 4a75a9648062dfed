"""What every form of our pages shares: errors are told to assistive technology, the first takes the focus."""

from __future__ import annotations

from django import forms


class ToldForm(forms.Form):
    """A form whose wrong fields say so; the first of them takes the focus."""

    use_required_attribute = False  # the server says what is missing, in its own words

    def full_clean(self) -> None:
        """Field errors are tied to their fields."""
        super().full_clean()
        wrong = [name for name in self.fields if self.is_bound and name in self.errors]
        for name in wrong:
            field = self[name]
            ids = f"{field.auto_id}_error {field.auto_id}_helptext" if field.help_text else f"{field.auto_id}_error"
            field.field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": ids}
        if wrong:
            self.fields[wrong[0]].widget.attrs["data-solerni-focus"] = ""
