"""How a video is coded, read from whole files, damaged ones and hostile ones."""

from __future__ import annotations

import io
import struct

import pytest

from submissions.videos import PLAYED_EVERYWHERE, picture_codec
from tests.submissions.builders import VIDEOS

FTYP = b"\x00\x00\x00\x18ftypmp42" + bytes(12)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L4s", 8 + len(content), kind) + content


def codec_of(content: bytes) -> bytes:
    return picture_codec(io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("index-first.mp4", b"avc1"),
        ("index-last.mp4", b"avc1"),
        ("hevc.mp4", b"hvc1"),
        ("hevc-silent.mp4", b"hvc1"),
    ],
)
def test_the_codec_is_read_wherever_the_index_stands(name: str, codec: bytes) -> None:
    assert codec_of((VIDEOS / name).read_bytes()) == codec
    assert (codec in PLAYED_EVERYWHERE) is name.startswith("index")


def test_the_size_of_a_box_may_take_eight_bytes() -> None:
    content = (VIDEOS / "index-first.mp4").read_bytes()
    large = struct.pack(">L4sQ", 1, b"free", 16 + 100) + bytes(100)
    assert codec_of(FTYP + large + content[32:]) == b"avc1"


def test_a_video_that_was_copied_in_part_has_no_codec() -> None:
    content = (VIDEOS / "index-last.mp4").read_bytes()
    for length in (0, 3, 8, 40, len(content) // 2, len(content) - 1):
        assert codec_of(content[:length]) == b""


def test_sound_alone_and_pictures_that_stand_still_are_no_video() -> None:
    sound = box(b"mdia", box(b"hdlr", bytes(8) + b"soun" + bytes(12)))
    assert codec_of(FTYP + box(b"moov", box(b"trak", sound))) == b""
    assert codec_of(box(b"ftyp", b"heic" + bytes(12)) + box(b"meta", bytes(200))) == b""


@pytest.mark.parametrize(
    "content",
    [
        box(b"free", b"") * 5000 + box(b"moov", b""),
        struct.pack(">L4s", 4, b"moov") * 50,
        struct.pack(">L4sQ", 1, b"moov", 2**63) + bytes(50),
        struct.pack(">L4sQ", 1, b"moov", 3) + bytes(50),
        struct.pack(">L4s", 0, b"moov") * 500,
    ],
)
def test_a_hostile_index_leads_nowhere(content: bytes) -> None:
    assert codec_of(FTYP + content) == b""


@pytest.mark.parametrize("value", [0, 1, 255])
def test_no_damage_raises(value: int) -> None:
    whole = (VIDEOS / "index-first.mp4").read_bytes()[:1400]
    for place in range(len(whole)):
        assert len(codec_of(whole[:place] + bytes([value]) + whole[place + 1 :])) in {0, 4}
