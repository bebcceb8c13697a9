import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Agreement, AgreementRule } from '#lib/server/facts/agreements.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { breakdowns } from '#lib/server/ledger/breakdown.ts';
import { total } from '#lib/server/ledger/total.ts';
import { addDays, daysBetween, type Day } from '#lib/slice/period.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { measureRule, sliceOfAgreement, type MeasuredRule } from './rule.ts';
import { forecast, readDeciding, readMonths, type Crossing, type Deciding } from './rule-pace.ts';

/** A rule with what comes of it on a day. */
export type RuleLine = { rule: AgreementRule } & (
	| {
			state: 'money';
			measured: MeasuredRule;
			/** Null where there is nothing to forecast: the threshold is reached, is a limit, or the agreement is over. */
			crossing: Crossing | null;
			deciding: Deciding | null;
	  }
	/** One line a heading that has a budget or spending. */
	| { state: 'headings'; lines: { heading: string; label: string; measured: MeasuredRule }[] }
	/** `days` from the day looked at to the due day, below zero when that is past. */
	| { state: 'due'; due: Day | null; days: number | null }
	/** Its text is all that is held, or its currency is none that the ledger converts to. */
	| { state: 'text' | 'currency' }
);

/** What an agreement's rule comes to, as known on a day. */
export async function readRule(
	db: Kysely<DB>,
	agreement: Agreement,
	rule: AgreementRule,
	looked: { slice: Slice; day: Day; ended: boolean }
): Promise<RuleLine> {
	if (rule.base === null) return { rule, state: 'text' };
	if (rule.base === 'end_date') return { rule, state: 'due', ...dueOf(agreement, rule, looked.day) };
	const slice = sliceOfAgreement(looked.slice, agreement);
	if (slice === null || rule.unit !== 'percent') return { rule, state: slice === null ? 'currency' : 'text' };
	if (rule.base === 'heading_budget') {
		return { rule, state: 'headings', lines: await readHeadings(db, agreement, rule, slice) };
	}
	const measured = await measureRule(db, agreement, rule, slice);
	if (rule.sense !== 'at_least') return { rule, state: 'money', measured, crossing: null, deciding: null };
	const months = await readMonths(db, measured);
	const isOpen = !looked.ended && measured.reached === false;
	const [crossing, deciding] = await Promise.all([
		isOpen ? forecast(db, measured, months, looked.day) : null,
		readDeciding(db, measured, months)
	]);
	return { rule, state: 'money', measured, crossing, deciding };
}

function dueOf({ end_date }: Agreement, { value, unit }: AgreementRule, day: Day) {
	if (end_date === null || unit !== 'days') return { due: null, days: null };
	const due = addDays(end_date, Number.parseInt(value, 10));
	return { due, days: daysBetween(day, due) };
}

/** Each heading by itself. A budget that is not charged to the agreement is the whole project's, and so is the spending beside it. */
async function readHeadings(db: Kysely<DB>, agreement: Agreement, rule: AgreementRule, slice: Slice) {
	const money = await scopeOfBudget(db, slice);
	const { budget, spent } = await breakdowns(db, money, ['budget', 'spent'], ['heading']);
	const headings = [...new Set([...budget, ...spent].flatMap(({ keys }) => keys[0] ?? []))].sort();
	const labels = await labelsOf(db, 'heading', headings);
	return Promise.all(
		headings.map(async (heading) => ({
			heading,
			label: labels.get(heading) ?? heading,
			measured: await measureRule(db, agreement, rule, { ...slice, heading }, { ...money, heading })
		}))
	);
}

/** The agreement's own slice where its budget is charged to it, else the project's. */
export async function scopeOfBudget(db: Kysely<DB>, slice: Slice): Promise<Slice> {
	const own = await total(db, { ...slice, measure: 'budget' });
	return own.entries > 0 ? slice : { ...slice, agreement: null };
}
