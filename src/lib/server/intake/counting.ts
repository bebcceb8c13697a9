import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Counting, Nature } from '#lib/slice/slice.ts';
import { isInForce } from './compare/book-entries.ts';
import { copyEntries } from './copy-entries.ts';
import type { PostingContext } from './directory.ts';
import type { ActivitySpan, CountingMatch } from './record.ts';

/** Days between which an entry must lie; null on a side that is open. */
type Span = { from: string | null; to: string | null };

/** A counting rule in force, its keys turned into numbers. A null field matches everything. */
export type CountingRule = Span & {
	/** The later of two wins. */
	place: number;
	reporterId: string;
	counting: Counting;
	kind: string | null;
	projectId: string | null;
	providerId: string | null;
	receiverId: string | null;
	agreementId: string | null;
	budgetVersion: string | null;
	currency: string | null;
	/** By number of the activity. */
	activities: ReadonlyMap<string, readonly Span[]> | null;
};

/** The counting rules of a nature in force: the latest version of each, in the order in which these were posted. */
export async function listCountingRules(db: Kysely<DB>, nature: Nature): Promise<CountingRule[]> {
	const { rows } = await sql<{ reporterId: string; counting: Counting; match: CountingMatch }>`
		select reporting_organisation_id as "reporterId", counting, condition as match from (
			select distinct on (key) * from counting_rule where nature = ${nature} order by key, posting_no desc
		) latest order by counting_rule_id`.execute(db);
	const activityIds = await numbersOfActivities(
		db,
		nature,
		rows.flatMap(({ match }) => match.activities?.map(({ activity }) => activity) ?? [])
	);
	return Promise.all(
		rows.map(async ({ reporterId, counting, match }, place): Promise<CountingRule> => ({
			place,
			reporterId,
			counting,
			kind: match.entryKind,
			projectId: await idOf(db, 'project', match.project),
			providerId: await idOf(db, 'organisation', match.provider),
			receiverId: await idOf(db, 'organisation', match.receiver),
			agreementId: await idOf(db, 'agreement', match.agreement, nature),
			budgetVersion: match.budgetVersion,
			currency: match.currency ?? null,
			activities: match.activities ? spansOf(match.activities, activityIds) : null,
			from: match.from,
			to: match.to
		}))
	);
}

async function numbersOfActivities(
	db: Kysely<DB>,
	nature: Nature,
	keys: readonly string[]
): Promise<Map<string, string>> {
	if (keys.length === 0) return new Map();
	const { rows } = await sql<{ key: string; id: string }>`
		select key, activity_id as id from activity where nature = ${nature} and key = any(${keys}::text[])`.execute(
		db
	);
	return new Map(rows.map(({ key, id }) => [key, id]));
}

