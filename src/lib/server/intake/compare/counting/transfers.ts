import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Kind } from '#lib/slice/slice.ts';
import type { Directory } from '../../directory.ts';
import type { KindSum } from '../../preview.ts';
import { isInForce } from '../book-entries.ts';
import { organisationNumber, readOrganisationKeys, type FileScope } from '../scope.ts';
import { KindSums } from '../sums.ts';
import { ANY, type CountingProposal, type StandingRules } from './standing-rules.ts';

/** What the other side calls a movement: a disbursement is incoming funds there, a commitment an incoming one. */
const MIRROR: Partial<Record<Kind, Kind>> = { '3': '1', '1': '3', '2': '11', '11': '2' };
const INCOMING: readonly Kind[] = ['1', '11'];
/** The two sides book one movement at most so many days apart. */
const DAYS = 31;

/** One side of money between two organisations that both report. By number where the books know them. */
type Side = { reporter: string; kind: Kind; counterpart: string };
type Seen = Side & { activity: string; fromFile: boolean };

/**
 * Money from one organisation to another that both report stands in the books twice, as what one gave and the other
 * received, and is then spent by the other. Where a movement of the file (kind, counterpart, currency, amount, date up to
 * 31 days apart) is also reported by its other side, in the file or the books, both sides are proposed as internal
 * transfers: each reporter's movements of that kind with that counterpart, in the activities where one was found.
 */
