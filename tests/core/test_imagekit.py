"""Images are what their bytes are; what is kept was written here."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from solerni_xblocks.core import imagekit
from solerni_xblocks.core.imagekit import NotAnImage, TooManyPixels, is_image, write_anew

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def make_image(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    written = BytesIO()
    Image.new(mode, size, 128 if mode == "L" else (200, 30, 60, 90)[: len(mode)]).save(written, kind, **options)
    return written.getvalue()


def read(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def make_png_head(width: int, height: int) -> bytes:
    """A PNG that claims a size, with hardly a byte behind it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def make_webp_head(width: int, height: int) -> bytes:
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_each_format_is_recognised_and_written_anew(kind) -> None:
    content = make_image(kind)
    assert is_image(content)
    picture = write_anew(content)
    assert (picture.width, picture.height) == (40, 20)
    assert picture.content_type == imagekit.FORMATS[kind]
    assert read(picture.content).size == (40, 20)


def test_where_and_when_a_photograph_was_taken_is_not_kept() -> None:
    exif = Image.Exif()
    exif[MAKER] = "Secretcam"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (48.0, 51.0, 29.0)
    content = make_image("JPEG", exif=exif, comment=b"chez moi")
    assert b"Secretcam" in content and b"chez moi" in content
    picture = write_anew(content)
    assert b"Secretcam" not in picture.content and b"chez moi" not in picture.content
    assert not read(picture.content).getexif()


def test_words_inside_a_png_are_not_kept() -> None:
    info = PngInfo()
    info.add_text("Comment", "<script>alert(1)</script>")
    content = make_image("PNG", pnginfo=info)
    assert b"<script>" in content
    assert b"<script>" not in write_anew(content).content


def test_a_photograph_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    picture = write_anew(make_image("JPEG", exif=exif))
    assert (picture.width, picture.height) == (20, 40)


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04 a Java archive"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_what_hides_behind_an_image_is_gone(kind, tail) -> None:
    assert tail not in write_anew(make_image(kind) + tail).content


def test_what_shines_through_still_does() -> None:
    assert read(write_anew(make_image("PNG", mode="RGBA")).content).mode == "RGBA"
    assert read(write_anew(make_image("WEBP", mode="RGBA")).content).mode == "RGBA"
    assert read(write_anew(make_image("PNG", mode="L")).content).mode == "L"


def test_colours_of_print_become_those_of_screens() -> None:
    assert read(write_anew(make_image("JPEG", mode="CMYK")).content).mode == "RGB"


def test_a_large_image_is_kept_smaller() -> None:
    picture = write_anew(make_image("JPEG", size=(3000, 1500)))
    assert (picture.width, picture.height) == (2000, 1000)


def test_of_what_moves_the_first_picture_stays() -> None:
    pictures = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue", "green")]
    written = BytesIO()
    pictures[0].save(written, "GIF", save_all=True, append_images=pictures[1:])
    picture = read(write_anew(written.getvalue()).content)
    assert picture.convert("RGB").getpixel((5, 5)) == (255, 0, 0)
    assert getattr(picture, "n_frames", 1) == 1


@pytest.mark.parametrize("size", [(5_001, 5_000), (30_000, 30_000), (2_000_000_000, 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(size) -> None:
    content = make_png_head(*size)
    assert len(content) < 1000
    with pytest.raises(TooManyPixels):
        write_anew(content)


def make_scans(count: int) -> bytes:
    """A JPEG that comes into view by degrees, whose last degree comes again and again."""
    content = make_image("JPEG", size=(64, 64), progressive=True)
    last = content.rindex(b"\xff\xda")
    usual = content.count(b"\xff\xda")
    return content[:-2] + content[last:-2] * (count - usual) + content[-2:]


def test_a_jpeg_of_too_many_scans_is_refused_before_it_is_opened(monkeypatch) -> None:
    assert write_anew(make_scans(imagekit.MOST_SCANS)).width == 64
    monkeypatch.setattr(Image, "open", lambda *args, **kwargs: pytest.fail("it was opened"))
    with pytest.raises(TooManyPixels):
        write_anew(make_scans(imagekit.MOST_SCANS + 1))


@pytest.mark.parametrize("piece", [b"\xff\xfe\x00\x02", b"\xff\xd0", b"\xff\x00", b"\xff"])
def test_a_jpeg_of_very_many_tiny_segments_is_refused_before_it_is_opened(monkeypatch, piece) -> None:
    content = make_image("JPEG")
    few, many = (content[:2] + piece * count + content[2:] for count in (100, imagekit.MOST_SEGMENTS))
    assert write_anew(few).width == 40
    monkeypatch.setattr(Image, "open", lambda *args, **kwargs: pytest.fail("it was opened"))
    with pytest.raises(TooManyPixels):
        write_anew(many)


def test_very_many_bytes_that_are_no_segment_are_refused_before_a_jpeg_is_opened(monkeypatch) -> None:
    content = make_image("JPEG")
    monkeypatch.setattr(Image, "open", lambda *args, **kwargs: pytest.fail("it was opened"))
    with pytest.raises(TooManyPixels):
        write_anew(content[:2] + b"\xff\xe0\x00\x02" + b"\x01" * imagekit.MOST_SEGMENTS + content[2:])


def test_a_photograph_with_a_large_profile_is_taken() -> None:
    content = make_image("JPEG", icc_profile=bytes(3_000_000), comment=b"merci")
    assert write_anew(content).width == 40


def test_a_large_image_is_never_copied_at_its_full_size(monkeypatch) -> None:
    copied = []
    copy = Image.Image.copy
    monkeypatch.setattr(Image.Image, "copy", lambda image: copied.append(image.size) or copy(image))
    assert write_anew(make_image("PNG", size=(2500, 2500), mode="RGBA")).width == 2000
    assert all(size <= (2000, 2000) for size in copied)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("WEBP", "RGB")])
def test_a_large_image_of_any_kind_is_shrunk_and_stands_upright(kind, mode) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    image = Image.new("RGBA", (2400, 1200), (200, 30, 60, 90)).convert(mode)
    written = BytesIO()
    image.save(written, kind, exif=exif)
    picture = write_anew(written.getvalue())
    assert (picture.width, picture.height) == (1000, 2000)


def test_a_bomb_in_webp_is_refused_by_its_first_chunk(monkeypatch) -> None:
    monkeypatch.setattr(Image, "open", lambda *args, **kwargs: pytest.fail("it was opened"))
    with pytest.raises(TooManyPixels):
        write_anew(make_webp_head(16_000, 16_000))


def test_the_size_of_each_kind_of_webp_is_read() -> None:
    for options in ({"lossless": True}, {"quality": 50}, {"quality": 50, "exif": b"Exif\0\0"}):
        content = make_image("WEBP", size=(123, 45), **options)
        assert imagekit._measure_webp(content) == (123, 45)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
        b"GIF89a",
        b"GIF89a<script>alert(1)</script>",
        b"\xff\xd8\xff\xe0<html>",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        make_webp_head(10, 10),
        make_png_head(100, 100)[:60],
        make_image("JPEG")[:200],
        make_image("PNG", size=(300, 300))[:90],
    ],
)
def test_what_only_begins_like_an_image_is_refused(content) -> None:
    assert is_image(content)
    with pytest.raises(NotAnImage):
        write_anew(content)


def test_formats_that_we_do_not_read_are_no_images() -> None:
    for kind in ("TIFF", "BMP", "ICO", "PPM"):
        assert not is_image(make_image(kind)), kind
    assert not is_image(b"")
