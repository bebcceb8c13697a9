import type { Kysely } from 'kysely';
import { convert, type Converted, type Rate } from '#lib/money/convert.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { addDays } from '#lib/slice/period.ts';
import type { Currency, Nature } from '#lib/slice/slice.ts';

/** Rates of one series of a publisher by currency, oldest first. */
type Series = Map<string, { validFrom: string; rate: Rate }[]>;

export type RateUse = Converted & { publisher: string; validFrom: string | null };

export type RateQuestion = {
	amount: Decimal;
	currency: string;
	to: Currency;
	publisher: string;
	/** `monthly` or `daily`; null where nobody says: the monthly one, if there is one. */
	series: string | null;
	valueDate: string | null;
};

/** A daily series answers a day with its last rate of the week before. */
const DAILY_REACH_DAYS = 7;

/** The rates that a nature's books convert by: published ones and its own; the latest version of each day or month. */
export class RateBook {
	#series = new Map<string, Series>();

	static async load(db: Kysely<DB>, nature: Nature): Promise<RateBook> {
		const book = new RateBook();
		const rows = await db
			.selectFrom('exchange_rate')
			.selectAll()
			.where('nature', 'in', [...new Set([nature, 'published'])])
			.orderBy('valid_from')
			// Its own rates come after those published, and a later version after an earlier one.
			.orderBy((expression) => expression('nature', '=', nature))
			.orderBy('posting_no')
			.execute();
		for (const row of rows) {
			const name = nameOf(row.publisher, row.series);
			let series = book.#series.get(name);
			if (!series) book.#series.set(name, (series = new Map()));
			let rates = series.get(row.currency);
			if (!rates) series.set(row.currency, (rates = []));
			if (rates.at(-1)?.validFrom === row.valid_from) rates.pop();
			rates.push({
				validFrom: row.valid_from,
				rate: { currency: row.currency, units_per_eur: row.units_per_eur, units_per_usd: row.units_per_usd }
			});
		}
		return book;
	}

	/** Converts by the rate of the value date: its month's, or in a daily series the last of the 7 days before. Null without one. */
	convert({ amount, currency, to, publisher, series, valueDate }: RateQuestion): RateUse | null {
		if (currency === to) return { amount, rate: '1', through: null, publisher, validFrom: null };
		const named = series ?? (this.#series.has(nameOf(publisher, 'monthly')) ? 'monthly' : 'daily');
		const rates = this.#series.get(nameOf(publisher, named));
		if (!rates || valueDate === null) return null;
		const find = named === 'monthly' ? findOfMonth : findOfWeek;
		const booked = find(rates.get(currency) ?? [], valueDate);
		const target = find(rates.get(to) ?? [], valueDate);
		const converted = convert({
			amount,
			currency,
			to,
			rates: { booked: booked?.rate ?? null, target: target?.rate ?? null }
		});
		return converted && { ...converted, publisher, validFrom: (booked ?? target)!.validFrom };
	}
}

function nameOf(publisher: string, series: string): string {
	return JSON.stringify([publisher, series]);
}

function findOfMonth(rates: readonly { validFrom: string; rate: Rate }[], day: string) {
	return rates.find(({ validFrom }) => validFrom.slice(0, 7) === day.slice(0, 7));
}

function findOfWeek(rates: readonly { validFrom: string; rate: Rate }[], day: string) {
	const earliest = addDays(day, -DAILY_REACH_DAYS);
	return rates.findLast(({ validFrom }) => validFrom <= day && validFrom >= earliest);
}
