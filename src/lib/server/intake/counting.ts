import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Counting, Nature } from '#lib/slice/slice.ts';
import type { PostingContext } from './directory.ts';
import type { CountingMatch } from './record.ts';

/** A counting rule in force, its keys turned into numbers. A null field matches everything. */
export type CountingRule = {
	reporterId: string;
	counting: Counting;
	kind: string | null;
	projectId: string | null;
	providerId: string | null;
	receiverId: string | null;
	agreementId: string | null;
	budgetVersion: string | null;
	from: string | null;
	to: string | null;
};

/** The counting rules of a nature in force: the latest version of each, in the order in which these were posted. */
export async function listCountingRules(db: Kysely<DB>, nature: Nature): Promise<CountingRule[]> {
	const { rows } = await sql<{ reporterId: string; counting: Counting; match: CountingMatch }>`
		select reporting_organisation_id as "reporterId", counting, condition as match from (
			select distinct on (key) * from counting_rule where nature = ${nature} order by key, posting_no desc
		) latest order by counting_rule_id`.execute(db);
	return Promise.all(
		rows.map(async ({ reporterId, counting, match }): Promise<CountingRule> => ({
			reporterId,
			counting,
			kind: match.entryKind,
			projectId: await idOf(db, 'project', match.project),
			providerId: await idOf(db, 'organisation', match.provider),
			receiverId: await idOf(db, 'organisation', match.receiver),
			agreementId: await idOf(db, 'agreement', match.agreement, nature),
			budgetVersion: match.budgetVersion,
			from: match.from,
			to: match.to
		}))
	);
}

/** The number of what a rule names. A key that nothing carries matches nothing. */
async function idOf(
	db: Kysely<DB>,
	table: 'project' | 'organisation' | 'agreement',
	key: string | null,
	nature?: Nature
): Promise<string | null> {
	if (key === null) return null;
	const { rows } = await sql<{ id: string }>`
		select ${sql.id(`${table}_id`)} as id from ${sql.table(table)}
		where key = ${key} and ${nature === undefined ? sql`true` : sql`nature = ${nature}`}`.execute(db);
	return rows[0]?.id ?? '0';
}

/** How an entry counts: the latest rule that matches it, else counted. */
export function countingOf(rules: readonly CountingRule[], entry: Record<string, unknown>): Counting {
	return rules.findLast((rule) => matches(rule, entry))?.counting ?? 'counted';
}

function matches(rule: CountingRule, entry: Record<string, unknown>): boolean {
	const equal = (wanted: string | null, value: unknown) => wanted === null || wanted === value;
	return (
		rule.reporterId === entry.reporting_organisation_id &&
		equal(rule.kind, entry.kind) &&
		equal(rule.projectId, entry.project_id) &&
		equal(rule.providerId, entry.provider_id) &&
		equal(rule.receiverId, entry.receiver_id) &&
		equal(rule.agreementId, entry.agreement_id) &&
		equal(rule.budgetVersion, entry.budget_version) &&
		(rule.from === null || (entry.date_from !== null && String(entry.date_from) >= rule.from)) &&
		(rule.to === null || (entry.date_to !== null && String(entry.date_to) <= rule.to))
	);
}

/**
 * Applies the rules in force to entries already in the books: each that now counts otherwise is retired and added again,
 * with the cause `counting`. Only reporters with a rule of this posting can be affected. Returns how many changed.
 */
