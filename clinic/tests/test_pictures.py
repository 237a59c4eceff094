"""An uploaded picture is stored only as we drew it anew: bounded, bare and under a name nobody can guess."""

import re
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from clinic.models import Practitioner
from clinic.pictures import MAX_SIDE, reencode
from clinic.tests.factories import PractitionerFactory
from clinic.tests.uploads import GPS, encoded, jpeg, png_of_size, upload

# Pillow warns of what it would still unpack, and of damage that it leaves out.
pytestmark = [
    pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning:PIL"),
]

UNREADABLE = "This file is not a picture we can read. Use JPEG, PNG or WebP."


def stored(content: bytes) -> Image.Image:
    file = reencode(upload(content))
    return Image.open(BytesIO(file.read()))


def test_nothing_of_the_camera_or_the_place_is_kept() -> None:
    original = jpeg()
    assert Image.open(BytesIO(original)).getexif().get_ifd(GPS)
    picture = stored(original)
    assert picture.format == "WEBP"
    assert len(picture.getexif()) == 0
    assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture.info)
    for trace in (b"A Camera", b"taken at home", b"EXIF", b"Exif"):
        assert trace not in reencode(upload(original)).read()


@pytest.mark.parametrize(
    ("size", "kept"),
    [((1200, 800), (1200, 800)), ((3200, 2400), (1600, 1200)), ((400, 4000), (160, 1600)), ((1, 1), (1, 1))],
)
def test_the_size_is_bounded_and_never_enlarged(size: tuple[int, int], kept: tuple[int, int]) -> None:
    assert max(kept) <= MAX_SIDE
    assert stored(encoded("PNG", size=size)).size == kept


def test_a_picture_taken_sideways_stands_upright() -> None:
    picture = stored(jpeg(60, 40, orientation=6))
    assert picture.size == (40, 60)
    assert picture.getpixel((20, 5))[1] < 60 < picture.getpixel((20, 55))[1], "red above, white below"


@pytest.mark.parametrize(
    ("format", "mode"), [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("WEBP", "RGB")]
)
def test_every_kind_of_pixel_is_read(format: str, mode: str) -> None:
    assert stored(encoded(format, mode)).size == (60, 40)


def test_the_name_is_random_and_says_nothing_of_the_file() -> None:
    names = {reencode(upload(jpeg(), name="anna-before.php.jpg")).name for _ in range(5)}
    assert len(names) == 5
    assert all(re.fullmatch(r"[0-9a-f]{24}\.webp", name) for name in names)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%!PS-Adobe-3.0\n",
        jpeg()[:2000],
        encoded("PNG", size=(400, 400))[:200],
        encoded("WEBP")[:40],
        encoded("GIF"),
        encoded("TIFF"),
        png_of_size(20_000, 20_000),
    ],
    ids=range(10),
)
def test_what_is_no_picture_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError) as caught:
        reencode(upload(content))
    assert caught.value.messages == [UNREADABLE]


@pytest.mark.parametrize("size", [(8_000, 5_001), (10_000, 10_000), (40_000_001, 1)])
def test_what_unpacks_to_too_many_pixels_is_refused_before_it_does(size: tuple[int, int]) -> None:
    with pytest.raises(ValidationError, match="40 million pixels"):
        reencode(upload(png_of_size(*size)))


def test_nine_megabytes_are_refused_unread() -> None:
    file = upload(jpeg() + b"\0" * 9 * 1024 * 1024)
    file.seek(7)
    with pytest.raises(ValidationError, match="larger than 8 MB"):
        reencode(file)
    assert file.tell() == 7


@pytest.mark.parametrize("format", ["PNG", "WEBP", "JPEG"])
def test_a_byte_too_many_anywhere_does_no_harm(format: str) -> None:
    """Of a PNG, one place among these makes Pillow raise a SyntaxError."""
    original = encoded(format)
    for place in range(8, len(original)):
        with suppress(ValidationError):
            assert stored(original[:place] + b"\0" + original[place:]).format == "WEBP"


@given(
    original=st.sampled_from([jpeg(60, 40), encoded("PNG"), encoded("PNG", "P"), encoded("WEBP")]),
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=8),
    cut=st.integers(1, 1500),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_picture_is_drawn_anew_or_refused(original: bytes, changes: list[tuple[int, int]], cut: int) -> None:
    damaged = bytearray(original[:cut])
    for place, value in changes:
        damaged[place % len(damaged)] = value
    with suppress(ValidationError):
        assert max(stored(bytes(damaged)).size) <= MAX_SIDE


@pytest.mark.django_db
def test_a_form_stores_the_redrawn_photo_with_its_size() -> None:
    form_class = modelform_factory(Practitioner, fields=["photo"])
    form = form_class({}, {"photo": upload(jpeg(2000, 1000))}, instance=PractitionerFactory())
    assert form.is_valid(), form.errors
    person = form.save()
    assert re.fullmatch(r"practitioners/[0-9a-f]{24}\.webp", person.photo.name)
    assert (person.photo_width, person.photo_height) == (1600, 800)
    refused = form_class({}, {"photo": upload(b"not a picture")}, instance=person)
    assert refused.errors == {"photo": [UNREADABLE]}
    kept = form_class({}, {}, instance=person)
    assert kept.is_valid()
    assert kept.save().photo.name == person.photo.name