function spansOf(
	activities: readonly ActivitySpan[],
	numbers: ReadonlyMap<string, string>
): Map<string, Span[]> {
	const spans = new Map<string, Span[]>();
	for (const { activity, from, to } of activities) {
		const id = numbers.get(activity);
		if (id === undefined) continue;
		const own = spans.get(id);
		if (own) own.push({ from, to });
		else spans.set(id, [{ from, to }]);
	}
	return spans;
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

/** Rules, so that asking for an entry does not take longer the more activities they name. */
export class CountingRules {
	#general = new Map<string, CountingRule[]>();
	#byActivity = new Map<string, CountingRule[]>();

	constructor(rules: readonly CountingRule[]) {
		for (const rule of rules) {
			const { reporterId, activities } = rule;
			if (activities === null) addTo(this.#general, reporterId, rule);
			else for (const id of activities.keys()) addTo(this.#byActivity, `${reporterId} ${id}`, rule);
		}
	}

	/** How an entry counts: the latest rule that matches it, else counted. */
	countingOf(entry: Record<string, unknown>): Counting {
		const { reporting_organisation_id: reporter, activity_id: activity } = entry;
		const general = this.#general.get(reporter as string)?.findLast((rule) => matches(rule, entry));
		const own = this.#byActivity
			.get(`${reporter as string} ${activity as string}`)
			?.findLast((rule) => matches(rule, entry));
		const latest = own && general ? (own.place > general.place ? own : general) : (own ?? general);
		return latest?.counting ?? 'counted';
	}
}

function addTo(map: Map<string, CountingRule[]>, name: string, rule: CountingRule): void {
	const rules = map.get(name);
	if (rules) rules.push(rule);
	else map.set(name, [rule]);
}

function matches(rule: CountingRule, entry: Record<string, unknown>): boolean {
	const equal = (wanted: string | null, value: unknown) => wanted === null || wanted === value;
	const liesIn = ({ from, to }: Span) =>
		(from === null || (entry.date_from !== null && String(entry.date_from) >= from)) &&
		(to === null || (entry.date_to !== null && String(entry.date_to) <= to));
	return (
		rule.reporterId === entry.reporting_organisation_id &&
		equal(rule.kind, entry.kind) &&
		equal(rule.projectId, entry.project_id) &&
		equal(rule.providerId, entry.provider_id) &&
		equal(rule.receiverId, entry.receiver_id) &&
		equal(rule.agreementId, entry.agreement_id) &&
		equal(rule.budgetVersion, entry.budget_version) &&
		equal(rule.currency, entry.currency) &&
		liesIn(rule) &&
		(rule.activities === null || rule.activities.get(entry.activity_id as string)?.some(liesIn) === true)
	);
}

/** What rules ask of an entry. */
type Asked = {
	entry_id: string;
	counting: Counting;
	reporting_organisation_id: string;
	activity_id: string;
};

const BATCH = 20_000;

/**
 * Applies the rules in force to entries in the books: each that now counts otherwise is retired and added again, with the
 * cause `counting`. Asked are the reporters of whom a rule of this posting speaks, or an earlier version of it did, and
 * those named; entries of this posting only where it is said, for these were counted when they were written. Returns how
 * many changed.
 */
export async function recount(
	context: Pick<PostingContext, 'db' | 'nature' | 'postingNo'>,
	{ reporterIds = [], own = false }: { reporterIds?: readonly string[]; own?: boolean } = {}
): Promise<number> {
	const { db, nature, postingNo } = context;
	const { rows: ruled } = await sql<{ id: string }>`
		select distinct reporting_organisation_id as id from counting_rule where nature = ${nature} and key in (
			select key from counting_rule where nature = ${nature} and posting_no = ${postingNo}::integer)`.execute(db);
	const asked = new Set([...ruled.map(({ id }) => id), ...reporterIds]);
	if (asked.size === 0) return 0;
	const rules = new CountingRules(await listCountingRules(db, nature));
	let changed = 0;
	for (const reporterId of asked) {
		for (let after: string | undefined = '0'; after !== undefined;) {
			const { rows } = await sql<Asked>`
				select e.entry_id, e.counting, e.reporting_organisation_id, e.activity_id, e.kind, e.project_id, e.provider_id,
					e.receiver_id, e.agreement_id, e.budget_version, e.currency::text as currency, e.date_from, e.date_to
				from ledger_entry e
				where e.reporting_organisation_id = ${reporterId}::bigint and e.entry_id > ${after}::bigint and e.nature = ${nature}
					and (${own} or e.added_by <> ${postingNo}::integer) and ${isInForce}
				order by e.entry_id limit ${BATCH}::integer`.execute(db);
			const others = rows
				.map((entry) => ({ entry, counting: rules.countingOf(entry) }))
				.filter(({ entry, counting }) => entry.counting !== counting);
			changed += await countOtherwise(context, reporterId, others);
			after = rows.length === BATCH ? rows.at(-1)!.entry_id : undefined;
		}
	}
	return changed;
}

async function countOtherwise(
	context: Pick<PostingContext, 'db' | 'nature' | 'postingNo'>,
	reporterId: string,
	others: readonly { entry: Asked; counting: Counting }[]
): Promise<number> {
	if (others.length === 0) return 0;
	return copyEntries(
		context,
		sql`
		select ${reporterId}::bigint as reporting_organisation_id, entry_id, entry_id as retires, counting
		from unnest(${others.map(({ entry }) => entry.entry_id)}::bigint[], ${others.map(({ counting }) => counting)}::text[])
			as other(entry_id, counting)`,
		{ changed: ['counting'], cause: 'counting' }
	);
}
