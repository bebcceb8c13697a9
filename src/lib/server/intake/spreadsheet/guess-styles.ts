import type { ColumnEvidence } from './evidence.ts';
import type { Question } from './guess.ts';
import { GROUPS, type DateStyle, type Mapping, type NumberStyle } from './mapping.ts';

/** A style and the question that is left, if any. */
type Styled<Style> = { style: Style; question: Question | null };

/** The number style of the columns of amounts: by texts that can only be one, else by the group of thousands, asked. */
export function guessNumberStyle(columns: readonly ColumnEvidence[]): Styled<NumberStyle> {
	const total = (of: (evidence: ColumnEvidence) => number) =>
		columns.reduce((sum, column) => sum + of(column), 0);
	const points = total(({ numbers }) => numbers.point);
	const commas = total(({ numbers }) => numbers.comma);
	const doubtful = columns.flatMap(({ doubtfulNumbers }) => doubtfulNumbers);
	const seen = GROUPS.filter((group) => group !== 'none')
		.map((group) => ({ group, count: total(({ groups }) => groups[group]) }))
		.sort((a, b) => b.count - a.count);
	const inDoubt = points === 0 && commas === 0 && doubtful.length > 0;
	const decimal = commas > points || (inDoubt && seen[0]?.group === 'point') ? 'comma' : 'point';
	const usable = seen.find(({ group, count }) => count > 0 && group !== decimal);
	const group = usable?.group ?? (decimal === 'comma' ? 'point' : 'comma');
	const question: Question | null =
		inDoubt || (points > 0 && commas > 0)
			? {
					code: 'number-style',
					column: columns[0]?.column,
					examples: doubtful.length > 0 ? doubtful : columns.flatMap(({ examples }) => examples).slice(0, 3),
					answers: decimal === 'comma' ? ['comma', 'point'] : ['point', 'comma']
				}
			: null;
	return { style: { decimal, group }, question };
}

/** The order of day and month: by dates that can only be one. Where all could be both, or some are each, it is asked. */
export function guessDateStyle(columns: readonly ColumnEvidence[]): Styled<DateStyle> {
	const total = (order: keyof ColumnEvidence['dates']) =>
		columns.reduce((sum, { dates }) => sum + dates[order], 0);
	const found = (['dmy', 'mdy', 'ymd'] as const)
		.map((order) => ({ order, count: total(order) }))
		.sort((a, b) => b.count - a.count);
	const best = found[0]!;
	const doubtful = columns.flatMap(({ doubtfulDates }) => doubtfulDates);
	const contradicts = found[1]!.count > 0;
	if (best.count === 0 && doubtful.length === 0) return { style: { order: 'dmy' }, question: null };
	const order = best.count === 0 ? 'dmy' : best.order;
	if (best.count > 0 && !contradicts) return { style: { order }, question: null };
	const others = (['dmy', 'mdy'] as const).filter((other) => other !== order);
	return {
		style: { order },
		question: {
			code: 'date-order',
			column: columns[0]?.column,
			examples: doubtful.length > 0 ? doubtful : columns.flatMap(({ examples }) => examples).slice(0, 3),
			answers: [order, ...others]
		}
	};
}

/** A ledger that books spending below zero has hardly anything above. */
export function guessSign(amount: ColumnEvidence | undefined): Mapping['sign'] {
	return amount !== undefined && amount.negative > 3 && amount.negative > amount.positive * 9
		? 'negated'
		: 'as_written';
}
