import fc from 'fast-check';
import { codesOf } from '#lib/iati/code-lists.ts';
import type {
	EntryCodes,
	IatiActivityRecord,
	IatiResultRecord,
	LedgerEntryRecord
} from '#lib/server/intake/record.ts';
import {
	PLACE,
	amount,
	country,
	currency,
	dacSector,
	day,
	documents,
	few,
	flag,
	indicator,
	language,
	listed,
	maybe,
	maybeTexts,
	organisation,
	percentage,
	period,
	places,
	region,
	share,
	text,
	texts,
	vocabularyCode
} from './iati-arbitrary-parts.ts';
import type { WrittenActivity } from './iati-writer.ts';

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
