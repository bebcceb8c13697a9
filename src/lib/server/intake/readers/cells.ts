import { isDecimal, type Decimal } from '#lib/money/decimal.ts';
import type { DatePrecision, Evidence, Finding, OrganisationMention, Severity } from '../record.ts';
import { CONFIDENCES, DATE_PRECISIONS } from '../record.ts';
import { readDateSpan, vaguer } from './dates.ts';

const COUNTRY = /^[A-Z]{2}$/;

/** A date opened up: the first and last day it can mean, and how finely it is known. */
export type ReadDate = { from: string | null; to: string | null; precision: DatePrecision };

/**
 * One row, read by column name. What cannot be read comes back as null and leaves a finding in `findings`;
 * a row with an error among them must not be used. A column that the file does not have reads as empty.
 */
export class Cells {
	readonly kind = 'cells';
	readonly place: string;
	readonly findings: Finding[] = [];
	readonly #columns: readonly string[];
	readonly #cells: readonly string[];

	constructor(columns: readonly string[], cells: readonly string[], place: string) {
		this.#columns = columns;
		this.#cells = cells;
		this.place = place;
	}

	get refused(): boolean {
		return this.findings.some((finding) => finding.severity !== 'warning');
	}

	note(severity: Severity, rule: string, read: string, done: string): void {
		this.findings.push({ kind: 'finding', severity, rule, place: this.place, read, done });
	}

	/** Trimmed text; null when the cell is blank. */
	text(column: string): string | null {
		const at = this.#columns.indexOf(column);
		const text = at < 0 ? '' : (this.#cells[at] ?? '').trim();
		return text === '' ? null : text;
	}

	/** Text that must be there; an error, and an empty string in its place, when it is not. */
	needed(column: string): string {
		const text = this.text(column);
		if (text === null) this.note('error', 'value-missing', `${column} is empty`, 'row not read');
		return text ?? '';
	}

	/** Parts between semicolons. */
	list(column: string): string[] {
		return (this.text(column) ?? '')
			.split(';')
			.map((part) => part.trim())
			.filter((part) => part !== '');
	}

	/** An exact decimal with a point and no separators; an error for anything else. */
	decimal(column: string): Decimal | null {
		const text = this.text(column);
		if (text === null || isDecimal(text)) return text;
		this.note('error', 'not-a-number', `${column}: ${text}`, 'row not read');
		return null;
	}

	/** A decimal that must be there; an error, and `0` in its place, when it is not. */
	neededDecimal(column: string): Decimal {
		return this.needed(column) === '' ? '0' : (this.decimal(column) ?? '0');
	}

	/** One of the given words, or null when blank; an error for any other word. */
	oneOf<Word extends string>(column: string, words: readonly Word[]): Word | null {
		const text = this.text(column);
		const word = words.find((candidate) => candidate === text) ?? null;
		if (text !== null && word === null) {
			this.note('error', 'unknown-code', `${column}: ${text}`, 'row not read');
		}
		return word;
	}

	yes(column: string): boolean {
		return this.oneOf(column, ['yes', 'no']) === 'yes';
	}

	/** ISO 3166-1 alpha-2 codes; an error for anything of another shape. */
	countries(column: string): string[] {
		const codes = this.list(column);
		for (const code of codes) {
			if (!COUNTRY.test(code)) this.note('error', 'not-a-country', `${column}: ${code}`, 'row not read');
		}
		return codes;
	}

	country(column: string): string | null {
		return this.countries(column)[0] ?? null;
	}

	/** A full day or null; an error for anything else. */
	day(column: string): string | null {
		const { from, precision } = this.date(column);
		if (from === null || precision === 'day') return from;
		this.note('error', 'not-a-day', `${column}: ${this.text(column)}`, 'row not read');
		return null;
	}

	/** A date of any fineness; the vaguer of what is written and what the precision column says is believed. */
	date(column: string, precisionColumn?: string): ReadDate {
		const text = this.text(column);
		const stated = precisionColumn ? this.oneOf(precisionColumn, DATE_PRECISIONS) : null;
		if (text === null) return { from: null, to: null, precision: 'unknown' };
		const span = readDateSpan(text);
		if (span === null) {
			this.note('error', 'not-a-date', `${column}: ${text}`, 'row not read');
			return { from: null, to: null, precision: 'unknown' };
		}
		const precision = vaguer(span.precision, stated ?? 'day');
		if (stated !== null && vaguer(stated, span.precision) !== stated) {
			this.note(
				'warning',
				'precision-overstated',
				`${column}: ${text} as ${stated}`,
				`read as ${span.precision}`
			);
		}
		return { from: span.first, to: span.last, precision };
	}

	/** A date, or two with a slash between; the precision of two is `period` unless they are the same. */
	period(column: string): ReadDate {
		const text = this.text(column);
		const [first, last = first] = (text ?? '').split('/').map((part) => readDateSpan(part.trim()));
		if (!first || !last || first.first > last.last) {
			if (text !== null) this.note('error', 'not-a-period', `${column}: ${text}`, 'row not read');
			return { from: null, to: null, precision: 'unknown' };
		}
		const precision = first === last ? first.precision : 'period';
		return { from: first.first, to: last.last, precision };
	}

	/** Organisations named in a list, known only by name. */
	named(column: string): OrganisationMention[] {
		return this.list(column).map((name) => ({ name }));
	}

	/** The evidence of a fact; null for a row that is invented and says so. */
	sourced(): Evidence | null {
		return this.text('nature') === 'demonstration' ? null : this.evidence();
	}

	/**
	 * The columns that say where a fact was read; low confidence is a warning. A fact without an address is an
	 * error, except where the address may have been lost: then it is a warning.
	 */
	evidence({ addressMayBeLost = false } = {}): Evidence {
		const confidence = this.oneOf('confidence', CONFIDENCES);
		if (confidence === 'low') {
			this.note('warning', 'low-confidence', this.text('evidence') ?? '', 'read, marked as low confidence');
		}
		const originUrl = this.text('source_url');
		if (originUrl === null && addressMayBeLost) {
			this.note('warning', 'source-missing', 'source_url is empty', 'read without an address');
		} else if (originUrl === null || !/^https?:\/\//.test(originUrl)) {
			this.note('error', 'not-an-address', `source_url: ${originUrl ?? 'empty'}`, 'row not read');
		}
		return {
			originUrl,
			originTitle: this.text('source_title') ?? originUrl ?? '',
			evidence: this.text('evidence') ?? '',
			confidence,
			publishedOn: this.day('published_on')
		};
	}
}
