"""What a person adds to an area beside its figures: harm weights, wards with many visitors, roads."""

from collections.abc import Sequence

import geopandas as gpd
from sqlalchemy import Engine

from geo.findings import Finding
from geo.frames import Source
from geo.harm import HarmWeights
from store import boundaries, events, roads, visitors, weights
from store.engine import reading, writing
from store.records import KeptRoads, KeptWeights, VisitorWard


class Extras:
    """The part of the store that keeps them; see `store.repository.Store` for what holds of every call."""

    engine: Engine

    def keep_harm_weights(self, area_id: int | None, given: HarmWeights, *, by: str = "") -> int:
        """Keep a committee's table and return its id. area_id None: it is for every area.

        It takes the place of the one in use for the same areas from the same day; the same again changes
        nothing. Raises NoData (reason `area`).
        """
        kept = weights.as_kept(given)
        with writing(self.engine) as connection:
            if area_id is not None:
                boundaries.find_area(connection, area_id)
            known = weights.find_same_day(connection, area_id, kept.valid_from)
            if known is not None:
                if known.weights == kept:
                    return known.id
                weights.deactivate(connection, known.id)
            weights_id = weights.insert_weights(connection, area_id, kept, by=by)
            told = {"name": kept.name, "valid_from": kept.valid_from, "n": len(kept.weights)}
            superseded = known and known.id
            events.record(
                connection, "weights.kept", weights_id, by=by, area_id=area_id, superseded=superseded, **told
            )
            return weights_id

    def list_harm_weights(self, area_id: int | None = None) -> list[KeptWeights]:
        """Those in use: for every area first, then the area's own; of each the earliest first. area_id None:
        only those for every area."""
        with reading(self.engine) as connection:
            return weights.list_weights(connection, area_id)

    def remove_harm_weights(self, weights_id: int, *, by: str = "") -> None:
        """Stop using a table; it stays on file. Raises NoData (reason `weights`)."""
        with writing(self.engine) as connection:
            kept, is_active = weights.find_weights(connection, weights_id)
            if is_active:
                weights.deactivate(connection, weights_id)
                events.record(connection, "weights.removed", weights_id, by=by, name=kept.weights.name)

    def keep_visitor_wards(self, area_id: int, wards: Sequence[VisitorWard], *, by: str = "") -> None:
        """Keep the whole list in place of the earlier one; the same again changes nothing. The journal keeps
        every list. Raises NoData (reason `area`), ValueError for a ward of another area or listed twice."""
        with writing(self.engine) as connection:
            boundaries.find_area(connection, area_id)
            boundaries.check_codes(connection, area_id, {each.ward_code for each in wards})
            stands = visitors.replace_visitors(connection, area_id, wards, by=by)
            if stands is not None:
                told = [[each.ward_code, each.reason, each.since] for each in stands]
                events.record(connection, "visitors.kept", area_id, by=by, wards=told)

    def list_visitor_wards(self, area_id: int) -> tuple[VisitorWard, ...]:
        """By ward code."""
        with reading(self.engine) as connection:
            return visitors.list_visitors(connection, area_id)

    def keep_roads(
        self,
        area_id: int,
        lines: gpd.GeoDataFrame,
        *,
        source: Source,
        sha256: str,
        findings: Sequence[Finding] = (),
        by: str = "",
    ) -> None:
        """Keep the area's road layer whole, in place of the earlier one; the same file with the same source
        again changes nothing. lines: `row` and LineStrings or MultiLineStrings, EPSG:4326. Raises NoData
        (reason `area`)."""
        roads.check_lines(lines)
        with writing(self.engine) as connection:
            boundaries.find_area(connection, area_id)
            known = roads.find_roads(connection, area_id)
            if known is not None and (known.sha256, known.source) == (sha256, source):
                return
            roads.replace_roads(
                connection, area_id, lines, source=source, sha256=sha256, findings=findings, by=by
            )
            events.record(
                connection, "roads.kept", area_id, by=by, file=source.file, sha256=sha256, n_lines=len(lines)
            )

    def find_roads(self, area_id: int) -> KeptRoads | None:
        """What is told of the area's road layer, without its lines; None when there is none."""
        with reading(self.engine) as connection:
            return roads.find_roads(connection, area_id)

    def load_roads(self, area_id: int) -> gpd.GeoDataFrame | None:
        """The lines as they were kept: `row` and geometry, EPSG:4326; None when the area has none."""
        with reading(self.engine) as connection:
            return roads.load_roads(connection, area_id)
