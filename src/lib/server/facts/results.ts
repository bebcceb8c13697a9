import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';
import type { Origin } from './projects.ts';
import { activitiesInForce } from './versions.ts';

export type IndicatorLine = Origin & {
	title: string;
	unit: string | null;
	actual: string | null;
	qualifier: string | null;
	countries: string[];
	activity_id: string | null;
	period_to: string | null;
	date_precision: string;
	disaggregation: string | null;
	repeats_activity: boolean;
	note: string | null;
};

/** Published figures on reach and results of a project, or of one country in it. Those that repeat an activity's participants are marked. */
export async function listIndicators(
	db: Kysely<DB>,
	at: FactsAt,
	projectId: string,
	country: string | null = null
): Promise<IndicatorLine[]> {
	const inCountry: RawBuilder<unknown> = country === null ? sql`true` : sql`${country} = any(p.countries)`;
	const { rows } = await sql<IndicatorLine>`
		select i.title, i.unit, p.actual, p.qualifier, p.countries, p.activity_id, p.period_to, p.date_precision, p.disaggregation,
			p.repeats_activity, p.note, p.origin_url, p.origin_title, p.evidence, p.confidence, source.sha256 as source_sha256, p.place
		from result r join indicator i using (result_id) join indicator_period p using (indicator_id) join source on source.source_id = p.source_id
		where r.nature = 'published' and r.posting_no <= ${at.posting}::integer and ${inCountry}
			-- Those of an activity are its project's, also when it has joined another since.
			and (r.activity_id is null and r.project_id = ${projectId}::bigint
				or r.activity_id in (select a.activity_id from ${activitiesInForce(at)} a where a.project_id = ${projectId}::bigint))
			-- An activity's results belong to its version: a newer one brings its own, or none.
			and (r.activity_id is null or r.posting_no = (select max(v.posting_no) from activity_version v
				where v.activity_id = r.activity_id and v.posting_no <= ${at.posting}::integer))
		order by p.repeats_activity, i.title, p.period_to nulls last, p.period_no`.execute(db);
	return rows;
}
