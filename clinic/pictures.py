"""Uploaded pictures: decoded, bounded and re-encoded before anything is stored."""

import secrets
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from pictures.models import PictureField
from PIL import Image, ImageOps

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 1600  # pixels; twice the widest place a picture is shown at half width
FORMATS = ("JPEG", "PNG", "WEBP")


def reencode(upload: UploadedFile | ContentFile) -> ContentFile:
    """The picture as a new WebP file of at most MAX_SIDE pixels a side, without metadata, randomly named.

    Raises ValidationError for a file that is too large, is no picture, or unpacks to too many pixels.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("The picture is larger than 8 MB. Save it smaller and try again."))
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise ValidationError(_("The picture has more than 40 million pixels. Save it smaller."))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except ValidationError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        # Pillow calls a broken chunk of a PNG a SyntaxError.
        raise ValidationError(_("This file is not a picture we can read. Use JPEG, PNG or WebP.")) from error
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    # A fresh image carries the pixels and nothing else: no place, camera or thumbnail.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    buffer = BytesIO()
    bare.save(buffer, "WEBP", quality=86)
    return ContentFile(buffer.getvalue(), name=f"{secrets.token_hex(12)}.webp")


class SafePictureFormField(forms.FileField):
    """A file field that accepts pictures only and hands on the re-encoded file."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        return reencode(cleaned) if isinstance(cleaned, UploadedFile) else cleaned


class SafePictureField(PictureField):
    """django-pictures' field behind `reencode`; its smaller AVIF and WebP files are made on saving."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"form_class": SafePictureFormField, **kwargs})