export async function recount(context: PostingContext): Promise<number> {
	const { db, nature, postingNo } = context;
	const news = await db
		.selectFrom('counting_rule')
		.select('key')
		.where('nature', '=', nature)
		.where('posting_no', '=', postingNo)
		.execute();
	if (news.length === 0) return 0;
	const rules = (await listCountingRules(db, nature)).map((rule, index) => ({ ...rule, place: index }));
	const { rows } = await sql<{ changed: string }>`
		with rule as materialized (
			select * from json_to_recordset(${JSON.stringify(rules)}::json) as rule(
				place integer, "reporterId" bigint, counting text, kind text, "projectId" bigint, "providerId" bigint, "receiverId" bigint,
				"agreementId" bigint, "budgetVersion" text, "from" date, "to" date)
		), affected as materialized (
			select e.reporting_organisation_id, e.entry_id, coalesce(ruled.counting, 'counted') as counting,
				nextval(pg_get_serial_sequence('ledger_entry', 'entry_id')) as new_id
			from ledger_entry e left join lateral (
				select rule.counting from rule
				where rule."reporterId" = e.reporting_organisation_id
					and (kind is null or kind = e.kind) and ("projectId" is null or "projectId" = e.project_id)
					and ("providerId" is null or "providerId" = e.provider_id)
					and ("receiverId" is null or "receiverId" = e.receiver_id)
					and ("agreementId" is null or "agreementId" = e.agreement_id)
					and ("budgetVersion" is null or "budgetVersion" = e.budget_version)
					and ("from" is null or e.date_from >= "from") and ("to" is null or e.date_to <= "to")
				order by place desc limit 1
			) ruled on true
			where e.nature = ${nature}
				-- also those of which an earlier version of a rule spoke
				and e.reporting_organisation_id in (select reporting_organisation_id from counting_rule
					where nature = ${nature} and key = any(${news.map(({ key }) => key)}::text[]))
				and e.counting <> coalesce(ruled.counting, 'counted')
				and not exists (select from ledger_retirement r
					where r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id)
		), entries as (
			insert into ledger_entry (entry_id, added_by, counting, ${COPIED_ENTRY_COLUMNS})
			select a.new_id, ${postingNo}::integer, a.counting, ${COPIED_ENTRY_COLUMNS_OF_E}
			from affected a join ledger_entry e using (reporting_organisation_id, entry_id)
		), cells as (
			insert into entry_share (entry_id, ${COPIED_CELL_COLUMNS})
			select a.new_id, ${COPIED_CELL_COLUMNS_OF_S}
			from affected a join entry_share s using (reporting_organisation_id, entry_id)
		), retired as (
			insert into ledger_retirement (reporting_organisation_id, entry_id, nature, posting_no, replaced_by, cause)
			select reporting_organisation_id, entry_id, ${nature}, ${postingNo}::integer, new_id, 'counting' from affected
		)
		select count(*) as changed from affected`.execute(db);
	return Number.parseInt(rows[0]!.changed, 10);
}

/** What a new version of an entry takes over from the one before, beside its counting. */
export const ENTRY_COLUMNS = [
	'reporting_organisation_id',
	'nature',
	'entry_key',
	'fingerprint',
	'project_id',
	'activity_id',
	'kind',
	'returned',
	'basis',
	'state',
	'date_from',
	'date_to',
	'date_precision',
	'period_from',
	'period_to',
	'value_date',
	'amount',
	'currency',
	'amount_eur',
	'amount_usd',
	'rate_publisher',
	'rate_date',
	'rate_eur',
	'rate_usd',
	'provider_id',
	'receiver_id',
	'provider_activity',
	'receiver_activity',
	'agreement_id',
	'budget_version',
	'heading',
	'objective_id',
	'description',
	'voucher',
	'exchange_difference',
	'country_key',
	'sector_key',
	'codes',
	'source_id',
	'place'
];
/** What its cells take over. */
export const CELL_COLUMNS = [
	'reporting_organisation_id',
	'cell_no',
	'country',
	'region',
	'sector',
	'amount',
	'amount_eur',
	'amount_usd',
	'country_basis',
	'sector_basis',
	'sort_date'
];
const COPIED_ENTRY_COLUMNS = sql.raw(ENTRY_COLUMNS.join(', '));
const COPIED_ENTRY_COLUMNS_OF_E = sql.raw(ENTRY_COLUMNS.map((name) => `e.${name}`).join(', '));
const COPIED_CELL_COLUMNS = sql.raw(CELL_COLUMNS.join(', '));
const COPIED_CELL_COLUMNS_OF_S = sql.raw(CELL_COLUMNS.map((name) => `s.${name}`).join(', '));
