"""Where uploads lie: what stands there now, what stood there before, and forms that let nothing else in."""

import hashlib

from tests.contracts.aws import Uploads
from tests.images import a_png

KEY = "references/owner-1/uploads/file_" + "a2" * 13
OTHER = "references/owner-2/uploads/file_" + "a2" * 13


def test_what_was_never_uploaded_is_not_there(uploads: Uploads) -> None:
    uploads.post(OTHER, a_png())

    assert uploads.store.find(KEY) is None


def test_an_upload_is_found_by_its_version_its_content_its_size_and_its_first_bytes(uploads: Uploads) -> None:
    data = a_png(400_000)
    uploads.post(KEY, data)

    found = uploads.store.find(KEY)

    assert found is not None
    assert (found.size, found.content) == (len(data), hashlib.md5(data, usedforsecurity=False).hexdigest())
    assert data.startswith(found.start)
    assert 64 <= len(found.start) <= 256 * 1024
    assert found.version_id


def test_what_is_uploaded_again_is_another_version_and_the_first_one_stays(uploads: Uploads) -> None:
    versions = []
    for data in (a_png(1), a_png(1), a_png(2)):
        uploads.post(KEY, data)
        found = uploads.store.find(KEY)
        assert found is not None
        versions.append((found.version_id, found.content))

    assert len({version for version, _ in versions}) == 3
    assert [content == versions[0][1] for _, content in versions] == [True, True, False]
    assert uploads.store.read(KEY, versions[0][0], 0, 10_000) == a_png(1)
    assert uploads.store.read(KEY, versions[2][0], 0, 10_000) == a_png(2)


def test_pieces_are_read_as_asked_and_end_with_the_file(uploads: Uploads) -> None:
    data = bytes(range(256)) * 1_000
    uploads.post(KEY, data)
    found = uploads.store.find(KEY)
    assert found is not None

    pieces = [(0, 10), (1_000, 300), (255_990, 10), (255_990, 5_000), (100, 0)]
    for start, amount in pieces:
        assert uploads.store.read(KEY, found.version_id, start, amount) == data[start : start + amount]


def test_a_form_names_its_key_and_its_type(uploads: Uploads) -> None:
    form = uploads.store.form(KEY, "image/png", 1, 100, 900)

    assert form.url.startswith("https://")
    assert (form.fields["key"], form.fields["Content-Type"]) == (KEY, "image/png")
    assert KEY not in repr(form)  # who has the fields may upload
