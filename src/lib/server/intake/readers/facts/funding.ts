import type { ClaimRecord } from '../../record.ts';
import type { Cells } from '../cells.ts';
import type { Layout } from './layout.ts';

/** What the table writes for a figure that is the whole budget and nobody's contribution. */
const WHOLE = 'all sources';

/**
 * Statements of funding. A contribution belongs to the project or, where it paid for one activity only, to that
 * activity. Statements of a whole budget stand beside the project's own figure and are never chosen over it.
 */
export const funding: Layout = {
	columns: [
		'funding_id',
		'project_id',
		'activity_id',
		'scope',
		'funder',
		'amount',
		'currency',
		'amount_status'
	],
	read(row) {
		const funder = row.needed('funder');
		const whole = funder === WHOLE;
		return [
			{
				kind: 'claim',
				place: row.place,
				key: `funding:${row.needed('funding_id')}`,
				...subject(row),
				property: whole ? 'budget_total' : 'contribution',
				party: whole ? null : { name: funder },
				statedAs: row.text('kind'),
				...amount(row),
				...date(row),
				chosen: row.yes('is_default') && !whole,
				why: row.text('note'),
				evidence: row.evidence()
			}
		];
	}
};

function subject(row: Cells): Pick<ClaimRecord, 'subjectKind' | 'subjectKey'> {
	const scope = row.oneOf('scope', ['project', 'single activity']);
	return scope === 'single activity'
		? { subjectKind: 'activity', subjectKey: row.needed('activity_id') }
		: { subjectKind: 'project', subjectKey: row.needed('project_id') };
}

function amount(row: Cells): Pick<ClaimRecord, 'value' | 'valueText' | 'unit' | 'qualifier'> {
	const value = row.decimal('amount');
	const status = row.oneOf('amount_status', ['published', 'not published', 'not found']);
	if ((value !== null) !== (status === 'published')) {
		row.note('error', 'status-contradicts-amount', `${status}: ${value ?? 'no amount'}`, 'row not read');
	}
	if (value === null) {
		row.note('warning', 'amount-not-published', `${status}`, 'claim without a value');
		return { value, valueText: null, unit: null, qualifier: null };
	}
	return { value, valueText: null, unit: row.needed('currency'), qualifier: 'exact' };
}

function date(row: Cells): Pick<ClaimRecord, 'date' | 'dateTo' | 'datePrecision'> {
	const { from, to, precision } = row.date('date', 'date_precision');
	return { date: from, dateTo: to === from ? null : to, datePrecision: precision };
}
