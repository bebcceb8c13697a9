import { sql, type Kysely } from 'kysely';
import { compare, type Decimal } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { LONGEST_REACH_DAYS, type RateBook } from '#lib/server/ledger/rates.ts';
import { addDays } from '#lib/slice/period.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { DEFAULT_PUBLISHER } from './entry-rows.ts';

/** An entry's euro and dollar amounts with the rates they were made by; null without a rate. */
export type Conversion = {
	eur: { amount: Decimal; rate: Decimal } | null;
	usd: { amount: Decimal; rate: Decimal } | null;
	publisher: string | null;
	validFrom: string | null;
};

/** An entry in force that new rates convert otherwise. */
export type Reconversion = {
	reporterId: string;
	entryId: string;
	currency: string;
	amount: Decimal;
	before: Conversion;
	after: Conversion;
};

/** Which entries a publisher's new rates can concern: value dates, and booked currencies unless a base itself changed. */
export type Reach = { publisher: string; from: string; to: string; currencies: string[]; crosses: boolean };

const BATCH = 5000;

/** What rates reach, one for each publisher. */
export function reachOf(
	rates: Iterable<{ publisher: string; currency: string; validFrom: string }>
): Reach[] {
	const reaches = new Map<string, Reach & { known: Set<string> }>();
	for (const { publisher, currency, validFrom } of rates) {
		// A month's rate answers also the days of the month before it.
		const from = `${validFrom.slice(0, 7)}-01`;
		const to = addDays(validFrom, LONGEST_REACH_DAYS);
		let reach = reaches.get(publisher);
		if (!reach) {
			reach = { publisher, from, to, currencies: [], crosses: false, known: new Set() };
			reaches.set(publisher, reach);
		}
		if (from < reach.from) reach.from = from;
		if (to > reach.to) reach.to = to;
		reach.known.add(currency);
		reach.crosses ||= currency === 'EUR' || currency === 'USD';
	}
	return [...reaches.values()].map(({ known, ...reach }) => ({ ...reach, currencies: [...known] }));
}

type Row = {
	reporterId: string;
	entryId: string;
	amount: Decimal;
	currency: string;
	valueDate: string;
	amountEur: Decimal | null;
	amountUsd: Decimal | null;
	ratePublisher: string | null;
	rateDate: string | null;
	rateEur: Decimal | null;
	rateUsd: Decimal | null;
	publisher: string;
	/** Whose rates convert it where neither it nor an earlier conversion says. */
	usual: string;
	series: string | null;
};

/**
 * The entries in force that a book converts otherwise than they are, in batches. An entry is asked for by the publisher
 * that converted it or that it names, else by its agreement's, else by the usual one. What the book has no rate for any
 * more, because a list was posted anew without it, is converted no more.
 * @param before leaves out what this posting and later ones added
 */
export async function* listReconversions(
	db: Kysely<DB>,
	nature: Nature,
	book: RateBook,
	reach: readonly Reach[],
	before?: number
): AsyncGenerator<Reconversion[]> {
	if (reach.length === 0) return;
	let after = { reporterId: '0', entryId: '0' };
	for (;;) {
		const rows: Row[] = await readCandidates(db, nature, reach, before, after);
		if (rows.length === 0) return;
		const changed = rows.flatMap((row) => {
			const conversion = reconversionOf(row, book);
			return conversion === null ? [] : [conversion];
		});
		if (changed.length > 0) yield changed;
		after = rows.at(-1)!;
	}
}

function reconversionOf(row: Row, book: RateBook): Reconversion | null {
	const { reporterId, entryId, amount, currency, valueDate, publisher, series } = row;
	const was: Conversion = {
		eur: row.amountEur === null ? null : { amount: row.amountEur, rate: row.rateEur ?? '1' },
		usd: row.amountUsd === null ? null : { amount: row.amountUsd, rate: row.rateUsd ?? '1' },
		publisher: row.ratePublisher,
		validFrom: row.rateDate
	};
	const ask = (to: 'EUR' | 'USD') => book.convert({ amount, currency, to, publisher, series, valueDate });
	const [eur, usd] = [ask('EUR'), ask('USD')];
	const used = [eur, usd].find((use) => use !== null && use.validFrom !== null);
	const now: Conversion = {
		eur,
		usd,
		publisher: used?.publisher ?? (was.publisher === row.usual ? null : was.publisher),
		validFrom: used?.validFrom ?? null
	};
	if (isSame(now.eur, was.eur) && isSame(now.usd, was.usd)) return null;
	return { reporterId, entryId, currency, amount, before: was, after: now };
}

function isSame(one: Conversion['eur'], other: Conversion['eur']): boolean {
	if (one === null || other === null) return one === other;
	return compare(one.amount, other.amount) === 0 && compare(one.rate, other.rate) === 0;
}

async function readCandidates(
	db: Kysely<DB>,
	nature: Nature,
	reach: readonly Reach[],
	before: number | undefined,
	after: { reporterId: string; entryId: string }
): Promise<Row[]> {
	const { rows } = await sql<Row>`
		with reach as materialized (
			select * from json_to_recordset(${JSON.stringify(reach)}::json)
				as r(publisher text, "from" date, "to" date, currencies text[], crosses boolean)
		), terms as materialized (
			select distinct on (agreement_id) agreement_id, rate_publisher, rate_series from agreement_version
			where nature = ${nature} order by agreement_id, posting_no desc
		)
		select e.reporting_organisation_id as "reporterId", e.entry_id as "entryId", e.amount, e.currency::text as currency,
			e.value_date as "valueDate", e.amount_eur as "amountEur", e.amount_usd as "amountUsd",
			e.rate_publisher as "ratePublisher", e.rate_date as "rateDate", e.rate_eur as "rateEur", e.rate_usd as "rateUsd",
			reach.publisher, coalesce(terms.rate_publisher, ${DEFAULT_PUBLISHER}) as usual,
			case when reach.publisher = terms.rate_publisher then terms.rate_series end as series
		from ledger_entry e left join terms using (agreement_id)
		join reach on reach.publisher = coalesce(e.rate_publisher, terms.rate_publisher, ${DEFAULT_PUBLISHER})
			and e.value_date between reach."from" and reach."to"
			and (reach.crosses or e.currency::text = any(reach.currencies))
		where e.nature = ${nature} and ${before === undefined ? sql`true` : sql`e.added_by < ${before}::integer`}
			and (e.reporting_organisation_id, e.entry_id) > (${after.reporterId}::bigint, ${after.entryId}::bigint)
			and not exists (select from ledger_retirement r
				where r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id)
		order by e.reporting_organisation_id, e.entry_id limit ${BATCH}`.execute(db);
	return rows;
}
