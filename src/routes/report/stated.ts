import { figureOf, type FigureValue } from '#lib/figure/figure-value.ts';
import { amountWords, qualifiedWords, unconvertedWords } from '#lib/figure/figure-words.ts';
import { proofAddress, type Origin } from '#lib/figure/origin.ts';
import type { Absence } from '#lib/layout/absence.ts';
// eslint-disable-next-line no-restricted-imports -- on paper this is what <Figure> is on pages: each number is kept with its proof
import { formatExact, formatPercent, formatPoints } from '#lib/money/format.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ReportFigure } from '#lib/server/outlet/report/manifest.ts';
import type { KeyAmount } from '#lib/server/outlet/report/report.ts';
import { writeReference } from '#lib/slice/citation/citation.ts';
import { defaultSlice, writeAddress } from '#lib/slice/codec.ts';
import { narrowByAll } from '#lib/slice/narrow.ts';
import type { Day } from '#lib/slice/period.ts';
import type { Dimension, Nature, Slice, Sum, Unconverted } from '#lib/slice/slice.ts';
import { formatDay } from '#lib/words/date.ts';

type Asked = {
	/** What the figure is, in the manifest. */
	label: string;
	nature: Nature;
	origin: ProvedBy;
};
/** Where a figure of a report comes from: what a reference can name, one row, or a place in a stored file. */
export type ProvedBy = Extract<Origin, { kind: 'slice' | 'claim' | 'formula' | 'rule' | 'entry' | 'place' }>;

/**
 * Writes figures for a report and keeps each for its manifest: no amount stands on the paper that is not in it, with its
 * proof.
 */
export class Stated {
	readonly figures: ReportFigure[] = [];
	readonly #origin: string;
	readonly #version: string | null;

	/** @param origin scheme and host of the site @param version the state of the books; null where they hold nothing */
	constructor(origin: string, version: string | null) {
		this.#origin = origin;
		this.#version = version;
	}

	/** The permanent address of a figure's proof: a version of a row and a file by its hash are the same for good. */
	reference(origin: ProvedBy): string | null {
		const version = this.#version;
		if (version === null) return null;
		if (origin.kind === 'entry' || origin.kind === 'place')
			return this.#origin + proofAddress(origin, 'gloact');
		const slice: Slice = 'slice' in origin ? origin.slice : defaultSlice('gloact');
		const fields = {
			claim: origin.kind === 'claim' ? origin.claim : null,
			formula: origin.kind === 'formula' || origin.kind === 'rule' ? origin.formula : null,
			agreement_rule: origin.kind === 'rule' ? origin.rule : null
		};
		return `${this.#origin}/c/${writeReference({ slice: { ...slice, version }, fields })}`;
	}

	/** A figure to read at a glance, with its exact form beneath. */
	key(
		{ label, nature, origin }: Asked,
		value: FigureValue,
		{ note = null, absence = null }: { note?: string | null; absence?: Absence | null } = {}
	): KeyAmount {
		this.#keepMoney({ label, nature, origin }, value);
		const unconverted = unconvertedWords(value);
		if (value.amount === null)
			return {
				term: label,
				value: unconverted ?? absenceWords(absence, nature),
				exact: null,
				note,
				form: 'missing'
			};
		const { short, exact } = amountWords(value.amount, value.currency);
		const beneath = [short === exact ? null : exact, unconverted].filter((text) => text !== null).join(' ');
		return {
			term: label,
			value: qualifiedWords(short, value.qualifier),
			exact: beneath === '' ? null : beneath,
			note,
			form: 'amount'
		};
	}

	/** A share of a whole to read at a glance. */
	keyShare({ label, nature, origin }: Asked, value: Decimal | null): KeyAmount {
		this.#keep({ label, nature, origin }, value, 'percent');
		return {
			term: label,
			value: value === null ? absenceWords(null, nature) : formatPercent(value),
			exact: null,
			note: null,
			form: value === null ? 'missing' : 'amount'
		};
	}

	/** An exact number for a column that names the currency above; with what has no rate, never without it. */
	cell({ label, nature, origin }: Asked, sum: Sum | null, currency: string, missing?: string): string {
		if (sum === null) return missing ?? absenceWords(null, nature);
		return this.amount({ label, nature, origin }, figureOf(sum, currency), missing);
	}

