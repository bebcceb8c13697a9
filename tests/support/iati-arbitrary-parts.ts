import fc from 'fast-check';
import { codesOf } from '#lib/iati/code-lists.ts';
import { spanOf } from '#lib/iati/read/dates.ts';
import { CURRENCY_CODES } from '#lib/money/currency.ts';
import {
	organisationKey,
	type CodeShare,
	type IatiIndicator,
	type IatiOrganisationRecord,
	type IndicatorValue
} from '#lib/server/intake/record.ts';

/* Parts of which any valid activity can be made. */

export const PLACE = '';

/** Any text that XML can hold, with something in it, and no blanks at its ends. */
export const text = fc
	.string({
		unit: fc.oneof(
			fc.constantFrom(...'&<>"\' \n\t;#x1.,/[]{}-'),
			fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })
		),
		minLength: 1,
		maxLength: 12
	})
	.map((raw) => raw.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '?').trim())
	.filter((one) => one !== '');
export const language = fc.constantFrom('en', 'fr', 'es', 'ar', 'pt-br');
export const texts = fc.dictionary(language, text, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
export const maybeTexts = fc.option(texts);
export const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 1 });
export const flag = fc.option(fc.boolean());

const digits = fc.bigInt({ min: 0n, max: 10n ** 14n });
/** As written: zeros at the end of a fraction stay. */
const unsigned = fc
	.tuple(digits, fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 6 }))
	.map(([whole, fraction]) => (fraction === '' ? String(whole) : `${whole}.${fraction}`));
export const amount = fc
	.tuple(fc.boolean(), unsigned)
	.map(([negative, size]) => (negative && /[1-9]/.test(size) ? `-${size}` : size));
export const percentage = maybe(
	fc.integer({ min: 0, max: 1000 }).map((tenths) => `${Math.trunc(tenths / 10)}.${tenths % 10}`)
);
export const currency = fc.constantFrom(...CURRENCY_CODES);

export const day = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
export const period = fc.tuple(day, day).map(([a, b]) => {
	const { from, to, precision } = spanOf(a < b ? a : b, a < b ? b : a);
	return { dateFrom: from, dateTo: to, datePrecision: precision };
});

export const country = fc.constantFrom(...codesOf('Country'));
export const region = fc.constantFrom(...codesOf('Region'));
export const dacSector = fc.constantFrom(...codesOf('Sector').filter((code) => code.length === 5));
export const listed = (list: Parameters<typeof codesOf>[0]) => maybe(fc.constantFrom(...codesOf(list)));

export const vocabularyCode = (list: fc.Arbitrary<string>) =>
	fc.oneof(
		list.map((code) => ({ vocabulary: '1', code, text: null })),
		fc.record({ vocabulary: fc.constantFrom('98', '99', '7'), code: text, text: maybeTexts })
	);
export const share = (list: fc.Arbitrary<string>): fc.Arbitrary<CodeShare> =>
	fc.tuple(vocabularyCode(list), percentage).map(([code, part]) => ({ ...code, percentage: part }));

export const organisation: fc.Arbitrary<IatiOrganisationRecord> = fc
	.tuple(maybe(text), text, maybe(fc.constantFrom(...codesOf('OrganisationType'))), maybeTexts)
	.map(([reference, name, type, names]) => ({
		kind: 'iati_organisation',
		place: PLACE,
		key: organisationKey(reference, name)!,
		reference,
		// Which of several names stands for it depends on who speaks of it.
		name: reference === null ? { en: name } : names,
		type,
		reports: false
	}));

const value: fc.Arbitrary<IndicatorValue> = fc
	.record({
		read: fc.oneof(
			amount.map((number) => ({ value: number, text: null })),
			fc.constantFrom('20,000', 'N/A', '1e3').map((words) => ({ value: null, text: words })),
			fc.constant({ value: null, text: null })
		),
		dimensions: maybe(fc.dictionary(text, text, { minKeys: 1, maxKeys: 2 })),
		comment: maybeTexts
	})
	.map(({ read, ...rest }) => ({ ...read, ...rest }));

export const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 });

export const indicator: fc.Arbitrary<IatiIndicator> = fc.record({
	title: fc.oneof(texts, fc.constant({})),
	description: maybeTexts,
	measure: listed('IndicatorMeasure'),
	ascending: flag,
	aggregationStatus: flag,
	codes: few(fc.record({ vocabulary: fc.constantFrom('1', '99'), code: text })),
	baselines: few(
		fc
			.tuple(value, fc.record({ year: maybe(fc.integer({ min: 0, max: 9999 })), date: maybe(day) }))
			.map(([one, when]) => ({ ...one, ...when }))
	),
	periods: few(
		fc
			.tuple(period, few(value), few(value))
			.map(([{ dateFrom: from, dateTo: to }, targets, actuals]) => ({ from, to, targets, actuals }))
	)
});

export const places = fc.record({
	name: maybeTexts,
	description: maybeTexts,
	point: maybe(fc.tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -180, max: 180 }))),
	reach: listed('GeographicLocationReach'),
	exactness: listed('GeographicExactness'),
	class: listed('GeographicLocationClass'),
	feature: listed('LocationType'),
	codes: few(
		fc.record({
			vocabulary: fc.constantFrom('G1', 'A1'),
			code: text,
			level: maybe(fc.constantFrom('1', '2'))
		})
	)
});

export const documents = fc.record({
	url: text.map((path) => `https://example.org/${path}`),
	format: maybe(text),
	titles: maybeTexts,
	descriptions: maybeTexts,
	categories: few(fc.constantFrom('A01', 'B02')),
	languages: few(language),
	date: maybe(day)
});
