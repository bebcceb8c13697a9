import fc from 'fast-check';
import { codesOf } from '#lib/iati/code-lists.ts';
import { spanOf } from '#lib/iati/read/dates.ts';
import { CURRENCY_CODES } from '#lib/money/currency.ts';
import {
	organisationKey,
	type CodeShare,
	type EntryCodes,
	type IatiActivityRecord,
	type IatiIndicator,
	type IatiOrganisationRecord,
	type IatiResultRecord,
	type IndicatorValue,
	type LedgerEntryRecord
} from '#lib/server/intake/record.ts';
import type { WrittenActivity } from './iati-writer.ts';

const PLACE = '';

/** Any text that XML can hold, with something in it, and no blanks at its ends. */
const text = fc
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
const language = fc.constantFrom('en', 'fr', 'es', 'ar', 'pt-br');
const texts = fc.dictionary(language, text, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const maybeTexts = fc.option(texts);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 1 });
const flag = fc.option(fc.boolean());

const digits = fc.bigInt({ min: 0n, max: 10n ** 14n });
/** As written: zeros at the end of a fraction stay. */
const unsigned = fc
	.tuple(digits, fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 6 }))
	.map(([whole, fraction]) => (fraction === '' ? String(whole) : `${whole}.${fraction}`));
const amount = fc
	.tuple(fc.boolean(), unsigned)
	.map(([negative, size]) => (negative && /[1-9]/.test(size) ? `-${size}` : size));
const percentage = maybe(
	fc.integer({ min: 0, max: 1000 }).map((tenths) => `${Math.trunc(tenths / 10)}.${tenths % 10}`)
);
const currency = fc.constantFrom(...CURRENCY_CODES);

const day = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const period = fc.tuple(day, day).map(([a, b]) => {
	const { from, to, precision } = spanOf(a < b ? a : b, a < b ? b : a);
	return { dateFrom: from, dateTo: to, datePrecision: precision };
});

const country = fc.constantFrom(...codesOf('Country'));
const region = fc.constantFrom(...codesOf('Region'));
const dacSector = fc.constantFrom(...codesOf('Sector').filter((code) => code.length === 5));
const listed = (list: Parameters<typeof codesOf>[0]) => maybe(fc.constantFrom(...codesOf(list)));

const vocabularyCode = (list: fc.Arbitrary<string>) =>
	fc.oneof(
		list.map((code) => ({ vocabulary: '1', code, text: null })),
		fc.record({ vocabulary: fc.constantFrom('98', '99', '7'), code: text, text: maybeTexts })
	);
const share = (list: fc.Arbitrary<string>): fc.Arbitrary<CodeShare> =>
	fc.tuple(vocabularyCode(list), percentage).map(([code, part]) => ({ ...code, percentage: part }));

const organisation: fc.Arbitrary<IatiOrganisationRecord> = fc
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

const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 });

