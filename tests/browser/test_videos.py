"""A video is attached, and the reviewer plays it in the page; one that cannot be played is downloaded."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Response, expect

from accounts.models import User
from submissions.models import Item
from tests.conftest import Cast, City, draft
from tests.submissions.builders import VIDEOS

Office = tuple[City, Cast]
SignIn = Callable[[User, int], Page]
#: More than a browser reads ahead.
FAR = 24 * 1024 * 1024


def open_page(page: Page, path: str) -> None:
    page.goto("/".join(page.url.split("/", 3)[:3]) + path)


def long_recording() -> bytes:
    """A video as a phone leaves it: its index stands at the end, megabytes behind the beginning."""
    whole = (VIDEOS / "index-last.mp4").read_bytes()
    index = whole.index(b"moov") - 4
    return whole[:index] + struct.pack(">L4s", FAR, b"free") + bytes(FAR - 8) + whole[index:]


def attach_and_file(writer: Page, item: Item, video: Path) -> None:
    open_page(writer, f"/items/{item.pk}/edit/")
    writer.get_by_label("添加文件").set_input_files(video)
    writer.get_by_role("button", name="提交").click()
    expect(writer.get_by_text("在综合科负责人处").first).to_be_visible()


def fits(page: Page) -> None:
    """Nothing sticks out to the side."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def play_to(video: Locator, seconds: float) -> None:
    """Play until so many seconds have been shown."""
    video.evaluate(
        """(video, seconds) => new Promise((done, failed) => {
            video.addEventListener("error", () => failed(video.error.message));
            video.addEventListener("timeupdate", () => { if (video.currentTime >= seconds) done(); });
            video.muted = true;
            video.play().catch(failed);
        })""",
        seconds,
    )


def test_a_reviewer_plays_a_phones_recording_on_a_phone(
    office: Office, sign_in: SignIn, tmp_path: Path
) -> None:
    _city, cast = office
    item = draft(cast.author, timezone.now())
    recording = tmp_path / "巡察现场.mp4"
    recording.write_bytes(long_recording())
    attach_and_file(sign_in(cast.author, 1366), item, recording)

    reviewer = sign_in(cast.section_head, 390)
    parts: list[str] = []

    def answered(response: Response) -> None:
        if response.url.endswith("/video/"):
            assert response.status == 206
            parts.append(response.headers["content-range"])

    reviewer.on("response", answered)
    open_page(reviewer, f"/review/items/{item.pk}/")
    video = reviewer.locator("video")
    video.scroll_into_view_if_needed()
    video.evaluate(
        "video => video.readyState || new Promise((r) => video.addEventListener('loadedmetadata', r))"
    )
    assert video.evaluate("video => [video.videoWidth, video.videoHeight]") == [160, 90]
    assert video.evaluate("video => Math.round(video.duration)") == 3
    play_to(video, 0.3)
    video.evaluate(
        "video => new Promise((done) => { video.addEventListener('seeked', done); video.currentTime = 2; })"
    )
    play_to(video, 2.2)
    assert video.evaluate("video => video.error") is None
    expect(reviewer.get_by_text("该视频无法在此播放")).to_be_hidden()
    expect(video).to_be_visible()
    fits(reviewer)
    begins = [int(part.removeprefix("bytes ").split("-")[0]) for part in parts]
    assert begins[0] == 0
    assert max(begins) > FAR // 2, "the index was fetched from the end, not read up to"


def test_a_video_whose_index_comes_first_plays_in_the_page_of_the_item(
    office: Office, sign_in: SignIn
) -> None:
    _city, cast = office
    item = draft(cast.author, timezone.now())
    page = sign_in(cast.author, 390)
    attach_and_file(page, item, VIDEOS / "index-first.mp4")
    open_page(page, f"/items/{item.pk}/")
    play_to(page.locator("video"), 0.3)
    fits(page)


@pytest.mark.parametrize("name", ["hevc.mp4", "hevc-silent.mp4"])
def test_a_video_that_the_browser_cannot_show_is_offered_for_download(
    office: Office, sign_in: SignIn, name: str
) -> None:
    """Also when its sound can be played: to a black picture nobody would know what is missing."""
    _city, cast = office
    item = draft(cast.author, timezone.now())
    writer = sign_in(cast.author, 1366)
    attach_and_file(writer, item, VIDEOS / name)
    expect(writer.get_by_role("alert")).to_contain_text("许多浏览器无法播放（编码为 hvc1）")

    reviewer = sign_in(cast.section_head, 390)
    open_page(reviewer, f"/review/items/{item.pk}/")
    expect(reviewer.get_by_text("该视频无法在此播放，请下载后观看")).to_be_visible()
    expect(reviewer.locator("video")).to_be_hidden()
    fits(reviewer)
    with reviewer.expect_download() as download:
        reviewer.locator(".preview-problem").get_by_role("link", name=f"下载 {name}").click()
    assert download.value.path().read_bytes() == (VIDEOS / name).read_bytes()


def test_a_file_that_is_no_video_is_refused_in_words(office: Office, sign_in: SignIn, tmp_path: Path) -> None:
    _city, cast = office
    item = draft(cast.author, timezone.now())
    page = sign_in(cast.author, 390)
    broken = tmp_path / "现场.mp4"
    broken.write_bytes((VIDEOS / "index-last.mp4").read_bytes()[:3000])
    open_page(page, f"/items/{item.pk}/edit/")
    page.get_by_label("添加文件").set_input_files(broken)
    page.get_by_role("button", name="保存草稿").last.click()
    expect(page.get_by_text("“现场.mp4”不是完整的视频").first).to_be_visible()
    assert not item.attachments.exists()