	/**
	 * The sum of rows that have no room. Its proof is the slice that holds just these, and where no slice can the table of all
	 * rows that the cut has.
	 */
	added(
		{ label, slice, by, keys }: { label: string; slice: Slice; by: Dimension; keys: readonly string[] },
		sum: Sum | null
	): string {
		const { nature, currency } = slice;
		if (sum === null) return absenceWords(null, nature);
		const these = narrowByAll(slice, by, keys);
		this.figures.push({
			label,
			nature,
			value: sum.amount,
			unit: currency,
			...leftOf(sum.unconverted),
			proof: these === null ? this.#table(slice, by) : this.reference({ kind: 'slice', slice: these })
		});
		return numberWords(figureOf(sum, currency)) ?? absenceWords(null, nature);
	}

	/** An amount that is worked out from the rows of a slice by their rates, which stand with them. */
	worked({ label, slice }: { label: string; slice: Slice }, amount: Decimal): string {
		const { nature, currency } = slice;
		return this.amount({ label, nature, origin: { kind: 'slice', slice } }, { amount, currency });
	}

	/** The address of a cut with all its rows; it names all that it is of, so that no setting changes it. */
	#table(slice: Slice, by: Dimension): string | null {
		if (this.#version === null) return null;
		const query = writeAddress(
			{ slice: { ...slice, version: this.#version }, view: { group: by } },
			defaultSlice('')
		);
		return `${this.#origin}/transactions?${query.toString()}`;
	}

	/** The same of a formula's result. */
	amount(asked: Asked, value: FigureValue, missing?: string): string {
		this.#keepMoney(asked, value);
		return numberWords(value) ?? missing ?? absenceWords(null, asked.nature);
	}

	/** An exact amount with its currency and its source's reserve, where rows are of different currencies. */
	whole(asked: Asked, value: FigureValue, absence: Absence | null = null): string {
		this.#keepMoney(asked, value);
		if (value.amount === null) return absenceWords(absence, asked.nature);
		return qualifiedWords(amountWords(value.amount, value.currency).exact, value.qualifier);
	}

	/** An amount in a sentence. */
	short(asked: Asked, amount: Decimal, currency: string): string {
		this.#keepMoney(asked, { amount, currency });
		return amountWords(amount, currency).short;
	}

	percent(asked: Asked, value: Decimal | null): string {
		if (value === null) return m.layout_not_applicable();
		this.#keep(asked, value, 'percent');
		return formatPercent(value);
	}

	/** The difference of two percentages; `bare` for a column that names the unit above. */
	points(asked: Asked, value: Decimal | null, bare = false): string {
		if (value === null) return m.layout_not_applicable();
		this.#keep(asked, value, 'percentage_points');
		return bare ? formatExact(value) : formatPoints(value);
	}

	/** A day that a formula comes to, as it is read. */
	day(asked: Asked, day: Day): string {
		this.#keep(asked, day, 'date');
		return formatDay(day);
	}

	#keepMoney(asked: Asked, { amount, currency, unconverted = [] }: FigureValue): void {
		this.#keep(asked, amount, currency, leftOf(unconverted));
	}

	#keep(
		{ label, nature, origin }: Asked,
		value: Decimal | null,
		unit: string,
		more: Pick<ReportFigure, 'unconverted'> = {}
	): void {
		this.figures.push({ label, nature, value, unit, ...more, proof: this.reference(origin) });
	}
}

/** An exact number with what has no rate; null where there is neither. */
function numberWords(value: FigureValue): string | null {
	const unconverted = unconvertedWords(value);
	if (value.amount === null) return unconverted;
	const { number } = amountWords(value.amount, value.currency);
	return unconverted === null ? number : `${number} ${unconverted}`;
}

function leftOf(unconverted: readonly Unconverted[]): Pick<ReportFigure, 'unconverted'> {
	if (unconverted.length === 0) return {};
	return { unconverted: unconverted.map(({ currency, amount }) => ({ currency, amount })) };
}

/** Why there is no value; none of the reasons is zero. */
export function absenceWords(absence: Absence | null, nature: Nature): string {
	if (absence?.kind === 'not_loaded') return m.layout_not_loaded_before({ date: formatDay(absence.before) });
	return nature === 'demonstration' ? m.layout_no_demonstration_entries() : m.layout_not_published();
}