const indicator: fc.Arbitrary<IatiIndicator> = fc.record({
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

const places = fc.record({
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

const documents = fc.record({
	url: text.map((path) => `https://example.org/${path}`),
	format: maybe(text),
	titles: maybeTexts,
	descriptions: maybeTexts,
	categories: few(fc.constantFrom('A01', 'B02')),
	languages: few(language),
	date: maybe(day)
});

/** A file's activities with all that belongs to them, and the organisations that they name. */
export const activityFile = fc
	.uniqueArray(organisation, { minLength: 1, maxLength: 5, selector: ({ key }) => key })
	.chain((organisations) => {
		const key = fc.constantFrom(...organisations.map((one) => one.key));
		return fc.record({
			organisations: fc.constant(organisations),
			activities: fc
				.uniqueArray(text, { minLength: 1, maxLength: 3 })
				.chain((identifiers) => fc.tuple(...identifiers.map((one) => activity(one, key))))
		});
	});

function activity(identifier: string, organisationKeys: fc.Arbitrary<string>): fc.Arbitrary<WrittenActivity> {
	const content = fc.record({
		reporter: organisationKeys,
		secondaryReporter: fc.boolean(),
		title: fc.oneof(texts, fc.constant({})),
		description: maybeTexts,
		status: listed('ActivityStatus'),
		plannedStart: maybe(day),
		actualStart: maybe(day),
		plannedEnd: maybe(day),
		actualEnd: maybe(day),
		hierarchy: maybe(fc.integer({ min: 0, max: 9999 })),
		related: few(
			fc.record({ type: fc.constantFrom('1', '2', '3'), key: text.filter((other) => other !== identifier) })
		),
		participations: few(
			fc.record({
				organisation: organisationKeys,
				role: fc.constantFrom(1, 2, 3, 4),
				activity: maybe(text)
			})
		),
		countries: few(fc.record({ country, percentage })),
		regions: few(share(region)),
		sectors: few(share(dacSector)),
		policyMarkers: few(
			fc
				.tuple(vocabularyCode(fc.constantFrom(...codesOf('PolicyMarker'))), listed('PolicySignificance'))
				.map(([code, significance]) => ({ ...code, significance }))
		),
		humanitarian: flag,
		scope: listed('ActivityScope'),
		collaborationType: listed('CollaborationType'),
		defaultCurrency: maybe(currency),
		defaultLanguage: maybe(language),
		defaultFlowType: listed('FlowType'),
		defaultFinanceType: listed('FinanceType'),
		defaultAidTypes: few(
			fc.record({ vocabulary: fc.constantFrom('1', '2'), code: fc.constantFrom('A01', 'C01') })
		),
		defaultTiedStatus: listed('TiedStatus'),
		capitalSpend: percentage,
		locations: few(
			places.map(({ point, ...rest }) => ({
				...rest,
				latitude: point === null ? null : String(point[0]),
				longitude: point === null ? null : String(point[1])
			}))
		),
		documents: few(documents),
		further: maybe(fc.record({ lastUpdated: fc.constant('2020-01-01T00:00:00Z') }))
	});
	const results = few(
		fc.record({
			type: listed('ResultType'),
			aggregationStatus: flag,
			title: fc.oneof(texts, fc.constant({})),
			description: maybeTexts,
			indicators: few(indicator)
		})
	);
	return fc
		.tuple(content, results, few(budget), few(planned(organisationKeys)), few(transaction(organisationKeys)))
		.map(([read, ownResults, budgets, plans, transactions]) => ({
			activity: {
				kind: 'iati_activity',
				place: PLACE,
				key: identifier,
				version: '2.03',
				...read
			} as IatiActivityRecord,
			results: ownResults.map((one, index): IatiResultRecord => ({
				kind: 'iati_result',
				place: PLACE,
				activity: identifier,
				number: index + 1,
				...one
			})),
			entries: [...budgets, ...plans, ...transactions].map((one) =>
				entry(identifier, read.reporter, read.humanitarian, one)
			)
		}));
}

type EntryParts = Partial<LedgerEntryRecord> &
	Pick<LedgerEntryRecord, 'entryKind' | 'amount' | 'currency' | 'valueDate'>;

const common = { amount, currency, valueDate: day };

const budget: fc.Arbitrary<EntryParts> = fc
	.tuple(
		fc.record({ ...common, budgetVersion: fc.constantFrom('original', 'revised', null) }),
		period,
		listed('BudgetStatus')
	)
	.map(([parts, when, status]) => ({
		...parts,
		...when,
		entryKind: 'budget',
		codes: status === null ? null : { budgetStatus: status }
	}));

function planned(organisationKeys: fc.Arbitrary<string>): fc.Arbitrary<EntryParts> {
	return fc
		.tuple(
			fc.record({ ...common, budgetVersion: fc.constantFrom('original', 'revised', null) }),
			period,
			parties(organisationKeys)
		)
		.map(([parts, when, who]) => ({ ...parts, ...when, ...who, entryKind: 'planned_disbursement' }));
}

function transaction(organisationKeys: fc.Arbitrary<string>): fc.Arbitrary<EntryParts> {
	const codes = fc.record(
		{
			humanitarian: fc.boolean(),
			flowType: fc.constantFrom('10', '20'),
			financeType: fc.constantFrom('110', '410'),
			aidTypes: fc.array(fc.record({ vocabulary: fc.constant('1'), code: fc.constant('C01') }), {
				minLength: 1,
				maxLength: 2
			}),
			tiedStatus: fc.constantFrom('3', '5'),
			disbursementChannel: fc.constantFrom('1', '4'),
			sectors: fc.array(
				fc.record({
					vocabulary: fc.constantFrom('98', '99'),
					code: text,
					text: maybeTexts,
					percentage: fc.constant(null)
				}),
				{ minLength: 1, maxLength: 2 }
			)
		},
		{ requiredKeys: [] }
	) as fc.Arbitrary<EntryCodes>;
	return fc
		.tuple(
			fc.record({
				...common,
				entryKind: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13'),
				reference: maybe(text),
				description: maybe(text),
				countries: fc.oneof(
					fc.constant([]),
					country.map((code) => [{ country: code, region: null, percentage: '100' }]),
					region.map((code) => [{ country: null, region: code, percentage: '100' }])
				),
				sectors: fc.oneof(
					fc.constant([]),
					dacSector.map((code) => [{ code, percentage: '100' }])
				),
				codes
			}),
			day,
			parties(organisationKeys)
		)
		.map(
			([parts, when, who]) =>
				({ ...parts, dateFrom: when, dateTo: when, datePrecision: 'day', ...who }) as EntryParts
		);
}

/** The activity of a party can only be said where the party is. */
function parties(organisationKeys: fc.Arbitrary<string>) {
	const party = fc.option(fc.tuple(organisationKeys, maybe(text)));
	return fc.tuple(party, party).map(([provider, receiver]) => ({
		provider: provider?.[0] ?? null,
		providerActivity: provider?.[1] ?? null,
		receiver: receiver?.[0] ?? null,
		receiverActivity: receiver?.[1] ?? null
	}));
}

function entry(
	activityKey: string,
	reporter: string,
	humanitarian: boolean | null,
	{ codes, ...parts }: EntryParts
): LedgerEntryRecord {
	const isPlan = parts.entryKind === 'budget' || parts.entryKind === 'planned_disbursement';
	const inherited = isPlan || humanitarian === null ? {} : { humanitarian };
	const all = { ...inherited, ...codes };
	return {
		kind: 'ledger_entry',
		place: PLACE,
		nature: null,
		reporter,
		activity: activityKey,
		project: null,
		reference: null,
		dateFrom: null,
		dateTo: null,
		datePrecision: 'unknown',
		provider: null,
		receiver: null,
		providerActivity: null,
		receiverActivity: null,
		agreement: null,
		budgetVersion: null,
		heading: null,
		objective: null,
		description: null,
		basis: 'not_stated',
		state: 'not_stated',
		countries: [],
		countryBasis: 'measured',
		countryKey: null,
		sectors: [],
		sectorBasis: 'measured',
		sectorKey: null,
		exchangeDifference: false,
		rateHint: null,
		...parts,
		codes: Object.keys(all).length > 0 ? all : null
	};
}