export async function proposeTransfers(
	db: Kysely<DB>,
	directory: Directory,
	scope: FileScope,
	standing: StandingRules
): Promise<CountingProposal[]> {
	const numbers = await readCounterparts(db, directory, scope);
	if (numbers === null) return [];
	const seen = [...(await findInBooks(db, scope, numbers)), ...(await findInFile(db, scope, numbers))];
	const sides = Map.groupBy(seen, ({ reporter, kind, counterpart }) =>
		JSON.stringify([reporter, kind, counterpart])
	);
	const keys = await readOrganisationKeys(db, [...numbers.values()].filter(isNumber));
	const names = new Map([...numbers].map(([raw, id]) => [id, keys.get(id) ?? raw]));
	const proposals: CountingProposal[] = [];
	for (const found of sides.values()) {
		const { reporter, kind, counterpart } = found[0]!;
		const name = { reporter: names.get(reporter)!, counterpart: names.get(counterpart)! };
		const key = `transfer:${name.reporter}:${kind}:${name.counterpart}`;
		const activities = [...new Set(found.map(({ activity }) => activity))].sort();
		const spans = activities.map((activity) => ({ activity, from: null, to: null }));
		const next = standing.next(key, spans, () => false);
		if (next === null) continue;
		const sums = await sumSide(db, scope, numbers, found[0]!, activities);
		const isIncoming = INCOMING.includes(kind);
		proposals.push({
			what: 'counting',
			key,
			counting: 'internal_transfer',
			reason: isIncoming
				? `${name.counterpart} reports in these books what it gave: money within them, not money from outside.`
				: `${name.reporter} gave it to ${name.counterpart}, which reports here what it received and does with it.`,
			reporter: name.reporter,
			match: {
				...ANY,
				entryKind: kind,
				[isIncoming ? 'provider' : 'receiver']: name.counterpart,
				activities: next
			},
			entries: sums.reduce((entries, { count }) => entries + count, 0),
			sums,
			certain: false
		});
	}
	return proposals.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A number of the books; organisations that are new go by another name. */
const isNumber = (number: string) => /^\d+$/.test(number);

const counterpartOf = sql.raw(
	`case when record->>'entryKind' in ('1', '11') then record->>'provider' else record->>'receiver' end`
);

/** The numbers of the file's reporters and of those counterparts that report too, by key; null where there are none. */
async function readCounterparts(
	db: Kysely<DB>,
	directory: Directory,
	{ importId, nature }: FileScope
): Promise<Map<string, string> | null> {
	const { rows } = await sql<{ reporter: string; counterpart: string | null }>`
		select distinct record->>'reporter' as reporter,
			case when record->>'entryKind' in ('1', '2', '3', '11') then ${counterpartOf} end as counterpart
		from staged_record where import_id = ${importId}::bigint and kind = 'ledger_entry'`.execute(db);
	const inBooks = await sql<{ id: string }>`
		select distinct reporting_organisation_id as id from ledger_current_month
		where nature = ${nature} and entries <> 0`.execute(db);
	const numberOf = (key: string) => organisationNumber(directory, key);
	const reporting = new Set([
		...rows.map(({ reporter }) => numberOf(reporter)),
		...inBooks.rows.map(({ id }) => id)
	]);
	const numbers = new Map<string, string>();
	let any = false;
	for (const { reporter, counterpart } of rows) {
		if (counterpart === null) continue;
		const [own, other] = [numberOf(reporter), numberOf(counterpart)];
		if (own === other || !reporting.has(other)) continue;
		numbers.set(reporter, own).set(counterpart, other);
		any = true;
	}
	return any ? numbers : null;
}

function tableOf(numbers: ReadonlyMap<string, string>): RawBuilder<unknown> {
	const mirrors = Object.entries(MIRROR).map(([kind, mirror]) => ({ kind, mirror }));
	const ids = [...numbers.values()].map((number) => (isNumber(number) ? number : null));
	return sql`organisation as materialized (
			select * from unnest(${[...numbers.keys()]}::text[], ${[...numbers.values()]}::text[], ${ids}::bigint[])
				as organisation(key, number, id)
		), mirror as materialized (
			select * from json_to_recordset(${JSON.stringify(mirrors)}::json) as mirror(kind text, mirror text)
		)`;
}

/** Staged movements between organisations that report, as `name`. */
function stagedSides(name: string, { importId }: FileScope): RawBuilder<unknown> {
	return sql`${sql.raw(name)} as materialized (
			select reporter.number as reporter, reporter.id as reporter_id, record->>'entryKind' as kind, mirror.mirror,
				counterpart.number as counterpart, counterpart.id as counterpart_id,
				record->>'activity' as activity, record->>'currency' as currency, (record->>'amount')::numeric as amount,
				(record->>'dateFrom')::date as day
			from staged_record join mirror on mirror.kind = record->>'entryKind'
			join organisation reporter on reporter.key = record->>'reporter'
			join organisation counterpart on counterpart.key = ${counterpartOf}
			where import_id = ${importId}::bigint and staged_record.kind = 'ledger_entry' and reporter.number <> counterpart.number
				and record->>'dateFrom' is not null
		)`;
}

async function findInBooks(
	db: Kysely<DB>,
	scope: FileScope,
	numbers: ReadonlyMap<string, string>
): Promise<Seen[]> {
	type Pair = Side & { mirror: Kind; activity: string; other: string };
	// Apart, so that each is asked for by its index.
	const ways = [
		{ kinds: ['2', '3'], column: sql.ref('e.provider_id') },
		{ kinds: ['1', '11'], column: sql.ref('e.receiver_id') }
	];
	const seen: Seen[] = [];
	for (const { kinds, column } of ways) {
		const { rows } = await sql<Pair>`
			with ${tableOf(numbers)}, ${stagedSides('own', scope)}
			select distinct own.reporter, own.kind, own.mirror, own.counterpart, own.activity, activity.key as other
			from own join ledger_entry e on ${column} = own.reporter_id and e.reporting_organisation_id = own.counterpart_id
				and e.nature = ${scope.nature} and e.kind = own.mirror and e.currency = own.currency and e.amount = own.amount
				and e.date_from between own.day - ${DAYS}::integer and own.day + ${DAYS}::integer and ${isInForce}
			join activity on activity.activity_id = e.activity_id
			where own.kind = any(${kinds}::text[])`.execute(db);
		for (const { reporter, kind, mirror, counterpart, activity, other } of rows) {
			seen.push({ reporter, kind, counterpart, activity, fromFile: true });
			seen.push({
				reporter: counterpart,
				kind: mirror,
				counterpart: reporter,
				activity: other,
				fromFile: false
			});
		}
	}
	return seen;
}

async function findInFile(
	db: Kysely<DB>,
	scope: FileScope,
	numbers: ReadonlyMap<string, string>
): Promise<Seen[]> {
	const { rows } = await sql<Side & { activity: string }>`
		with ${tableOf(numbers)}, ${stagedSides('own', scope)}
		select distinct own.reporter, own.kind, own.counterpart, own.activity
		from own join own other on other.reporter = own.counterpart and other.counterpart = own.reporter
			and other.kind = own.mirror and other.currency = own.currency and other.amount = own.amount
			and other.day between own.day - ${DAYS}::integer and own.day + ${DAYS}::integer`.execute(db);
	return rows.map((row) => ({ ...row, fromFile: true }));
}

/** What a rule on one side would leave out, of the file where that side is in it, else of the books. */
async function sumSide(
	db: Kysely<DB>,
	scope: FileScope,
	numbers: ReadonlyMap<string, string>,
	{ reporter, kind, counterpart, fromFile }: Seen,
	activities: readonly string[]
): Promise<KindSum[]> {
	const sums = new KindSums();
	const { rows } = fromFile
		? await sql<KindSum>`
			with ${tableOf(numbers)}, ${stagedSides('own', scope)}
			select kind, currency, count(*)::integer as count, sum(amount)::text as sum from own
			where reporter = ${reporter} and kind = ${kind} and counterpart = ${counterpart} and activity = any(${activities}::text[])
			group by 1, 2`.execute(db)
		: await sql<KindSum>`
			select e.kind, e.currency::text as currency, count(*)::integer as count, sum(e.amount)::text as sum
			from activity join ledger_entry e using (activity_id)
			where activity.nature = ${scope.nature} and activity.key = any(${activities}::text[]) and e.nature = ${scope.nature}
				and e.reporting_organisation_id = ${reporter}::bigint and e.kind = ${kind}
				and ${sql.raw(INCOMING.includes(kind) ? 'e.provider_id' : 'e.receiver_id')} = ${counterpart}::bigint and ${isInForce}
			group by 1, 2`.execute(db);
	for (const row of rows) sums.add(row);
	return sums.list();
}
