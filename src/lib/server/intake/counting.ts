import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Counting, Nature } from '#lib/slice/slice.ts';
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

/**
 * Applies the rules in force to entries already in the books: each that now counts otherwise is retired and added again,
 * with the cause `counting`. Only reporters with a rule of this posting can be affected. Returns how many changed.
 */
export async function recount(context: Pick<PostingContext, 'db' | 'nature' | 'postingNo'>): Promise<number> {
	const { db, nature, postingNo } = context;
	const news = await db
		.selectFrom('counting_rule')
		.select('key')
		.where('nature', '=', nature)
		.where('posting_no', '=', postingNo)
		.execute();
	if (news.length === 0) return 0;
	const rules = await listCountingRules(db, nature);
	const spans = rules.flatMap(({ place, activities }) =>
		[...(activities ?? [])].flatMap(([activityId, own]) =>
			own.map((span) => ({ place, activityId, ...span }))
		)
	);
	const flat = rules.map(({ activities, ...rule }) => ({ ...rule, everywhere: activities === null }));
	const isMatched = sql`rule."reporterId" = e.reporting_organisation_id
		and (rule.kind is null or rule.kind = e.kind) and ("projectId" is null or "projectId" = e.project_id)
		and ("providerId" is null or "providerId" = e.provider_id)
		and ("receiverId" is null or "receiverId" = e.receiver_id)
		and ("agreementId" is null or "agreementId" = e.agreement_id)
		and ("budgetVersion" is null or "budgetVersion" = e.budget_version)
		and (rule.currency is null or rule.currency = e.currency)
		and (rule."from" is null or e.date_from >= rule."from") and (rule."to" is null or e.date_to <= rule."to")`;
	return copyEntries(
		context,
		sql`
		with rule as materialized (
			select * from json_to_recordset(${JSON.stringify(flat)}::json) as rule(
				place integer, "reporterId" bigint, counting text, kind text, "projectId" bigint, "providerId" bigint, "receiverId" bigint,
				"agreementId" bigint, "budgetVersion" text, currency text, "from" date, "to" date, everywhere boolean)
		), span as materialized (
			select * from json_to_recordset(${JSON.stringify(spans)}::json)
				as span(place integer, "activityId" bigint, "from" date, "to" date)
		), e as materialized (
			select reporting_organisation_id, entry_id, activity_id, counting, kind, project_id, provider_id, receiver_id, agreement_id,
				budget_version, currency, date_from, date_to
			from ledger_entry
			where nature = ${nature}
				-- also those of which an earlier version of a rule spoke
				and reporting_organisation_id in (select reporting_organisation_id from counting_rule
					where nature = ${nature} and key = any(${news.map(({ key }) => key)}::text[]))
				and not exists (select from ledger_retirement r
					where r.reporting_organisation_id = ledger_entry.reporting_organisation_id and r.entry_id = ledger_entry.entry_id)
		), ruled as (
			select entry_id, max(place) as place from (
				select e.entry_id, rule.place from e join rule on rule.everywhere and ${isMatched}
				union all
				select e.entry_id, rule.place from e join span on span."activityId" = e.activity_id
				join rule on rule.place = span.place and ${isMatched}
				where (span."from" is null or e.date_from >= span."from") and (span."to" is null or e.date_to <= span."to")
			) matched group by entry_id
		)
		select e.reporting_organisation_id, e.entry_id, e.entry_id as retires, coalesce(rule.counting, 'counted') as counting
		from e left join ruled using (entry_id) left join rule using (place)
		where e.counting <> coalesce(rule.counting, 'counted')`,
		{ changed: ['counting'], cause: 'counting' }
	);
}
