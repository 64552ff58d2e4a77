"""The physical inventory."""

from app.entities.base import Entity, Linked, Numbering
from app.fields import Choice, Day, Moment, Ref, Text
from app.models import Campaign, CampaignLine
from app.models.codes import CampaignResult, CampaignStatus

CAMPAIGN = Entity(
    model=Campaign,
    one="Campagne",
    many="Campagnes",
    gender="f",
    icon="clipboard-list",
    chips=("status", "site_id"),
    order_by="opened_on",
    descending=True,
    numbering=Numbering(prefix="INV", yearly=True, width=3),
    badge="status",
    summary="Aller voir chaque bien, une fois par an au moins, et noter ce qui manque.",
    subtitle=("site_id", "held_by"),
    own_page=True,
    linked=(Linked("campaign_line", "campaign_id", "Biens"),),
    fields=(
        Text(name="number", label="N°", column="shown", width=120, read_only=True),
        Text(name="title", label="Objet", required=True, column="shown", width=260, max_length=120),
        Ref(name="site_id", label="Site", target="site", column="shown", width=140, help="Vide\u00a0: tous les sites."),
        Day(name="opened_on", label="Ouverte le", required=True, column="shown"),
        Day(name="closed_on", label="Close le", column="shown", in_form=False),
        Choice(name="status", label="État", options=CampaignStatus, default=CampaignStatus.OPEN, required=True,
               badge=True, column="shown", in_form=False),
        Text(name="held_by", label="Menée par", column="shown", width=160, max_length=120, suggest=True),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip

CAMPAIGN_LINE = Entity(
    model=CampaignLine,
    one="Bien de la campagne",
    many="Biens de la campagne",
    icon="scan-line",
    chips=("expected_site_id", "expected_room"),
    order_by="expected_room",
    badge="result",
    editable=False,
    subtitle=("campaign_id",),
    fields=(
        Ref(name="campaign_id", label="Campagne", target="campaign", required=True, width=180),
        Ref(name="asset_id", label="Bien", target="asset", column="shown", width=280),
        Ref(name="expected_site_id", label="Site attendu", target="site", column="shown", width=110),
        Text(name="expected_room", label="Local attendu", column="shown", width=140, max_length=80, filterable=True),
        Choice(name="result", label="Constat", options=CampaignResult, default=CampaignResult.TO_FIND, required=True,
               badge=True, column="shown", width=130),
        Text(name="room", label="Trouvé dans", column="shown", width=130, max_length=80, filterable=True),
        Moment(name="seen_at", label="Vu le", column="shown", width=130),
        Text(name="code_read", label="Code lu", column="shown", width=140, max_length=80),
        Text(name="notes", label="Notes", width=200, max_length=300),
    ),
)  # fmt: skip
