import { m } from '#lib/paraglide/messages.js';
import type { Question } from '#lib/server/answer.ts';
import { labelsOf, namesOf } from '#lib/server/facts/names.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { EVIDENCE_LIMIT, readEvidence } from '#lib/server/ledger/evidence.ts';
import { CursorError, rows, type LedgerRow } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import { addressOf, type Site } from '#lib/server/outlet/extract.ts';
import { groupName } from '#lib/server/page/groups.ts';
import { refuse } from '#lib/server/page/refuse.ts';
import { SLICE_FIELDS } from '#lib/slice/codec.ts';
import { entryName } from '#lib/slice/entry-name.ts';
import { narrowBy } from '#lib/slice/narrow.ts';
import type { Dimension, Slice, Sum } from '#lib/slice/slice.ts';
import { describeSlice } from '#lib/slice/words.ts';
import type { EntryColumnName } from '#lib/words/entry-column.ts';
import { endpoint, rowsOf } from './endpoint.ts';
import { ApiRefusal } from './refusal.ts';

/*
 * What is asked of the ledger: the figure of a slice, its parts, its rows and its rates. All of it is what the pages show:
 * `total`, `breakdown`, `rows` and the evidence of a proof.
 */

const ALL = { slice: SLICE_FIELDS, view: ['demonstration'] } as const;

export const totals = endpoint({
	...ALL,
	name: 'totals',
	summary: m.api_endpoint_totals,
	fields: [],
	examples: ['', 'nature=demonstration&country=ML', 'nature=demonstration&measure=received&asof=2017-06-30'],
	async read(question, site) {
		const { db, slice } = question;
		const sum = await total(db, slice);
		return {
			...(await aboutSlice(question, site)),
			data: {
				...sumOf(sum, slice),
				not_counted: sum.notCounted.map(({ reason, ...left }) => ({
					counting: reason,
					...sumOf(left, slice)
				})),
				proof: addressOf('/proof', slice, site),
				rows: addressOf('/transactions', slice, site)
			}
		};
	}
});

const PLACE = /^g([1-9][0-9]{0,7})$/;

export const breakdowns = endpoint({
	slice: SLICE_FIELDS,
	view: ['after', 'demonstration'],
	name: 'breakdowns',
	summary: m.api_endpoint_breakdowns,
	fields: ['by', 'limit'],
	required: 'by',
	examples: ['by=country&nature=demonstration', 'by=year,heading&nature=demonstration&country=ML', 'by=kind'],
	async read(question, site) {
		const { db, slice, view, fields } = question;
		const by = fields.by ?? refuse('by', '', 'empty');
		const from = startOf(view.after);
		const all = await breakdown(db, slice, by);
		const shown = all.slice(from, from + rowsOf(fields));
		if (from > 0 && shown.length === 0) throw new CursorError(`${view.after} is no place in the list`);
		const names = await Promise.all(
			by.map((dimension, index) =>
				labelsOf(
					db,
					dimension,
					shown.map(({ keys }) => keys[index] ?? null)
				)
			)
		);
		const end = from + shown.length;
		return {
			...(await aboutSlice(question, site)),
			next: end < all.length ? `g${end}` : null,
			data: shown.map(({ keys, ...sum }) => {
				const part = narrowed(slice, by, keys);
				return {
					keys: by.map((dimension, index) => {
						const key = keys[index] ?? null;
						return { dimension, key, label: groupName(dimension, key, names[index]!) };
					}),
					...sumOf(sum, slice),
					proof: part && addressOf('/proof', part, site),
					rows: part && addressOf('/transactions', part, site)
				};
			})
		};
	}
});

