import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { matchingActivities, type ActivityFilter } from './activities.ts';
import type { FactsAt } from './posting.ts';

/** A place with how many of the activities that match are there: degrees, for drawing only. */
export type PlaceCount = {
	name: string;
	country: string | null;
	latitude: number;
	longitude: number;
	activities: number;
	/** The one activity there, where it is one. */
	activity_id: string | null;
};

export type PlaceCounts = {
	/** The places with most activities, at most as many as asked for. */
	places: PlaceCount[];
	/** How many places there are in all. */
	all: number;
	/** Matching activities that have a place whose coordinates are known. */
	placed: number;
};

/** Where the activities that match were, counted by place in the database however many there are. */
export async function countPlaces(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter,
	limit: number
): Promise<PlaceCounts> {
	const { rows } = await sql<PlaceCount & { all: number; placed: number }>`
		with placed as materialized (
			select c.activity_id, l.name, l.country::text as country, l.latitude, l.longitude
			from ${await matchingActivities(db, at, filter)} c join location l using (activity_version_id) where l.latitude is not null
		)
		select place.*, count(*) over ()::integer as "all",
			(select count(distinct activity_id) from placed)::integer as placed
		from (
			-- A place that two sources put a few metres apart is one.
			select name, country, min(latitude)::float8 as latitude, min(longitude)::float8 as longitude, count(distinct activity_id)::integer as activities,
				case when count(distinct activity_id) = 1 then min(activity_id)::text end as activity_id
			from placed group by name, country, round(latitude, 1), round(longitude, 1)
		) place order by activities desc, name, country limit ${limit}::integer`.execute(db);
	const [first] = rows;
	return {
		places: rows.map(({ name, country, latitude, longitude, activities, activity_id }) => ({
			name,
			country,
			latitude,
			longitude,
			activities,
			activity_id
		})),
		all: first?.all ?? 0,
		placed: first?.placed ?? 0
	};
}
