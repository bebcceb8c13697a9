import { sql } from 'kysely';
import type { Database } from '#lib/server/database/open.ts';
import { listActivities, type ActivityFilter } from '#lib/server/facts/activities.ts';
import { resolveFactsAt } from '#lib/server/facts/posting.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { rows } from '#lib/server/ledger/rows.ts';
import type { Way } from '#lib/server/ledger/sum-rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { percentile, type Line } from './report.ts';

const ALL = defaultSlice('all');
const MEASURES = ['received', 'committed', 'spent', 'budget'] as const;
const COUNTRIES = ['BY', 'BR', 'CO', 'EG', 'KG', 'LA', 'ML', 'MA', 'NP', 'NE', 'PK', 'ZA', 'UA'];
const ROUNDS = 40;
const RAW_ROUNDS = 2;
const PAGE_ROWS = 50;

/** A question of a page, asked anew in every round with other days and countries. */
type Query = { name: string; aim: number; ask: (slice: Slice, round: number, way?: Way) => Promise<unknown> };

function summaryQueries({ db }: Database, aim: number): Query[] {
	return [
		{
			name: 'overview totals (4 measures)',
			aim,
			ask: (slice, _round, way) =>
				Promise.all(MEASURES.map((measure) => total(db, { ...slice, measure }, way)))
		},
		{ name: 'by country', aim, ask: (slice, _round, way) => breakdown(db, slice, ['country'], way) },
		{ name: 'by quarter', aim, ask: (slice, _round, way) => breakdown(db, slice, ['quarter'], way) },
		{ name: 'by organisation', aim, ask: (slice, _round, way) => breakdown(db, slice, ['provider'], way) },
		{
			name: 'one country, one year',
			aim,
			ask: (slice, round, way) =>
				total(
					db,
					{
						...slice,
						country: COUNTRIES[round % COUNTRIES.length]!,
						from: `${2015 + (round % 5)}-01-01`,
						to: `${2015 + (round % 5)}-12-31`
					},
					way
				)
		}
	];
}

/** A day on which a few hundred postings were known, another in every round. */
function dayOf(round: number): string {
	return `${2017 + (round % 6)}-${String(1 + (round % 12)).padStart(2, '0')}-15`;
}

/** Every aim of the issue, measured on one filled database: `aims` in milliseconds at the 95th percentile. */
export async function measureQueries(
	database: Database,
	label: string,
	aims: { current: number; asof: number; rows: number; search: number }
): Promise<Line[]> {
	const lines: Line[] = [];
	const measure = async (
		name: string,
		aim: number | null,
		rounds: number,
		ask: (round: number) => Promise<unknown>
	) => {
		const times: number[] = [];
		if (rounds > RAW_ROUNDS) await ask(0);
		for (let round = 0; round < rounds; round++) {
			const start = performance.now();
			await ask(round);
			times.push(performance.now() - start);
		}
		lines.push({ where: label, name, p50: percentile(times, 50), p95: percentile(times, 95), aim });
	};
	const { db } = database;
	await measure('floor: select 1', null, ROUNDS, () => sql`select 1`.execute(db));
	for (const { name, ask } of summaryQueries(database, aims.current)) {
		await measure(name, aims.current, ROUNDS, (round) => ask(ALL, round));
		await measure(`${name}, as of a day`, aims.asof, ROUNDS, (round) =>
			ask({ ...ALL, asof: dayOf(round) }, round)
		);
		await measure(`${name}, raw ledger (comparison)`, null, RAW_ROUNDS, (round) =>
			ask(ALL, round, 'entries')
		);
	}
	await measure('rows, first page', aims.rows, ROUNDS, () =>
		rows(db, ALL, { after: null, limit: PAGE_ROWS })
	);
	const deep = await cursorOfPage(database, 1000);
	await measure('rows, 1000th page', aims.rows, ROUNDS, () =>
		rows(db, ALL, { after: deep, limit: PAGE_ROWS })
	);
	await measure('rows of one country, first page', aims.rows, ROUNDS, (round) =>
		rows(db, { ...ALL, country: COUNTRIES[round % COUNTRIES.length]! }, { after: null, limit: PAGE_ROWS })
	);
	const at = await resolveFactsAt(db, null);
	const words = ['prosecutors', 'legislation', 'hotline victims', 'conferense', 'data borders', 'police 3e8'];
	await measure('search in 20 000 titles', aims.search, ROUNDS, (round) =>
		listActivities(
			db,
			at!,
			{ ...NO_FILTER, text: words[round % words.length]! },
			{ order: 'match', after: null, limit: PAGE_ROWS }
		)
	);
	return lines;
}

const NO_FILTER: ActivityFilter = {
	portfolio: 'all',
	project: null,
	country: null,
	objective: null,
	type: null,
	organisation: null,
	role: null,
	from: null,
	to: null,
	text: null
};

/** Where the page after `page - 1` pages begins, found without walking them all. */
async function cursorOfPage({ db }: Database, page: number): Promise<string> {
	const { rows: found } = await sql<{ cursor: string }>`
		select sort_date || '~' || reporting_organisation_id || '~' || entry_id as cursor from ledger_entry
		where nature = 'published' and kind in ('3', '4') order by sort_date, reporting_organisation_id, entry_id
		offset ${(page - 1) * PAGE_ROWS - 1}::integer limit 1`.execute(db);
	return found[0]!.cursor;
}
