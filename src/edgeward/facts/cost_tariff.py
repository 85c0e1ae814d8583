"""What a plant pays for an hour, a visit, a kilowatt-hour and for items of the price list.

Everything is in US dollars: the plant's own figures through its rate, the catalog's as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from edgeward.catalog import Catalog, DeviceClass
from edgeward.cost.horizon import spread
from edgeward.cost.outage import HOURS_A_MONTH
from edgeward.quantity import Quantity, exact, unknown
from edgeward.site import Finance, Site

_HOURS_PER_MINUTE = 1 / 60
_KWH_PER_WATT_MONTH = HOURS_A_MONTH / 1000
DOLLAR = "USD"


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars for one of something, and the path that says so."""

    usd: Quantity
    source: str


@dataclass(frozen=True, slots=True)
class BoxNeeds:
    """What one box of a kind takes: kWh, hours and failures a month, and hours and money once.

    `kind` and `minutes` complete the names of the ranges that say so.
    """

    kind: str
    minutes: str
    power_kwh: Quantity
    care_hours: Quantity
    patch_hours: Quantity
    update_hours: Quantity
    failures: Quantity
    mounting_hours: Quantity
    shipping_usd: Quantity
    licence_usd: Quantity


class Tariff:
    """The rates of one plant, each worked out once."""

    def __init__(self, site: Site, catalog: Catalog) -> None:
        finance = site.finance
        self.site, self.catalog = site, catalog
        self.usd_rate = usd_rate(finance)
        self._negotiated = {each.item: each.usd for each in finance.prices} if finance else {}
        self.labour = self._rate("labour_per_hour", "labour_usd_per_hour")
        self.energy = self._rate("energy_per_kwh", "energy_usd_per_kwh")
        self.visit = self._visit()
        self.discount = known(
            finance.discount_rate if finance else None, catalog, "cost.discount_rate"
        )
        self.life = catalog.range("cost.device_life_years")
        self.residual = catalog.range("cost.residual_share")
        self.spread = spread(self.discount, self.life, self.residual)
        self.failed_visits = self.range("failed_update_share") * self.range("failed_update_visits")
        minutes = self.range("patch_minutes.automated")
        self.automated_hours = minutes.scaled(_HOURS_PER_MINUTE)
        self._needs: dict[tuple[str, bool], BoxNeeds] = {}

    def price(self, item: str) -> Rate:
        """A negotiated price, the list's for the plant's region, or that of another region."""
        own = self._negotiated.get(item)
        if own is not None:
            return Rate(own, f"finance.prices.{item}")
        prices, region = self.catalog.prices, self.site.cloud.region
        listed = prices.get(item)
        if listed is not None and region is not None and listed.region != region:
            key = f"{region}/{item}"
            if key in prices:
                return Rate(prices[key].usd, f"prices.{key}")
        return Rate(self.catalog.price_usd(item), f"prices.{item}")

    def range(self, key: str) -> Quantity:
        return self.catalog.range(f"cost.{key}")

    def own_money(self, amount: Quantity) -> Quantity:
        """An amount in the plant's currency."""
        return amount if self.usd_rate.low == self.usd_rate.high == 1 else amount * self.usd_rate

    def life_of(self, device_class: DeviceClass | None) -> Quantity:
        """How many years a box lasts: as long as its maker supports it, or the catalog's range."""
        support = device_class.support_years if device_class else None
        return support if support is not None and support.bounded else self.life

    def spread_over(self, life_years: Quantity) -> Quantity:
        """What of the price of a box one month of its life bears."""
        if life_years is self.life:
            return self.spread
        return spread(self.discount, life_years, self.residual)

    def needs(self, device_class: DeviceClass | None, by_hand: bool) -> BoxNeeds:
        """What a box of the class takes; a figure that the class gives counts before a range."""
        kind = device_class.host if device_class else "linux"
        if (kind, by_hand) not in self._needs:
            self._needs[kind, by_hand] = self._kind_needs(kind, by_hand)
        needs = self._needs[kind, by_hand]
        if device_class is None or not (device_class.power_w or device_class.mtbf_years):
            return needs
        power, mtbf = device_class.power_w, device_class.mtbf_years
        if power is not None and power.bounded:
            needs = replace(needs, power_kwh=power.scaled(_KWH_PER_WATT_MONTH))
        if mtbf is not None and mtbf.bounded:
            needs = replace(needs, failures=exact(1 / 12) / mtbf)
        return needs

    def _kind_needs(self, kind: str, by_hand: bool) -> BoxNeeds:
        way = "manual" if by_hand else "automated"
        minutes = self.range(f"patch_minutes.{way}")
        return BoxNeeds(
            kind=kind,
            minutes=f"cost.patch_minutes.{way}",
            power_kwh=self.range(f"power_w.{kind}").scaled(_KWH_PER_WATT_MONTH),
            care_hours=self.range(f"care_hours_per_year.{kind}").scaled(1 / 12),
            patch_hours=self.range(f"patches_per_month.{kind}") * minutes.scaled(_HOURS_PER_MINUTE),
            update_hours=minutes.scaled(_HOURS_PER_MINUTE),
            failures=exact(1 / 12) / self.range(f"mtbf_years.{kind}"),
            mounting_hours=self.range(f"mounting_hours.{kind}"),
            shipping_usd=self.range(f"shipping_usd.{kind}"),
            licence_usd=self.range(f"licence_usd_per_month.{kind}"),
        )

    def _rate(self, key: str, name: str) -> Rate:
        declared: Quantity | None = getattr(self.site.finance, key, None)
        if declared is not None and declared.bounded:
            return Rate(self.own_money(declared), f"finance.{key}")
        return Rate(self.range(name), f"cost.{name}")

    def _visit(self) -> Rate:
        """A visit with its hours: the way, and the work at what labour costs here."""
        visit = self.site.finance.visit if self.site.finance else None
        hours = visit.hours if visit and visit.hours.bounded else self.range("visit_hours")
        declared = visit is not None and visit.cost.bounded
        way = self.own_money(visit.cost) if visit and declared else self.range("visit_usd")
        source = "finance.visit" if declared else "cost.visit_usd"
        return Rate(hours * self.labour.usd + way, source)


def usd_rate(finance: Finance | None) -> Quantity:
    """US dollars for one unit of the plant's currency; 1 where it names none."""
    if finance is None or finance.currency in (None, DOLLAR):
        return exact(1)
    return finance.usd_rate if finance.usd_rate.bounded else unknown("finance.usd_rate")


def known(declared: Quantity | None, catalog: Catalog, name: str) -> Quantity:
    """What was declared, or the catalog's range where nothing is known of it."""
    return declared if declared is not None and declared.bounded else catalog.range(name)
