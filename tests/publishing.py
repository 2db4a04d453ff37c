"""Publication without a vault: a draft in an outbox of its own, and the release made of it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from etl.draft import draft
from etl.outbox import Outbox
from etl.publish import publish as publish_draft
from etl.sealing import put_in_place
from etl.stages import Derived


def publish(of: Derived, root: Path, code_version: str) -> str:
    """Drafts a release and publishes it below ``root``; gives its id."""
    with TemporaryDirectory() as directory:
        outbox = Outbox(Path(directory))
        release = draft(of, code_version, outbox, root)
        if not (root / release).is_dir():
            put_in_place(outbox.root, release)
        publish_draft(release, outbox, root)
    return release
