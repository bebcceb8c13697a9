import { sql, type Kysely, type RawBuilder } from 'kysely';
import { compare, type Decimal } from '#lib/money/decimal.ts';
import { askOnce } from '#lib/server/database/ask-once.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { matchingActivities, type ActivityFilter } from './activities.ts';
import type { FactsAt } from './posting.ts';
import type { Origin } from './projects.ts';
import { organisationName } from './versions.ts';

/** One stated fact, and whether it is the one shown. `value` null with no text: stated to exist, no figure published. */
export type Claim = Origin & {
	claim_id: string;
	subject_kind: string;
	subject_key: string;
	property: string;
	value: Decimal | null;
	value_text: string | null;
	unit: string | null;
	qualifier: string | null;
	party_id: string | null;
	party: string | null;
	stated_as: string | null;
	date_from: string | null;
	date_to: string | null;
	date_precision: string;
	chosen: boolean;
	reason: string | null;
	posting_no: number;
};

/** All that is claimed of a subject, the chosen value of each property first. */
export function listClaims(
	db: Kysely<DB>,
	at: FactsAt,
	subjectKind: string,
	subjectKey: string
): Promise<Claim[]> {
	return askOnce(db, ['claims', at.posting, subjectKind, subjectKey], () =>
		select(db, at, sql`claim.subject_kind = ${subjectKind} and claim.subject_key = ${subjectKey}`)
	);
}

/** Claims about every project on given properties, for lists and overviews. */
export async function listClaimsOf(
	db: Kysely<DB>,
	at: FactsAt,
	subjectKind: string,
	properties: readonly string[]
): Promise<Claim[]> {
	return select(
		db,
		at,
		sql`claim.subject_kind = ${subjectKind} and claim.property = any(${properties}::text[])`
	);
}

/** Whether two claims on the same thing state the same value, day or text. That both state none is no agreement. */
export function isSameValue(one: Stated, other: Stated): boolean {
	if (one.unit !== other.unit || one.qualifier !== other.qualifier) return false;
	if (one.value !== null && other.value !== null) return compare(one.value, other.value) === 0;
	const [mine, theirs] = [one, other].map(({ value, value_text, date_from, date_to }) =>
		[value, value_text, date_from, date_to].join(' ')
	);
	return mine === theirs && mine!.trim() !== '';
}
type Stated = Pick<Claim, 'value' | 'value_text' | 'unit' | 'qualifier' | 'date_from' | 'date_to'>;

/** A claim beside another one on the same thing, and whether it states the same value. */
export type Rival = Claim & { agrees: boolean };

/** One claim with its rivals: the other statements for the same subject, property and party. Null when there is none. */
export async function findClaim(
	db: Kysely<DB>,
	at: FactsAt,
	claimId: string
): Promise<{ claim: Claim; rivals: Rival[] } | null> {
	const [claim] = await select(db, at, sql`claim.claim_id = ${claimId}::bigint`);
	if (!claim) return null;
	const same = await select(
		db,
		at,
		sql`claim.subject_kind = ${claim.subject_kind} and claim.subject_key = ${claim.subject_key} and claim.property = ${claim.property}
			and claim.party_id is not distinct from ${claim.party_id}::bigint`
	);
	const rivals = same
		.filter(({ claim_id }) => claim_id !== claim.claim_id)
		.map((other) => ({ ...other, agrees: isSameValue(claim, other) }));
	return { claim, rivals };
}

async function select(db: Kysely<DB>, at: FactsAt, condition: RawBuilder<unknown>): Promise<Claim[]> {
	const { rows } = await sql<Claim>`
		select claim.claim_id, subject_kind, subject_key, property, value, value_text, unit, qualifier, party_id,
			${organisationName(sql`party_id`, at)} as party, stated_as, date_from, date_to, date_precision,
			choice.chosen, choice.reason, claim.posting_no, claim.origin_url, claim.origin_title, claim.evidence, claim.confidence,
			source.sha256 as source_sha256, claim.place
		from claim
		join lateral (select chosen, reason from claim_choice c where c.claim_id = claim.claim_id and c.posting_no <= ${at.posting}::integer
			order by posting_no desc limit 1) choice on true
		join source using (source_id)
		where claim.nature = 'published' and claim.posting_no <= ${at.posting}::integer and ${condition}
		order by claim.property, choice.chosen desc, claim.claim_id`.execute(db);
	return rows;
}

/**
 * What sources state differently of a country: of it, of its activities that match and of its figures on results. One list
 * for each subject, property and party, the chosen statement first.
 * @param coverage keys of what the projects say of the country: `GLOACT:ML`
 */
export async function listRivalsOfCountry(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter & { country: string },
	coverage: readonly string[]
): Promise<Claim[][]> {
	const claims = await select(
		db,
		at,
		sql`(claim.subject_kind = 'country_coverage' and claim.subject_key = any(${coverage}::text[])
			or claim.subject_kind = 'activity' and claim.subject_key in (
				select activity.key from ${await matchingActivities(db, at, filter)} c join activity using (activity_id))
			or claim.subject_kind = 'indicator' and claim.subject_key in (
				select p.key from indicator_period p where ${filter.country} = any(p.countries)))`
	);
	const groups = Map.groupBy(claims, (claim) =>
		[claim.subject_kind, claim.subject_key, claim.property, claim.party_id].join(' ')
	);
	const order = ['country_coverage', 'activity', 'indicator'];
	return [...groups.values()]
		.filter(([first, ...others]) => others.some((other) => !isSameValue(first!, other)))
		.sort((a, b) => order.indexOf(a[0]!.subject_kind) - order.indexOf(b[0]!.subject_kind));
}
