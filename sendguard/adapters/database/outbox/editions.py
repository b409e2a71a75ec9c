"""The table of editions: exactly what goes out, whatever becomes of its folder and its checks."""

from sqlmodel import Field, Session, SQLModel, col, select

from sendguard.adapters.database.evidence import packed, unpacked
from sendguard.adapters.database.once import insert_once
from sendguard.send import Edition


class EditionRow(SQLModel, table=True):
    """One edition. A table class checks nothing it is given."""

    __tablename__ = "edition"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)
    content: bytes


def put_edition(session: Session, edition: Edition) -> int:
    """Write an edition down, unless it is there; its number."""
    same = select(EditionRow.id).where(col(EditionRow.digest) == edition.digest)
    number = session.exec(same).first()
    if number is None:
        insert_once(session, EditionRow(digest=edition.digest, content=packed(edition)))
        number = session.exec(same).one()
    return number or 0


def get_edition(session: Session, digest: str) -> Edition | None:
    """An edition; None where there is none, or a release that differs wrote it."""
    same = select(EditionRow.content).where(col(EditionRow.digest) == digest)
    return unpacked(Edition, session.exec(same).first())
