"""What the demo plays on: a campaign, a website, a mail server, and the real commands."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sendguard.adapters.database.store import open_store
from sendguard.config import Config, Security, Smtp, Visits
from sendguard.correct.asked import Asked
from sendguard.entrypoints.checking import run_check
from sendguard.entrypoints.cli.check import Format, exit_code, tell
from sendguard.entrypoints.cli.correct.order import Order
from sendguard.entrypoints.cli.correct.steps import obey
from sendguard.entrypoints.cli.demo.inbox import told_inbox, told_mailboxes
from sendguard.entrypoints.cli.demo.post import Post, navigator_post
from sendguard.entrypoints.cli.demo.site import ARTICLES, navigator_site
from sendguard.entrypoints.cli.incident.answer import Asked as AskedIncident
from sendguard.entrypoints.cli.incident.answer import Form, answer
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.send import check_and_send
from sendguard.incident import Said

CAMPAIGN = "navigator-42"
DATABASE = "sqlite:///sendguard.db"
SITE = "http://navigator.example"
WRONG = f"{SITE}/41/five-ways-to-lose-a-sale"
RIGHT = f"{SITE}/42/schrodingers-proposals"
MOVED = f"{SITE}/42/the-proposals-of-schrodinger"
LABEL = "Schrodinger's Proposals"
READERS = (
    *("ada", "ben", "cora", "dev", "eva", "finn", "gita", "hugo", "ines", "jonas", "kira", "leo"),
    *("mina", "noah", "olga", "paul", "quinn", "rosa", "sami", "tara", "udo", "vera", "will"),
    *("yara", "zoe"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One showing.

    Attributes:
        config: In the place of a config.yaml; nothing that is set on this computer counts.
        articles: What the website shows, by path.
        post: The readers' mail server.
    """

    config: Config
    articles: dict[str, str]
    post: Post

    @property
    def path(self) -> str:
        """The campaign's folder, as the editor writes it."""
        return str(Path("campaigns") / CAMPAIGN)

    def check(self) -> int:
        """`sendguard check`; its exit code."""
        run = run_check([self.path], self.config, offline=False, on_visited=lambda _done, _of: None)
        if run.interrupted:
            raise KeyboardInterrupt
        tell(run, Format.TEXT, None)
        return exit_code(run)

    def mend(self) -> None:
        """Put the right address into the newsletter."""
        newsletter = Path(self.path) / "newsletter.mjml"
        newsletter.write_text(newsletter.read_text("utf-8").replace(WRONG, RIGHT), "utf-8")

    def change_website(self) -> None:
        """Somebody saves another article over the one that the newsletter links to."""
        right, moved = RIGHT.removeprefix(SITE), MOVED.removeprefix(SITE)
        self.articles[moved] = self.articles[right]
        self.articles[right] = self.articles[WRONG.removeprefix(SITE)]

    def send(self) -> int:
        """`sendguard send --yes`; its exit code."""
        with closing(open_store(DATABASE)) as store:
            return check_and_send(
                self.path, self.config, store, yes=True, recipients=None, test_to=None
            )

    def correct(self) -> int:
        """`sendguard correct --yes --link …`; its exit code."""
        links = (Asked.parse(f"{LABEL}={MOVED}"),)
        return obey(Order(campaign=CAMPAIGN, links=links, yes=True), self.config)

    def show_inbox(self) -> None:
        """What all readers have by now, and what the first one sees."""
        say(f"\n{told_mailboxes(self.post)}")
        say(told_inbox(self.post, f"{READERS[0]}@readers.example", self.articles))

    def show_incident(self) -> None:
        """The beginning of what `sendguard incident` says, with the clock."""
        asked = AskedIncident(
            which=CAMPAIGN, begin=False, said=Said(), form=Form.TEXT, now=datetime.now(UTC)
        )
        head, clock, *_ = answer(asked, DATABASE).split("\n\n")
        say(f"{head}\n\n{clock}")


@contextmanager
def navigator() -> Iterator[Stage]:
    """Set it up in the folder that the program is in, until the block ends."""
    _copy_campaign()
    articles = dict(ARTICLES)
    with navigator_site(articles) as site, navigator_post() as post:
        config = Config(
            database=DATABASE,
            visit=Visits(connect_to={"navigator.example:80": site}, remember_s=0),
            smtp=Smtp(host="127.0.0.1", port=post.port, security=Security.NONE),
        )
        open_store(DATABASE).close()  # so that no command tells of a new one
        yield Stage(config=config, articles=articles, post=post)


def _copy_campaign() -> None:
    """The campaign as it is shipped: in the wheel beside this file, in a clone on top."""
    package = Path(__file__).parent / "campaigns" / CAMPAIGN
    clone = Path(__file__).parents[4] / "campaigns" / CAMPAIGN
    there = Path("campaigns") / CAMPAIGN
    shutil.copytree(package if package.is_dir() else clone, there)
    rows = (f"{name}@readers.example,{name.title()},{SITE}/leave/{name}" for name in READERS)
    lines = "\n".join(("email,name,unsubscribe_url", *rows))
    (there / "readers.csv").write_text(f"{lines}\n", "utf-8")
    with (there / "campaign.yaml").open("a", encoding="utf-8") as brief:
        brief.write("audience: readers.csv\n")
