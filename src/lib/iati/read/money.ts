import { isCurrency } from '#lib/money/currency.ts';
import { parseDecimal, type Decimal } from '#lib/money/decimal.ts';
import { wordsOf, type XmlElement } from '../xml.ts';
import { noteUnlikely, readDay } from './dates.ts';
import { shown } from './notes.ts';
import type { Scope } from './scope.ts';
import { LONGEST_NUMBER } from './values.ts';

export type Money = {
	/** Null with an error: missing, repeated or no decimal. */
	amount: Decimal | null;
	/** ISO 4217; null with an error: nobody names one, or it is none. */
	currency: string | null;
	/** What the currency is counted under: as read, where it is none. Null: nobody names one. */
	countedAs: string | null;
	/** The day whose rate converts it; null where none is stated. */
	valueDate: string | null;
};

/** Digits before the point: a thousand million million of anything is more than anybody has. */
const UNLIKELY = 15;
const UNLIKELY_AMOUNT = /^-?\d{16}/;

/**
 * The one `value` of a transaction, budget or planned disbursement. Its text is an `xsd:decimal`, blanks around allowed,
 * and nothing else is guessed at: a figure that is read wrong is worse than one that is refused.
 */
export function readMoney(values: readonly XmlElement[], owner: XmlElement, scope: Scope): Money {
	const value = values[0];
	if (value === undefined) {
		scope.notes.error('value-missing', owner, 'no value');
		return { amount: null, currency: null, countedAs: null, valueDate: null };
	}
	if (values.length > 1) scope.notes.error('value-repeated', owner, `${values.length} values`);
	const { currency, countedAs } = readCurrency(value, scope);
	return { amount: readAmount(value, scope), currency, countedAs, valueDate: readValueDate(value, scope) };
}

function readAmount(value: XmlElement, { notes }: Scope): Decimal | null {
	const { text } = value;
	if (value.children.length > 0) {
		notes.error('value-unreadable', value, `value: ${shown(wordsOf(value))}`);
		return null;
	}
	const amount = parseDecimal(text);
	if (amount !== null && amount.length <= LONGEST_NUMBER) {
		if (amount.length > UNLIKELY && UNLIKELY_AMOUNT.test(amount)) {
			notes.warn('value-unlikely', value, `value: ${amount}`, 'read with all its digits');
		}
		return amount;
	}
	notes.error(amount === null ? 'value-unreadable' : 'value-out-of-range', value, `value: ${shown(text)}`);
	return null;
}

function readCurrency(value: XmlElement, scope: Scope): Pick<Money, 'currency' | 'countedAs'> {
	const own = value.attributes.currency;
	if (own !== undefined && isCurrency(own)) return { currency: own, countedAs: own };
	const stated = own?.trim() || scope.currency;
	if (stated === null) {
		scope.notes.error('currency-missing', value, 'no currency, and no default-currency');
		return { currency: null, countedAs: null };
	}
	if (own === undefined && isCurrency(stated)) return { currency: stated, countedAs: stated };
	const currency = normalised(stated);
	if (currency === null) {
		scope.notes.error('currency-unknown', value, `currency: ${stated}`, 'currency');
		return { currency, countedAs: shown(stated) };
	}
	if (own === undefined || own.trim() !== '') {
		if (currency !== own) {
			scope.notes.warn(
				'currency-normalised',
				value,
				`currency: ${shown(own ?? stated)}`,
				`read as ${currency}`
			);
		}
	} else scope.notes.warn('currency-empty', value, 'currency is empty', `read as the default, ${currency}`);
	return { currency, countedAs: currency };
}

/** A currency in other letters or with blanks around; null for what is none. */
export function normalised(currency: string): string | null {
	const capitals = currency.trim().toUpperCase();
	return isCurrency(capitals) ? capitals : null;
}

function readValueDate(value: XmlElement, scope: Scope): string | null {
	const stated = value.attributes['value-date'];
	if (stated === undefined || stated.trim() === '') return null;
	const day = readDay(stated);
	if (day === null) {
		scope.notes.warn(
			'date-unreadable',
			value,
			`value-date: ${stated}`,
			'read with the rate of its own date',
			'value-date'
		);
	} else noteUnlikely(day, value, scope);
	return day;
}
