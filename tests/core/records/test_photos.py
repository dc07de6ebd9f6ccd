"""Photos: with consent, of what took place, really pictures, and taken down again."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gonghui.core.activities.models import Activity
from gonghui.core.files.models import Attachment
from gonghui.core.history.trail import history_of
from gonghui.core.records.actions import photos as photos_actions
from gonghui.core.records.models import Photo
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory
from tests.factories.records import PhotoFactory
from tests.factories.signing import RegistrationFactory
from tests.kit.test_pictures import jpeg, png


@pytest.fixture
def match(cast) -> Activity:
    match = ActivityFactory(org=cast.company, state="held", title="羽毛球赛")
    RegistrationFactory(activity=match, person=cast.alice)
    return match


def put(client, match, *files, **said):
    url = reverse("records:photos", args=[match.pk])
    uploads = [
        SimpleUploadedFile(name, content, content_type="image/jpeg") for name, content in files
    ]
    return client.post(url, {"pictures": uploads, "agreed": "on"} | said, follow=True)


def test_photos_are_kept_without_what_the_phone_told(cast, match):
    files = ("IMG_王芳.jpg", jpeg()), ("b.png", png())
    page = put(cast.client("frank"), match, *files, words="决赛")

    assert "已添加 2 张照片" in page.content.decode()
    first = Photo.objects.first()
    assert Photo.objects.count() == 2
    assert (first.words, first.width, first.height, first.agreed_by) == ("决赛", 40, 30, cast.frank)
    stored = Attachment.objects.get(object_id=first.pk, role="photo")
    with stored.file.open() as file:
        assert b"GPS" not in file.read()
    assert "王芳" not in stored.name
    assert history_of(match).filter(verb="photos").get().changes == {"count": 2}


def test_who_may_see_the_activity_sees_its_photos_and_nobody_else(cast, match):
    put(cast.client("frank"), match, ("a.jpg", jpeg()))
    file = reverse("attachment", args=[Attachment.objects.get().pk])
    page = reverse("records:photos", args=[match.pk])

    alice = cast.client("alice")
    assert file in alice.get(page).content.decode()
    assert "添加照片" not in alice.get(page).content.decode()
    assert b"".join(alice.get(file)).startswith(b"\xff\xd8")
    for name in ("mallory", "dave"):
        client = cast.client(name)
        assert [client.get(url).status_code for url in (page, file)] == [404, 404], name


def test_nobody_adds_photos_who_may_not_write_the_record(cast, match):
    for name in ("alice", "dave", "mallory"):
        assert put(cast.client(name), match, ("a.jpg", jpeg())).status_code == 404, name
    assert not Photo.objects.exists()


def test_without_consent_nothing_is_kept(cast, match):
    page = put(cast.client("frank"), match, ("a.jpg", jpeg()), agreed="")

    assert page.status_code == 422
    assert "要先同意" in page.content.decode()
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.jpg", b"\xff\xd8\xff and then words", "「a.jpg」不是照片"),
        ("a.jpg", b"<script>alert(1)</script>", "「a.jpg」不是照片"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "「a.svg」不是照片"),
        ("a.pdf", b"%PDF-1.7 ...", "「a.pdf」不是照片"),
        ("a.jpg", jpeg()[:-2], "没有传完"),
        ("a.jpg", b"", "是空的"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_others(cast, match, name, content, sentence):
    page = put(cast.client("frank"), match, ("good.jpg", jpeg()), (name, content))

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Photo.objects.exists()
    assert not Attachment.objects.exists()


def test_too_large_and_too_many_are_refused(cast, match, monkeypatch):
    monkeypatch.setattr(photos_actions, "MOST", 1)
    many = put(cast.client("frank"), match, ("a.jpg", jpeg()), ("b.jpg", jpeg()))
    large = put(cast.client("frank"), match, ("a.jpg", jpeg() + b"\x00" * photos_actions.LARGEST))

    assert "最多保留 1 张" in many.content.decode()
    assert "超过 5 MB" in large.content.decode()


@pytest.mark.parametrize("state", ["open", "filed"])
def test_photos_are_of_what_took_place_and_is_not_filed(cast, match, state):
    match.state = state
    match.save()

    assert put(cast.client("frank"), match, ("a.jpg", jpeg())).status_code == 404
    assert not Photo.objects.exists()


def test_photo_is_taken_down_and_its_file_goes(cast, match, django_capture_on_commit_callbacks):
    put(cast.client("frank"), match, ("a.jpg", jpeg()))
    photo, stored = Photo.objects.get(), Attachment.objects.get().file
    url = reverse("records:photo-drop", args=[photo.pk])
    for name in ("alice", "dave"):
        assert cast.client(name).post(url, {"reason": "不同意"}).status_code == 404, name
    nothing = cast.client("frank").post(url, {"reason": " "}, follow=True)
    assert "请写明为什么撤下" in nothing.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        cast.client("frank").post(url, {"reason": "本人改了主意"})

    assert not Photo.objects.exists()
    assert not Attachment.objects.exists()
    assert not stored.storage.exists(stored.name)
    assert history_of(match).filter(verb="take_down").exists()


@pytest.mark.parametrize(
    ("state", "agreed", "sentence"),
    [
        ("open", True, "举办以后才能添加"),
        ("filed", True, "已经归档"),
        ("held", False, "要先同意"),
    ],
)
def test_action_itself_refuses_what_the_screen_does_not_offer(cast, match, state, agreed, sentence):
    match.state = state
    match.save()

    with pytest.raises(DomainError, match=sentence):
        photos_actions.keep_photos(match, [], words="", agreed=agreed, by=cast.actor("frank"))
    with pytest.raises(DomainError, match="为什么撤下"):
        photos_actions.take_down(PhotoFactory(activity=match), reason=" ", by=cast.actor("frank"))
