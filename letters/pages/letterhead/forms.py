"""The file that is to become the logo."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.evidence.arriving import arrive
from letters.pdf.look import LARGEST_LOGO


class Picture(forms.FileField):
    """Gives its bytes. What is too large is not read."""

    widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg"})

    def clean(self, data: Any, initial: Any = None) -> bytes:
        if data is None:
            raise ValidationError(_("Choose a file"))
        arrived = arrive(data)
        if arrived.waiting is None or (arrived.size or 0) > LARGEST_LOGO:
            raise ValidationError(_("The logo is larger than 1 MB. Choose a smaller PNG or JPEG."))
        return arrived.waiting.path.read_bytes()


class LogoForm(forms.Form):
    logo = Picture(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy(
            "PNG or JPEG, up to 1 MB and 4 million pixels. It is printed on white, up to 7 cm wide and 2.6 cm high"
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