export const ledgerRows = endpoint({
	slice: SLICE_FIELDS,
	view: ['after', 'demonstration'],
	name: 'rows',
	limited: true,
	summary: m.api_endpoint_rows,
	fields: ['limit'],
	examples: [
		'limit=3',
		'nature=demonstration&limit=3',
		'nature=demonstration&country=ML&from=2017-01-01&to=2017-12-31'
	],
	async read(question, site) {
		const { db, slice, view, fields } = question;
		const page = await rows(db, slice, { after: view.after, limit: rowsOf(fields) });
		return {
			...(await aboutSlice(question, site)),
			next: page.next,
			data: page.rows.map((row) => ({
				...columnsOf(row, slice),
				proof: `${site.origin}/transactions/${entryName(row)}`
			}))
		};
	}
});

export const rates = endpoint({
	...ALL,
	name: 'rates',
	summary: m.api_endpoint_rates,
	fields: [],
	examples: ['nature=demonstration', ''],
	async read(question, site) {
		const { db, slice } = question;
		const { entries } = await total(db, slice);
		if (entries > EVIDENCE_LIMIT) {
			throw new ApiRefusal(400, {
				code: 'too_many_entries',
				message: m.api_refusal_too_many_entries({ limit: EVIDENCE_LIMIT }),
				what_to_do: m.api_do_download({ address: addressOf('/transactions.json', slice, site) })
			});
		}
		const found = await readEvidence(db, slice);
		return {
			...(await aboutSlice(question, site)),
			data: found.rates.map((rate) => ({
				rate_publisher: rate.publisher,
				currency: rate.currency,
				rate_date: rate.rate_date,
				units_per_eur: rate.rate_eur,
				units_per_usd: rate.rate_usd,
				entries: rate.entries
			}))
		};
	}
});

async function aboutSlice({ db, slice }: Pick<Question<never>, 'db' | 'slice'>, { portfolio }: Site) {
	return {
		words: describeSlice(slice, await namesOf(db, slice)),
		page: addressOf('/transactions', slice, { origin: '', portfolio })
	};
}

function sumOf({ amount, entries, unconverted }: Sum, { currency }: Slice) {
	return { amount, currency, entries, unconverted };
}

function startOf(after: string | null): number {
	if (after === null) return 0;
	const match = PLACE.exec(after);
	if (!match) throw new CursorError(`${after} is no place in the list`);
	return Number.parseInt(match[1]!, 10);
}

/** The slice that a part opens as; null where a slice has no field left for one of its keys. */
function narrowed(slice: Slice, by: readonly Dimension[], keys: readonly (string | null)[]): Slice | null {
	return by.reduce<Slice | null>(
		(part, dimension, index) => part && narrowBy(part, dimension, keys[index] ?? null),
		slice
	);
}

/** A row by the names of the columns of a download, whose values are the same. */
function columnsOf(row: LedgerRow, { currency }: Slice): Record<EntryColumnName, string | null> {
	return {
		nature: row.nature,
		date_from: row.date_from,
		date_to: row.date_to,
		date_precision: row.date_precision,
		kind: row.kind,
		counting: row.counting,
		basis: row.basis,
		state: row.state,
		amount_in_slice: row.amount_in_slice,
		slice_currency: currency,
		booked_in_slice: row.booked_in_slice,
		amount: row.amount,
		currency: row.currency,
		amount_eur: row.amount_eur,
		amount_usd: row.amount_usd,
		rate_publisher: row.rate_publisher,
		rate_date: row.rate_date,
		units_per_eur: row.rate_eur,
		units_per_usd: row.rate_usd,
		country_basis: row.country_basis,
		country_key: row.country_key,
		reporter: row.reporter,
		provider: row.provider,
		provider_activity: row.provider_activity,
		receiver: row.receiver,
		receiver_activity: row.receiver_activity,
		project: row.project_key,
		activity: row.activity_key,
		agreement: row.agreement_key,
		heading: row.heading,
		objective: row.objective_key,
		description: row.description,
		reference: row.voucher,
		source_file: row.source_name,
		source_sha256: row.source_sha256,
		source_place: row.place,
		posting: String(row.added_by),
		entry: entryName(row)
	};
}
