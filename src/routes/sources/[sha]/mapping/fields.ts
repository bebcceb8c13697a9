import { BASES, KINDS, STATES } from '#lib/slice/slice.ts';
import { basisLabel, kindLabel, stateLabel } from '#lib/words/ledger.ts';

/** What a column can be read as, in the order in which ledgers are read. */
export const FIELDS = [
	'date',
	'dateTo',
	'valueDate',
	'amount',
	'debit',
	'credit',
	'side',
	'currency',
	'kind',
	'reference',
	'description',
	'heading',
	'activity',
	'project',
	'country',
	'sector',
	'objective',
	'agreement',
	'provider',
	'receiver',
	'providerActivity',
	'receiverActivity'
] as const;

/** What can be said once for all rows: first what nearly every ledger needs, then what few do. */
export const USUAL = ['reporter', 'activity', 'kind', 'currency', 'dateFrom', 'dateTo'] as const;
export const MORE = [
	'project',
	'heading',
	'country',
	'sector',
	'objective',
	'agreement',
	'budgetVersion',
	'provider',
	'receiver',
	'basis',
	'state'
] as const;

/** Ways to write a number, each by its decimal and group mark. */
export const NUMBER_STYLES = [
	['point comma', '1,234.56'],
	['point space', '1 234.56'],
	['point apostrophe', "1'234.56"],
	['point none', '1234.56'],
	['comma point', '1.234,56'],
	['comma space', '1 234,56'],
	['comma apostrophe', "1'234,56"],
	['comma none', '1234,56']
] as const;

/** The fixed lists that a constant is chosen from; null for one that is written. */
export function choicesOf(field: string): { value: string; label: string }[] | null {
	if (field === 'kind') return KINDS.map((value) => ({ value, label: kindLabel(value) }));
	if (field === 'basis') return BASES.map((value) => ({ value, label: basisLabel(value) }));
	if (field === 'state') return STATES.map((value) => ({ value, label: stateLabel(value) }));
	return null;
}
