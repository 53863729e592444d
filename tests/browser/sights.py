"""What there is to see: every page of the site, as the person who works with it opens it.

`SIGHTS` names each page at least once; `NOT_LOOKED_AT` says of every other address why it has no looks. A new
page must be entered in one of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from django.db.models import QuerySet
from playwright.sync_api import Page

from accounts.models import RoleGrant, StandIn, Unit, User
from adoptions.models import Adoption, Event, LedgerImport, Outlet
from bulletins.models import Bulletin, HistoricBulletin, Objection
from reviews.models import AgendaItem, Decision, Meeting
from scoring.editor.sections import SECTIONS
from scoring.models import SchemeDraft
from scoring.periods.month import Month
from stats.models import Adjustment, Tally
from submissions.enums import RETURNED, Status
from submissions.models import Attachment, Item, Round
from tests.browser.looks import Sight

AUTHOR, ADMIN, SECTION, LEADER = "keerqin", "guanli", "zonghe", "zhuyao"
CONCLUDED = Meeting.objects.filter(concluded_at__isnull=False)
COMING = Meeting.objects.filter(concluded_at=None)


def newest[M](objects: object) -> Callable[[], Sequence[object]]:
    return lambda: (objects.order_by("-pk").values_list("pk", flat=True)[0],)  # type: ignore[attr-defined]


def item(**which: object) -> Callable[[], Sequence[object]]:
    return newest(Item.objects.filter(**which))


def filed_files(ending: str) -> QuerySet[Attachment]:
    """Files of this kind that every reviewer may read."""
    return Attachment.objects.filter(file__endswith=ending, item__status=Status.ISSUED)


def writer(**which: object) -> Callable[[], str]:
    """Who filed the item that `item` finds."""
    return lambda: Item.objects.filter(**which).order_by("-pk")[0].submitter.username


def unit(name: str) -> Callable[[], Sequence[object]]:
    return newest(Unit.objects.filter(name=name))


def who(username: str) -> Callable[[], Sequence[object]]:
    return newest(User.objects.filter(username=username))


def bulletin(status: str) -> Callable[[], Sequence[object]]:
    return newest(Bulletin.objects.filter(status=status))


def draft(**which: object) -> Callable[[], Sequence[object]]:
    return newest(SchemeDraft.objects.filter(**which))


def draft_and_part(code: str) -> Sequence[object]:
    return (*draft(basis="s23")(), code)


def counted_month() -> Sequence[object]:
    """The latest month that is closed."""
    tally = Tally.objects.filter(closed_at__isnull=False).order_by("-month").first()
    assert tally
    return (Month.of(tally.month),)


def press(button: str) -> Callable[[Page], None]:
    """Press it, also where the browser itself would hold the form back, and wait for the answer."""

    def act(page: Page) -> None:
        page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).last.click()

    return act


def add_row(page: Page) -> None:
    for button in page.locator("[data-formset-add]:visible").all():
        button.click()


def unfold(page: Page) -> None:
    """Open everything that is folded, except menus, which would lie above the rest."""
    folds = "main details:not(.menu)"
    page.evaluate(f"document.querySelectorAll('{folds}').forEach((part) => {{ part.open = true; }})")


def menu(selector: str) -> tuple[str, Callable[[Page], None]]:
    """Open a menu."""
    return f"{selector} open", lambda page: page.locator(f"{selector} > summary").click()


def check_text(page: Page) -> None:
    """Let the page check a text that is full of faults, and swap in what it found."""
    page.get_by_label("标题").fill("绝密★会议纪要")
    page.get_by_label("正文").fill("身份证号150502199001011234，电话13900000000。习进平总书记强调。")
    page.locator("#findings li").first.wait_for()


def waiting_items() -> str:
    found = Item.objects.filter(status=Status.SECTION_REVIEW).values_list("pk", flat=True)
    return "?" + "&".join(f"item={pk}" for pk in found)


def own_decision() -> str:
    return f"?done={Decision.objects.filter(by__username=SECTION, action='pass').latest('pk').pk}"


OPENED = ("unfolded", unfold)
SIGHTS: tuple[Sight, ...] = (
    Sight("accounts:login", acts=[("refused", press("登录"))]),
    Sight("accounts:password-change", "xinren", acts=[("refused", press("修改密码"))]),
    Sight("accounts:password-change", AUTHOR),
    Sight("accounts:profile", AUTHOR),
    Sight("accounts:user-list", ADMIN, acts=[OPENED]),
    Sight("accounts:user-list", "keerqin-gl"),
    Sight("accounts:user-create", ADMIN, acts=[("refused", press("开设账号"))]),
    Sight("accounts:user-edit", ADMIN, who(AUTHOR), acts=[OPENED]),
    Sight("accounts:user-reset-password", ADMIN, who(AUTHOR)),
    Sight("accounts:user-deactivate", ADMIN, who(AUTHOR)),
    Sight("accounts:grant-end", ADMIN, newest(RoleGrant.objects.filter(user__username="keerqin"))),
    Sight("accounts:unit-list", ADMIN),
    Sight(
        "accounts:unit-create",
        ADMIN,
        newest(Unit.objects.filter(kind="office")),
        acts=[("refused", press("保存"))],
    ),
    Sight("accounts:unit-edit", ADMIN, unit("开鲁县")),
    Sight("accounts:audit-list", "shenji", acts=[OPENED]),
    Sight("desk", AUTHOR, acts=[OPENED, menu(".user-menu")]),
    Sight("desk", ADMIN),
    Sight("desk", SECTION),
    Sight("desk", LEADER),
    Sight("desk", "kulun"),
    Sight("mine", AUTHOR, acts=[OPENED]),
    Sight("mine", "kulun"),
    Sight("help", AUTHOR),
    Sight("tour"),
    Sight("notices:notice-list", AUTHOR),
    Sight("notices:notice-list", SECTION),
    Sight("notices:preferences", AUTHOR),
    Sight("administration", ADMIN),
    Sight("administration", "keerqin-gl"),
    Sight("incentives:target-list", ADMIN),
    Sight("incentives:target-list", AUTHOR, query="?year=2024"),
    Sight("incentives:target-edit", ADMIN, query="?copy=1", acts=[("saved", press("保存"))]),
    Sight("incentives:person-target-list", "keerqin-gl", unit("科尔沁区")),
    Sight("incentives:person-target-edit", "keerqin-gl", unit("科尔沁区")),
    *(
        Sight("submissions:attachment-preview", SECTION, newest(filed_files(ending)))
        for ending in ("png", "pdf", "xlsx", "docx")
    ),
    Sight("submissions:item-list", ADMIN, acts=[OPENED]),
    Sight("submissions:item-list", AUTHOR, query="?q=nothing-like-it"),
    Sight("submissions:item-create", AUTHOR, acts=[("with rows", add_row), ("refused", press("提交"))]),
    Sight("submissions:item-create", AUTHOR, acts=[("checked", check_text)]),
    Sight("submissions:item-edit", AUTHOR, item(submitter__username=AUTHOR, status=Status.DRAFT)),
    Sight("submissions:item-edit", writer(status__in=RETURNED), item(status__in=RETURNED)),
    Sight(
        "submissions:item-edit", AUTHOR, item(submitter__username=AUTHOR, status=Status.ISSUED), status=409
    ),
    Sight(
        "submissions:item-detail",
        AUTHOR,
        item(submitter__username=AUTHOR, status=Status.ISSUED),
        acts=[OPENED],
    ),
    Sight(
        "submissions:item-detail", ADMIN, item(status=Status.ISSUED, version__gt=1, adoptions__isnull=False)
    ),
    Sight("submissions:item-detail", SECTION, item(status=Status.SECTION_REVIEW)),
    Sight("submissions:item-discard", AUTHOR, item(submitter__username=AUTHOR, status=Status.DRAFT)),
    Sight("submissions:version-detail", ADMIN, lambda: (*item(version__gt=1)(), 1)),
    Sight("submissions:round-list", ADMIN),
    Sight("submissions:round-create", ADMIN, acts=[("refused", press("保存"))]),
    Sight("submissions:round-edit", ADMIN, newest(Round.objects.all())),
    Sight("submissions:word-list", ADMIN),
    Sight("submissions:word-edit", ADMIN),
    Sight("reviews:inbox", SECTION),
    Sight("reviews:inbox", "fenguan"),
    Sight(
        "reviews:item-decide",
        SECTION,
        item(status=Status.SECTION_REVIEW),
        acts=[OPENED, ("refused", press("退回"))],
    ),
    Sight("reviews:item-decide", LEADER, item(status=Status.PRINCIPAL_REVIEW)),
    Sight("reviews:item-decide", "xiaozu", item(status=Status.GROUP_REVIEW)),
    Sight("reviews:item-decide", SECTION, item(status=Status.ISSUED), status=403),
    Sight("reviews:item-withdraw", writer(status=Status.SECTION_REVIEW), item(status=Status.SECTION_REVIEW)),
    Sight(
        "reviews:item-compare",
        ADMIN,
        lambda: (*item(status=Status.ISSUED)(), *item(status=Status.SECTION_REVIEW)()),
    ),
    Sight("reviews:decision-list", SECTION),
    Sight("reviews:item-edit", SECTION, item(status=Status.SECTION_REVIEW)),
    Sight("reviews:item-assign", SECTION, item(status=Status.SECTION_REVIEW)),
    Sight(
        "reviews:item-merge", SECTION, item(status=Status.SECTION_REVIEW), acts=[("refused", press("合并"))]
    ),
    Sight("reviews:batch-confirm", SECTION, query=waiting_items),
    Sight("reviews:batch-result", SECTION, query=own_decision),
    Sight("reviews:version-compare", ADMIN, lambda: (*item(version__gt=1)(), 1, 2)),
    Sight("reviews:secrecy-inbox", "guanli2"),
    Sight(
        "reviews:secrecy-review",
        "guanli2",
        item(status=Status.PRINCIPAL_REVIEW),
        acts=[("refused", press("提交审查结论"))],
    ),
    Sight("reviews:rule-settings", ADMIN),
    Sight("reviews:stand-in-list", "fenguan"),
    Sight("reviews:stand-in-create", "fenguan", acts=[("refused", press("确定"))]),
    Sight("reviews:stand-in-end", "fenguan", newest(StandIn.objects.all())),
    Sight("reviews:clock-settings", ADMIN),
    Sight("reviews:meeting-list", SECTION),
    Sight("reviews:meeting-list", ADMIN),
    Sight("reviews:meeting-create", SECTION, lambda: ("directors",), acts=[("refused", press("召集会议"))]),
    Sight("reviews:meeting-detail", SECTION, newest(CONCLUDED)),
    Sight("reviews:meeting-detail", SECTION, newest(COMING)),
    Sight("reviews:meeting-edit", SECTION, newest(COMING)),
    Sight("reviews:meeting-cancel", SECTION, newest(COMING)),
    Sight("reviews:meeting-opinion", "xiaozu", newest(COMING)),
    Sight("reviews:meeting-conclude", "xiaozu", newest(COMING)),
    Sight("reviews:agenda-add", SECTION, newest(COMING)),
    Sight("reviews:agenda-record", SECTION, newest(AgendaItem.objects.filter(meeting__concluded_at=None))),
    Sight("reviews:item-agenda", SECTION, item(status=Status.GROUP_REVIEW)),
    Sight("adoptions:adoption-list", ADMIN, acts=[OPENED]),
    Sight("adoptions:adoption-list", AUTHOR),
    Sight("adoptions:adoption-find", ADMIN),
    Sight("adoptions:adoption-find", ADMIN, query="?q=巡察"),
    Sight(
        "adoptions:adoption-detail",
        ADMIN,
        newest(Adoption.objects.filter(changes__isnull=False)),
        acts=[OPENED],
    ),
    Sight("adoptions:adoption-detail", ADMIN, newest(Adoption.objects.filter(revoked_at__isnull=False))),
    Sight(
        "adoptions:adoption-create",
        ADMIN,
        item(status=Status.ISSUED, adoptions__isnull=True),
        acts=[("with rows", add_row), ("refused", press("保存"))],
    ),
    Sight("adoptions:adoption-edit", ADMIN, newest(Adoption.objects.counted())),
    Sight(
        "adoptions:adoption-revoke",
        ADMIN,
        newest(Adoption.objects.counted()),
        acts=[("refused", press("撤销"))],
    ),
    Sight("adoptions:event-list", ADMIN, acts=[OPENED]),
    Sight("adoptions:event-register", ADMIN),
    Sight("adoptions:event-register", ADMIN, query="?kind=instruction"),
    Sight("adoptions:event-detail", ADMIN, newest(Event.objects.filter(changes__isnull=False))),
    Sight("adoptions:event-edit", ADMIN, newest(Event.objects.counted())),
    Sight("adoptions:event-revoke", ADMIN, newest(Event.objects.counted())),
    Sight("adoptions:outlet-list", ADMIN),
    Sight("adoptions:outlet-create", ADMIN, acts=[("refused", press("保存"))]),
    Sight("adoptions:outlet-edit", ADMIN, newest(Outlet.objects.all())),
    Sight("adoptions:import-list", ADMIN),
    Sight("adoptions:import-start", ADMIN, acts=[("refused", press("核对文件"))]),
    Sight("adoptions:import-preview", ADMIN, newest(LedgerImport.objects.filter(confirmed_at__isnull=True))),
    Sight("adoptions:import-detail", ADMIN, newest(LedgerImport.objects.filter(confirmed_at__isnull=False))),
    Sight("stats:home", AUTHOR, acts=[OPENED]),
    Sight("stats:home", ADMIN),
    Sight("stats:month", ADMIN, counted_month, acts=[OPENED]),
    Sight("stats:period", ADMIN, lambda: (f"{counted_month()[0].start.year}",)),  # type: ignore[attr-defined]
    Sight("stats:period-pick", ADMIN, query="?first=2026-05&last=2026-03", status=422),
    Sight("stats:leaderboard", ADMIN),
    Sight("stats:unit", ADMIN, unit("开鲁县"), acts=[OPENED]),
    Sight("stats:unit", AUTHOR, unit("科尔沁区"), query="?period=2026"),
    Sight("stats:author-list", ADMIN, query="?period=2026", acts=[OPENED]),
    Sight("stats:author", AUTHOR, who(AUTHOR), query="?period=2026", acts=[OPENED]),
    Sight("stats:adjustment-list", ADMIN),
    Sight("stats:adjustment-propose", ADMIN, acts=[("refused", press("提请"))]),
    Sight("stats:adjustment-detail", LEADER, newest(Adjustment.objects.all())),
    Sight("stats:adjustment-decide", LEADER, newest(Adjustment.objects.all())),
    Sight("stats:adjustment-withdraw", ADMIN, newest(Adjustment.objects.all())),
    Sight("scoring:scheme-list", ADMIN),
    Sight("scoring:scheme-detail", ADMIN, lambda: (1,), acts=[OPENED]),
    Sight("scoring:scheme-draft-start", ADMIN),
    Sight("scoring:scheme-draft-detail", ADMIN, draft(basis="s23"), acts=[OPENED]),
    Sight("scoring:scheme-draft-detail", LEADER, draft(basis="s12"), acts=[OPENED]),
    *(
        Sight(
            "scoring:scheme-draft-edit",
            ADMIN,
            partial(draft_and_part, part.code),
            acts=[("with rows", add_row)],
        )
        for part in SECTIONS
    ),
    Sight("scoring:scheme-draft-discard", ADMIN, draft(basis="demo")),
    Sight("stats:trial", ADMIN, draft(basis="demo"), acts=[OPENED]),
    Sight("stats:trial", ADMIN, draft(basis="demo"), query="?first=2026-04&last=2026-06"),
    Sight(
        "stats:trial-unit",
        ADMIN,
        lambda: (*draft(basis="demo")(), *unit("开鲁县")()),
        query="?first=2026-04&last=2026-06",
    ),
    Sight("scoring:scheme-draft-propose", ADMIN, draft(basis="demo")),
    Sight("scoring:scheme-draft-confirm", LEADER, draft(basis="s12")),
    Sight("bulletins:bulletin-list", ADMIN),
    Sight("bulletins:bulletin-list", AUTHOR),
    Sight("bulletins:bulletin-draft", ADMIN),
    Sight("bulletins:bulletin-settings", ADMIN),
    Sight("bulletins:bulletin-wordings", ADMIN),
    Sight("bulletins:bulletin-wording", ADMIN, lambda: ("leading",)),
    *(
        Sight("bulletins:bulletin-detail", ADMIN, bulletin(state), acts=[OPENED])
        for state in ("draft", "issued")
    ),
    *(
        Sight("bulletins:bulletin-detail", LEADER, bulletin(state))
        for state in ("objections", "checked", "signed")
    ),
    Sight("bulletins:bulletin-text", ADMIN, bulletin("draft")),
    Sight("bulletins:bulletin-issue", ADMIN, bulletin("signed")),
    Sight("bulletins:bulletin-reopen", ADMIN, bulletin("checked")),
    Sight(
        "bulletins:bulletin-correct",
        ADMIN,
        newest(Bulletin.objects.filter(status="issued", corrected_by__isnull=True)),
    ),
    Sight("bulletins:bulletin-verify", ADMIN, bulletin("issued")),
    Sight("bulletins:objection-list", ADMIN),
    Sight(
        "bulletins:objection-raise",
        AUTHOR,
        bulletin("objections"),
        query=lambda: f"?unit={unit('科尔沁区')()[0]}",
        acts=[("refused", press("提出异议"))],
    ),
    Sight("bulletins:objection-answer", ADMIN, newest(Objection.objects.all())),
    Sight("bulletins:historic-list", ADMIN),
    Sight("bulletins:historic-enter", ADMIN),
    Sight(
        "bulletins:historic-detail",
        ADMIN,
        newest(HistoricBulletin.objects.filter(confirmed_at__isnull=False)),
    ),
    Sight(
        "bulletins:historic-preview",
        ADMIN,
        newest(HistoricBulletin.objects.filter(confirmed_at__isnull=True)),
    ),
    Sight(
        "bulletins:historic-remove", ADMIN, newest(HistoricBulletin.objects.filter(confirmed_at__isnull=True))
    ),
)

ACTION = "only acts: answers a form of another page"
FILE = "gives a file"
NOT_LOOKED_AT: dict[str, str] = {
    "healthz": "for machines",
    "submissions:item-autosave": "for the script of the form",
    "stats:author-mine": "leads to stats:author",
    "stats:author-named": "the page of stats:author",
    "notices:notice-open": "leads to what the notice tells of",
    "submissions:attachment-thumb": FILE,
    "submissions:attachment-picture": FILE,
    "submissions:attachment-page": FILE,
    "submissions:attachment-video": FILE,
    "submissions:item-word": FILE,
    "reviews:marked-file": FILE,
    "reviews:decision-export": FILE,
    "adoptions:outlet-export": FILE,
    "submissions:round-export": FILE,
    "submissions:word-export": FILE,
    "adoptions:import-export": FILE,
    "reviews:meeting-export": FILE,
    "reviews:stand-in-export": FILE,
    "bulletins:historic-export": FILE,
    "bulletins:objection-export": FILE,
    "incentives:target-export": FILE,
    "tour-sample": FILE,
    "stats:counting": "a part of the pages that wait for a count",
    "accounts:list-save": ACTION,
    "accounts:list-remove": ACTION,
    "notices:notice-read-all": ACTION,
    "reviews:own-check": ACTION,
    "reviews:step-undo": ACTION,
    "reviews:item-urge": ACTION,
    "accounts:logout": ACTION,
    "accounts:grant-create": ACTION,
    "accounts:user-reactivate": "the page of accounts:user-deactivate",
    "accounts:unit-alias-add": "the page of accounts:unit-edit",
    "accounts:unit-alias-end": "the page of accounts:unit-edit",
    "adoptions:outlet-alias-add": "the page of adoptions:outlet-edit",
    "adoptions:outlet-alias-end": "the page of adoptions:outlet-edit",
    "submissions:item-check": ACTION,
    "submissions:attachment-remove": ACTION,
    "submissions:word-remove": ACTION,
    "reviews:day-set": ACTION,
    "reviews:day-unset": ACTION,
    "reviews:item-submit": ACTION,
    "reviews:item-submit-new": ACTION,
    "reviews:agenda-change": ACTION,
    "reviews:item-sheet": FILE,
    "reviews:item-sheet-docx": FILE,
    "reviews:meeting-sheet": FILE,
    "reviews:meeting-sheet-docx": FILE,
    "adoptions:import-recheck": ACTION,
    "adoptions:import-confirm": ACTION,
    "adoptions:import-discard": ACTION,
    "scoring:scheme-draft-recall": ACTION,
    "bulletins:bulletin-open": ACTION,
    "bulletins:bulletin-check": ACTION,
    "bulletins:bulletin-sign": ACTION,
    "bulletins:historic-confirm": ACTION,
    "accounts:user-export": FILE,
    "accounts:unit-export": FILE,
    "accounts:audit-export": FILE,
    "submissions:item-export": FILE,
    "submissions:attachment-download": FILE,
    "adoptions:adoption-export": FILE,
    "adoptions:proof-download": FILE,
    "adoptions:former-proof": FILE,
    "adoptions:event-export": FILE,
    "adoptions:event-proof": FILE,
    "adoptions:event-former-proof": FILE,
    "adoptions:ledger-template": FILE,
    "adoptions:import-fates": FILE,
    "adoptions:import-file": FILE,
    "stats:month-export": FILE,
    "stats:period-export": FILE,
    "stats:author-export": FILE,
    "stats:adjustment-export": FILE,
    "stats:adjustment-evidence": FILE,
    "scoring:scheme-download": FILE,
    "scoring:scheme-draft-download": FILE,
    "bulletins:historic-file": FILE,
    "bulletins:bulletin-export": FILE,
    "bulletins:bulletin-docx": FILE,
    "bulletins:bulletin-pdf": FILE,
}
