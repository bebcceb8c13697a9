import type { EntryVersion } from '#lib/server/ledger/entry.ts';
import type { RetirementCause } from '#lib/slice/change.ts';
import { entryName } from '#lib/slice/entry-name.ts';
import { formatDay, formatDayWithPrecision } from '#lib/words/date.ts';
import { headingLabel } from '#lib/words/heading.ts';
import { basisLabel, countingLabel, stateLabel } from '#lib/words/ledger.ts';

/** What may differ between two versions of a movement, beside its amounts. */
export const COMPARED = [
	'date',
	'value_date',
	'description',
	'voucher',
	'provider',
	'receiver',
	'agreement',
	'heading',
	'objective',
	'counting',
	'basis',
	'state',
	'rate'
] as const;
export type Compared = (typeof COMPARED)[number];

/** One field before and after, in words; null where the version states none. */
export type Change = { field: Compared; before: string | null; after: string | null };

/** An amount of one version, which opens as that version. */
export type AmountOf = { amount: string | null; currency: string; entry: string };

/** The part of a country or sector before and after; null where it had none. The null code is the unallocated part. */
export type ShareChange = {
	field: 'countries' | 'sectors';
	code: string | null;
	before: AmountOf | null;
	after: AmountOf | null;
};

/** One thing that happened to a movement: it was booked, replaced by another version, withdrawn or brought back. */
export type HistoryEvent = {
	what: 'booked' | 'brought_back' | RetirementCause;
	posting: { no: number; knownAt: string; simulated: boolean; explanation: string };
	/** The version that this event left in force; null after a withdrawal. */
	version: { entry: string; sha256: string; name: string; place: string; receivedBy: string } | null;
	amount: { before: AmountOf | null; after: AmountOf | null };
	/** In euro, where that differs and the amount as booked does not. */
	converted: { before: AmountOf; after: AmountOf } | null;
	changes: Change[];
	shares: ShareChange[];
};

/** Everything that happened to a movement, in order, from its versions (oldest first). */
export function readHistory(versions: readonly EntryVersion[]): HistoryEvent[] {
	const events: HistoryEvent[] = [];
	for (const [index, version] of versions.entries()) {
		const replaced = versions.find(({ replaced_by }) => replaced_by === version.entry_id);
		const before = replaced ?? versions[index - 1] ?? null;
		events.push({
			what: replaced?.cause ?? (before ? 'brought_back' : 'booked'),
			posting: {
				no: version.added_by,
				knownAt: version.known_at.toISOString(),
				simulated: version.simulated,
				explanation: version.explanation
			},
			version: {
				entry: entryName(version),
				sha256: version.source_sha256,
				name: version.source_name,
				place: version.place,
				receivedBy: version.received_by
			},
			amount: { before: before && bookedOf(before), after: bookedOf(version) },
			converted: before && convertedChange(before, version),
			changes: before ? listChanges(before, version) : [],
			shares: before ? listShareChanges(before, version) : []
		});
		if (version.cause === 'withdrawal' && version.retired_by !== null) {
			events.push({
				what: 'withdrawal',
				posting: {
					no: version.retired_by,
					knownAt: version.retired_at!.toISOString(),
					simulated: version.retired_simulated ?? false,
					explanation: version.retired_explanation ?? ''
				},
				version: null,
				amount: { before: bookedOf(version), after: null },
				converted: null,
				changes: [],
				shares: []
			});
		}
	}
	return events;
}

function bookedOf(version: EntryVersion): AmountOf {
	return { amount: version.amount, currency: version.currency, entry: entryName(version) };
}

function convertedChange(before: EntryVersion, after: EntryVersion): HistoryEvent['converted'] {
	if (before.amount !== after.amount || before.currency !== after.currency) return null;
	if (before.amount_eur === after.amount_eur) return null;
	const inEuro = (version: EntryVersion) => ({
		...bookedOf(version),
		amount: version.amount_eur,
		currency: 'EUR'
	});
	return { before: inEuro(before), after: inEuro(after) };
}

function listChanges(before: EntryVersion, after: EntryVersion): Change[] {
	return COMPARED.flatMap((field) => {
		const change = { field, before: WORDS[field](before), after: WORDS[field](after) };
		return change.before === change.after ? [] : [change];
	});
}

const WORDS: Readonly<Record<Compared, (version: EntryVersion) => string | null>> = {
	date: ({ date_from, date_to, date_precision }) =>
		formatDayWithPrecision(date_from, date_to, date_precision),
	value_date: ({ value_date }) => value_date && formatDay(value_date),
	description: ({ description }) => description,
	voucher: ({ voucher }) => voucher,
	provider: ({ provider }) => provider,
	receiver: ({ receiver }) => receiver,
	agreement: ({ agreement_key }) => agreement_key,
	heading: ({ heading }) => heading && headingLabel(heading),
	objective: ({ objective_key }) => objective_key,
	counting: ({ counting }) => countingLabel(counting),
	basis: ({ basis }) => basisLabel(basis),
	state: ({ state }) => stateLabel(state),
	rate: ({ rate_eur, rate_publisher, rate_date }) =>
		rate_eur && [rate_eur, rate_publisher, rate_date && formatDay(rate_date)].filter(Boolean).join(', ')
};

/** Only of an amount that stayed the same: of another all shares are others. */
function listShareChanges(before: EntryVersion, after: EntryVersion): ShareChange[] {
	if (before.amount !== after.amount || before.currency !== after.currency) return [];
	return (['countries', 'sectors'] as const).flatMap((field) => {
		const codes = new Set([...before[field], ...after[field]].map(({ code }) => code));
		const amountIn = (version: EntryVersion, wanted: string | null): AmountOf | null => {
			const share = version[field].find(({ code }) => code === wanted);
			return share ? { ...bookedOf(version), amount: share.amount } : null;
		};
		return [...codes].flatMap((code) => {
			const change = { field, code, before: amountIn(before, code), after: amountIn(after, code) };
			return change.before?.amount === change.after?.amount ? [] : [change];
		});
	});
}
