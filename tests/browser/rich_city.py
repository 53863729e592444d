"""The demo city and, beyond it, one of everything that its pages can show but its plan does not make."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.services.roles import grant_role
from adoptions.importing.previews import confirm_preview, store_preview
from adoptions.ledger.reader import read_ledger
from adoptions.ledger.upload import check_ledger
from adoptions.models import Outlet
from bulletins.historic.printed import Layout, PrintedTable
from bulletins.models import Bulletin
from bulletins.services.drafting import correct_bulletin, draft_bulletin
from bulletins.services.historic import confirm_historic, enter_historic
from bulletins.services.life import check_bulletin, open_bulletin, sign_bulletin
from bulletins.services.objections import raise_objection
from reviews.enums import Secrecy
from reviews.office_settings.services import set_rule
from reviews.stand_ins.services import name_stand_in
from scoring.models import SchemeVersion
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.schemes.reading import shipped
from scoring.services.drafts import propose_scheme, save_rules, start_draft
from stats.services.adjustments import AdjustmentFacts, propose_adjustment
from submissions.enums import Chain, Route
from submissions.services.drafts import Author, save_draft

LEDGER = (
    "标题,报送单位,报送时间,采用媒体,采用时间\n"
    "{title},开鲁县,2026-03-02,{outlet},2026-03-05\n"
    "旧闻,没有的旗,2026-03-02,通辽日报,2026-03-05\n"
)
PRINTED = PrintedTable(
    ("单位", "采用", "得分"),
    (("开鲁县", "3", "25"), ("奈曼旗", "", "5"), ("合计", "3", "31")),
    Layout.UNITS_DOWN,
)


def build() -> None:
    """Fill the empty database. Needs a MEDIA_ROOT of its own; takes half a minute."""
    call_command("seed_demo", verbosity=0)
    enrich(timezone.now())


def enrich(now: datetime) -> None:
    office = Unit.objects.offices().get()
    admin, other_admin = person("guanli"), person("guanli2")
    User.objects.create(username="xinren", display_name="新来的", unit=office, must_change_password=True)
    _drafts(now)
    _reviewing(office, admin, other_admin, now)
    _imports(office, admin, now)
    _historic(office, admin, now)
    _schemes(office, admin, other_admin, now)
    _bulletins(office, now)
    unit = Unit.objects.get(name="开鲁县")
    for reason in ("承办全市巡察宣传现场会", "协助上级采访"):
        propose_adjustment(
            facts=AdjustmentFacts(
                unit=unit, date=timezone.localdate(now), points=Decimal(5), reason=reason, evidence="会议通知"
            ),
            by=admin,
            now=now,
        )


def _reviewing(office: Unit, admin: User, other_admin: User, now: datetime) -> None:
    """A stand-in, a separate secrecy review with somebody for it, and a unit whose own head signs first."""
    grant_role(user=other_admin, role=Role.SECRECY_REVIEWER, unit=office, since=timezone.localdate(now))
    set_rule(chain=Chain.THREE_LEVELS, secrecy=Secrecy.ALL, by=admin, now=now)
    name_stand_in(
        absent=person("fenguan"),
        stand_in=person("zonghe"),
        since=now,
        until=now + timedelta(days=2),
        reason="出差",
        by=person("fenguan"),
        now=now,
    )


def _drafts(now: datetime) -> None:
    """A draft whose title is as long as a title may be, with characters that few fonts have."""
    author = person("keerqin")
    title = "科尔沁区委巡察办“三个聚焦”推动巡察整改与成果运用贯通融合落地见效"
    text = {
        "unit": author.unit,
        "title": f"{title}——以𬱖喆同志在十届区委第九轮巡察动员部署会上的讲话精神为指引的实践与思考",
        "body": "科尔沁区委巡察办压实责任，推动整改落地见效。" * 8,
        "checker": "丁把关",
        "route": Route.ORDINARY,
    }
    save_draft(
        item=None,
        by=author,
        fields=text,
        authors=[Author("云示例", 2, author), Author("外单位作者甲", 1)],
        now=now,
    )


def person(username: str) -> User:
    found: User = User.objects.get(username=username)
    return found


def _imports(office: Unit, admin: User, now: datetime) -> None:
    """One that waits for its confirmation and one that is settled."""
    outlet = Outlet.objects.filter(active_to=None).order_by("pk")[0].name
    for title in ("开鲁县巡察整改见实效", "开鲁县做实巡察监督"):
        upload = check_ledger(
            ContentFile(LEDGER.format(title=title, outlet=outlet).encode(), name="台账.csv")
        )
        ledger = read_ledger(upload.file, "csv")
        preview = store_preview(office=office, ledger=ledger, upload=upload, by=admin, now=now)
        if "做实" in title:
            confirm_preview(preview=preview, accept_partial=True, by=admin, now=now)


def _historic(office: Unit, admin: User, now: datetime) -> None:
    for year in ("2010", "2011"):
        bulletin = enter_historic(
            office=office,
            title=f"{year}年通报",
            period=Period.parse(year),
            table=PRINTED,
            upload=check_ledger(ContentFile("单位,得分\n开鲁县,5\n".encode(), name="通报.csv")),
            by=admin,
            now=now,
        )
        if year == "2010":
            confirm_historic(bulletin=bulletin, by=admin, now=now)


def _schemes(office: Unit, admin: User, other_admin: User, now: datetime) -> None:
    """A draft with a fault, one without, and one that waits for a second person."""
    current = SchemeVersion.objects.of_office(office).first()
    for name in ("s23", "demo", "s12"):
        draft = start_draft(
            office=office, rules=shipped(name), by=admin, now=now, based_on=current, basis=name
        )
        if name == "s23":
            flawed = draft.rules | {"ties": "nonsense"}
            save_rules(draft=draft, rules=flawed, revision=draft.revision, by=admin, now=now)
        if name == "s12":
            first = Month.of(timezone.localdate(now)).next().start
            propose_scheme(
                draft=draft,
                effective_from=first,
                reason="年度修订",
                revision=draft.revision,
                by=admin,
                now=now,
            )


def _bulletins(office: Unit, now: datetime) -> None:
    """Beside the issued ones and the draft: open to objections, checked, signed, and a correction."""
    admin, leader = person("guanli"), person("zhuyao")
    issued = Bulletin.objects.of_office(office).filter(number__isnull=False).order_by("pk").first()
    assert issued
    correct_bulletin(bulletin=issued, what="开鲁县采用数有误", by=admin, now=now)
    first = issued.period.first
    opened = draft_bulletin(office=office, period=Period.of(first), now=now)
    open_bulletin(
        bulletin=opened,
        until=timezone.localdate(now) + timedelta(days=3),
        by=admin,
        sha256=opened.sha256,
        now=now,
    )
    raise_objection(
        bulletin=opened,
        unit=Unit.objects.get(name="科尔沁区"),
        line_key="",
        reason="3月在通辽日报刊发的一篇没有列入。",
        by=person("keerqin"),
        now=now,
    )
    checked = draft_bulletin(office=office, period=Period.of(first.next()), now=now)
    check_bulletin(bulletin=checked, by=admin, sha256=checked.sha256, now=now)
    signed = draft_bulletin(office=office, period=Period.of(first.next().next()), now=now)
    signed = check_bulletin(bulletin=signed, by=admin, sha256=signed.sha256, now=now)
    sign_bulletin(bulletin=signed, by=leader, sha256=signed.sha256, now=now, issue=False)
