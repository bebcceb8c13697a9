import { sql, type Kysely } from 'kysely';
import { convert, type Converted, type Rate } from '#lib/money/convert.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { addDays } from '#lib/slice/period.ts';
import type { Currency, Nature } from '#lib/slice/slice.ts';

type DatedRate = { validFrom: string; rate: Rate };

/** Rates of one currency in one series of a publisher: as text until first asked for, then oldest first. Most never are. */
type Dated = { packed: string } | { rates: DatedRate[] };

/** Rates of one series of a publisher by currency. */
type Series = Map<string, Dated>;

/** A rate as it would be posted; units for one euro, one dollar or both. */
export type NewRate = {
	publisher: string;
	series: string;
	currency: string;
	validFrom: string;
	unitsPerEur: Decimal | null;
	unitsPerUsd: Decimal | null;
};

export type RateUse = Converted & { publisher: string; validFrom: string | null };

export type RateQuestion = {
	amount: Decimal;
	currency: string;
	to: Currency;
	publisher: string;
	/** `monthly`, `daily` or `standing`; null where nobody says: the first of these that has a rate. */
	series: string | null;
	valueDate: string | null;
};

/** A daily series answers a day with its last rate of the week before. */
const DAILY_REACH_DAYS = 7;

/**
 * A standing list names every currency anew each month, at most 32 days apart (31 December to 1 February). A rate that
 * is older than this shows that a list is missing.
 */
const STANDING_REACH_DAYS = 35;

/** The longest time for which a rate answers, in days, whatever its series. */
export const LONGEST_REACH_DAYS = STANDING_REACH_DAYS;

const SERIES = ['monthly', 'daily', 'standing'];

/** The rates that a nature's books convert by: published ones and its own; the latest version of each day or month. */
export class RateBook {
	#series = new Map<string, Series>();

	static async load(db: Kysely<DB>, nature: Nature): Promise<RateBook> {
		const book = new RateBook();
		// One text for each currency, put in order when first asked for: a row each, or sorting them all here, takes seconds
		// where a publisher's daily rates of many years are kept.
		const { rows } = await sql<{ publisher: string; series: string; currency: string; packed: string }>`
			select publisher, series, currency::text as currency,
				string_agg(concat_ws('|', valid_from, (nature = ${nature})::integer, posting_no, coalesce(units_per_eur::text, ''),
					coalesce(units_per_usd::text, '')), ' ') as packed
			from exchange_rate where nature in (${nature}, 'published') group by publisher, series, currency`.execute(db);
		for (const { publisher, series, currency, packed } of rows)
			book.#seriesOf(publisher, series).set(currency, { packed });
		return book;
	}

	/** Adds rates over those that are there, as if they were posted now. */
	add(rates: Iterable<NewRate>): void {
		for (const { publisher, series, currency, validFrom, unitsPerEur, unitsPerUsd } of rates) {
			const dated = this.#ratesOf(publisher, series, currency);
			const rate: Rate = { currency, units_per_eur: unitsPerEur, units_per_usd: unitsPerUsd };
			const after = countUpTo(dated, validFrom);
			const known = after > 0 && dated[after - 1]!.validFrom === validFrom;
			dated.splice(known ? after - 1 : after, known ? 1 : 0, { validFrom, rate });
		}
	}

	/**
	 * Converts by the rate of the value date: its month's, in a daily series the last of the 7 days before, in a standing
	 * one the last that is not older than a list can be. Null without one.
	 */
	convert({ amount, currency, to, publisher, series, valueDate }: RateQuestion): RateUse | null {
		if (currency === to) return { amount, rate: '1', through: null, publisher, validFrom: null };
		if (valueDate === null) return null;
		for (const named of series === null ? SERIES : [series]) {
			if (!this.#series.has(nameOf(publisher, named))) continue;
			const find = FINDERS[named] ?? findOfWeek;
			const booked = find(this.#ratesOf(publisher, named, currency), valueDate);
			const target = find(this.#ratesOf(publisher, named, to), valueDate);
			const converted = convert({
				amount,
				currency,
				to,
				rates: { booked: booked?.rate ?? null, target: target?.rate ?? null }
			});
			if (converted) return { ...converted, publisher, validFrom: (booked ?? target)!.validFrom };
		}
		return null;
	}

	#seriesOf(publisher: string, name: string): Series {
		const key = nameOf(publisher, name);
		let series = this.#series.get(key);
		if (!series) this.#series.set(key, (series = new Map()));
		return series;
	}

	#ratesOf(publisher: string, name: string, currency: string): DatedRate[] {
		const series = this.#seriesOf(publisher, name);
		const dated = series.get(currency);
		if (dated && 'rates' in dated) return dated.rates;
		const rates = dated ? unpack(currency, dated.packed) : [];
		series.set(currency, { rates });
		return rates;
	}
}

function nameOf(publisher: string, series: string): string {
	return JSON.stringify([publisher, series]);
}

/** Rates in order of their days. Of one day, those of the nature itself go before published ones, and later versions first. */
function unpack(currency: string, packed: string): DatedRate[] {
	const latest = new Map<string, { own: string; postingNo: number; rate: Rate }>();
	for (const entry of packed.split(' ')) {
		const [validFrom = '', own = '', posting = '', perEur = '', perUsd = ''] = entry.split('|');
		const postingNo = Number.parseInt(posting, 10);
		const there = latest.get(validFrom);
		if (there && (there.own > own || (there.own === own && there.postingNo > postingNo))) continue;
		const rate = { currency, units_per_eur: perEur || null, units_per_usd: perUsd || null };
		latest.set(validFrom, { own, postingNo, rate });
	}
	return [...latest]
		.map(([validFrom, { rate }]) => ({ validFrom, rate }))
		.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
}

const FINDERS: Record<string, (rates: readonly DatedRate[], day: string) => DatedRate | undefined> = {
	monthly: findOfMonth,
	daily: findOfWeek,
	standing: findStanding
};

function findOfMonth(rates: readonly DatedRate[], day: string): DatedRate | undefined {
	const month = day.slice(0, 7);
	const first = rates[countUpTo(rates, `${month}-00`)];
	return first?.validFrom.slice(0, 7) === month ? first : undefined;
}

function findOfWeek(rates: readonly DatedRate[], day: string): DatedRate | undefined {
	return findWithin(rates, day, DAILY_REACH_DAYS);
}

function findStanding(rates: readonly DatedRate[], day: string): DatedRate | undefined {
	return findWithin(rates, day, STANDING_REACH_DAYS);
}

function findWithin(rates: readonly DatedRate[], day: string, days: number): DatedRate | undefined {
	const last = rates[countUpTo(rates, day) - 1];
	return last && last.validFrom >= addDays(day, -days) ? last : undefined;
}

/** How many of the rates, oldest first, are not after a day. */
function countUpTo(rates: readonly DatedRate[], day: string): number {
	let [low, high] = [0, rates.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (rates[middle]!.validFrom <= day) low = middle + 1;
		else high = middle;
	}
	return low;
}
