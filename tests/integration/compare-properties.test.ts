import fc from 'fast-check';
import { sql, type Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { subtract } from '#lib/money/decimal.ts';
import { compare } from '#lib/server/intake/compare.ts';
import { isRefusal } from '#lib/server/intake/in-posting.ts';
import type { Preview } from '#lib/server/intake/preview.ts';
import type { IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { undo } from '#lib/server/intake/undo.ts';
import { total } from '#lib/server/ledger/total.ts';
import { addDays } from '#lib/slice/period.ts';
import { accept, type Listed } from '../support/comparing.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anIatiActivity, anIatiTransaction } from '../support/iati-records.ts';
import { reachInstant, stageRecords } from '../support/ledger-factory.ts';
import { plainly, sliceOf, withoutZeros } from '../support/ledger-slices.ts';
import { rebuiltSummary, type SummaryName } from '../support/summary-rebuild.ts';
import { SUMMARIES } from '#lib/server/ledger/summaries.ts';

/** Many postings, each compared, posted, undone and brought back; on a busy machine. */
const LONG = { tags: 'nightly', timeout: 300_000 };
const LIVES = { postgresql: 8, pglite: 4 };

/** One entry of a file, with few values for each field, so that files are much alike. */
const entry = fc.record({
	activity: fc.nat({ max: 2 }),
	reference: fc.constantFrom(null, null, null, 'A', 'B'),
	entryKind: fc.constantFrom<LedgerEntryRecord['entryKind']>('3', '4', 'budget'),
	amount: fc.constantFrom('10', '10.0', '20.25', '-3', '0.1'),
	currency: fc.constantFrom('EUR', 'EUR', 'XOF'),
	day: fc.constantFrom('2017-01-01', '2017-02-01', '2018-01-01'),
	description: fc.constantFrom(null, null, 'text'),
	heading: fc.constantFrom(null, 'staff')
});
/** A file: which activities it has, which of these it states, and its entries in them. */
const file = fc.record({
	stated: fc.boolean(),
	activities: fc.subarray([0, 1, 2], { minLength: 1 }),
	shares: fc.constantFrom('50', '30'),
	entries: fc.array(entry, { minLength: 1, maxLength: 12, size: 'max' })
});
type File = typeof file extends fc.Arbitrary<infer F> ? F : never;
const lives = fc.array(file, { minLength: 3, maxLength: 5, size: 'max' });

describeOnBothEngines('any files, one after the other', (engine, fresh) => {
	let db: Kysely<DB>;
	let day = '2100-01-01';

	beforeAll(async () => {
		({ db } = await fresh());
	});

	function recordsOf(reporter: string, { stated, activities, shares, entries }: File, isFirst: boolean) {
		const named = isFirst ? [0, 1, 2] : activities;
		const key = (activity: number) => `${reporter}-${activity}`;
		const own = entries.filter(({ activity }) => named.includes(activity));
		return named.flatMap((activity): IntakeRecord[] => [
			...(stated || isFirst
				? [
						anIatiActivity(key(activity), reporter, {
							countries: [
								{ country: 'ML', percentage: shares },
								{ country: 'NE', percentage: subtract('100', shares) }
							]
						})
					]
				: []),
			...own
				.filter((entry) => entry.activity === activity)
				.map(({ activity: _, day: on, ...change }) =>
					anIatiTransaction(key(activity), reporter, { ...change, dateFrom: on, dateTo: on })
				)
		]);
	}

	/** What a reporter has in the books, as lines. */
	async function held(reporter: string): Promise<string[]> {
		const { rows } = await sql<{ line: string }>`
			select concat_ws('|', a.key, e.kind, e.voucher, e.date_from, trim_scale(e.amount), e.currency, e.description, e.heading) as line
			from ledger_entry e join organisation o on o.organisation_id = e.reporting_organisation_id join activity a using (activity_id)
			where o.key = ${reporter} and not exists (select from ledger_retirement r where r.entry_id = e.entry_id)`.execute(
			db
		);
		return rows.map(({ line }) => line).sort();
	}

	function linesOf(records: readonly IntakeRecord[]): string[] {
		return records
			.filter((record) => record.kind === 'ledger_entry')
			.map(({ activity, entryKind, reference, dateFrom, amount, currency, description, heading }) =>
				[activity, entryKind, reference, dateFrom, withoutZeros(amount), currency, description, heading]
					.filter((part) => part !== null)
					.join('|')
			)
			.sort();
	}

	const asNew = (changes: readonly Listed[]) =>
		Object.fromEntries(
			changes.filter(({ change }) => change === 'unclear').map(({ changeNo }) => [changeNo, null])
		);
	const spentBy = async (reporter: string, change = {}) => {
		const { rows } = await sql<{
			id: string;
		}>`select organisation_id as id from organisation where key = ${reporter}`.execute(db);
		return plainly(await total(db, sliceOf({ organisation: rows[0]!.id, part: 'reporter', ...change })));
	};
	const after = ({ difference }: Preview) =>
		difference.map(({ kind, currency, after: sum }) => `${kind} ${currency} ${withoutZeros(sum)}`);

	async function sumsOf(reporter: string): Promise<string[]> {
		const { rows } = await sql<{ line: string }>`
			select concat_ws(' ', kind, currency, trim_scale(sum(booked))) as line from ledger_current_month m
			join organisation o on o.organisation_id = m.reporting_organisation_id where o.key = ${reporter}
			group by kind, currency`.execute(db);
		return rows.map(({ line }) => line);
	}

	/** A summary holds what the entries in force make. */
	async function expectSummary(name: SummaryName): Promise<void> {
		const columns = sql.raw(
			'nature::text, project_id::text, kind, counting, state, currency::text, entries::text'
		);
		const { rows: kept } = await sql<object>`
			select ${columns}, trim_scale(booked)::text as booked, trim_scale(eur)::text as eur
			from ${sql.table(`ledger_current_${name}`)} where entries <> 0 order by 1, 2, 3, 4, 5, 6, 7, 8, 9`.execute(
			db
		);
		const { rows: made } = await sql<object>`
			select ${columns}, trim_scale(booked)::text as booked, trim_scale(eur)::text as eur
			from (${rebuiltSummary(name)}) rebuilt order by 1, 2, 3, 4, 5, 6, 7, 8, 9`.execute(db);
		expect(kept, name).toEqual(made);
		expect(kept.length, name).toBeGreaterThan(0);
	}

	test(
		'posting does what the preview says, undoing gives back what was, summaries hold what is in force',
		LONG,
		async () => {
			const drawn = fc.sample(lives, { numRuns: LIVES[engine], seed: 20_190_731 });
			for (const [number, files] of drawn.entries()) {
				const reporter = `XM-${engine}-${number}`;
				const steps: { postingNo: number; before: string[] }[] = [];
				for (const [index, drawnFile] of files.entries()) {
					const records = recordsOf(reporter, drawnFile, index === 0);
					const complete = index % 2 === 1;
					const before = index === 0 ? [] : await held(reporter);
					const spentBefore = index === 0 ? null : await spentBy(reporter);
					const yesterday = day;
					day = addDays(day, 1);
					await reachInstant(db, 'published', `${day}T12:00:00Z`);
					const shown = await accept(db, 'published', records, (_, changes) => ({
						complete,
						pairs: asNew(changes)
					}));
					const { changes, absent } = shown.preview;
					const hint = JSON.stringify({ number, index, complete, changes, absent });

					const { added, changed, unchanged, retired } = shown.posted.counts;
					const contested = complete ? retired - absent.entries : 0;
					expect({ added, changed, unchanged }, hint).toEqual({
						added: changes.added + changes.unclear,
						changed: changes.changed,
						unchanged: changes.unchanged
					});
					if (!complete) expect(retired, hint).toBe(0);
					else expect(contested, hint).toBeGreaterThanOrEqual(0);
					if (changes.unclear === 0) {
						expect(contested, hint).toBe(0);
						if (!complete)
							expect(await sumsOf(reporter), hint).toEqual(expect.arrayContaining(after(shown.preview)));
					}
					if (complete) expect(await held(reporter), hint).toEqual(linesOf(records));

					// The same again changes nothing, unless it could be paired otherwise.
					const again = await compare(db, await stageRecords(db, 'published', records));
					expect(again.changes, hint).toMatchObject({ added: 0, changed: 0, unclear: 0 });

					const undone = await undo(db, 'published', shown.posted.postingNo, 'to see what was');
					expect(isRefusal(undone), hint).toBe(false);
					expect(await held(reporter), hint).toEqual(before);
					if (spentBefore) {
						expect(await spentBy(reporter), hint).toEqual(spentBefore);
						expect(await spentBy(reporter, { asof: yesterday }), hint).toEqual(spentBefore);
					}
					// And undoing that gives it back, so that the next file finds it.
					if (isRefusal(undone)) continue;
					const back = await undo(db, 'published', undone.postingNo, 'and back');
					if (!isRefusal(back)) steps.push({ postingNo: back.postingNo, before });
				}
				expect(steps).toHaveLength(files.length);
				for (const { postingNo, before } of steps.reverse()) {
					const undone = await undo(db, 'published', postingNo, 'all of it');
					expect(isRefusal(undone), JSON.stringify(undone)).toBe(false);
					expect(await held(reporter)).toEqual(before);
					if (number % 2 === 0) continue;
					// Some are left standing, for the summaries to hold something.
					await undo(db, 'published', 'postingNo' in undone ? undone.postingNo : 0, 'stays');
					break;
				}
			}
			for (const { name } of SUMMARIES) await expectSummary(name as SummaryName);
		}
	);
});
