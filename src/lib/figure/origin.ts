import { defaultSlice, writeAddress, writeSlice } from '#lib/slice/codec.ts';
import {
	checkAnchor,
	isFormulaTouched,
	isTouched,
	type CheckCode,
	type FailedCheck
} from '#lib/slice/check.ts';
import type { FormulaName } from '#lib/slice/formula.ts';
import { key, NONE } from '#lib/slice/parameter.ts';
import { firstDay, lastDay } from '#lib/slice/period.ts';
import type { RuleFormulaName } from '#lib/slice/rule.ts';
import { sampleAddress, type SampleFields } from '#lib/slice/sample-address.ts';
import type { Measure, Slice } from '#lib/slice/slice.ts';
import { sourceAddress } from '#lib/words/place.ts';

/**
 * Where a figure comes from: rows of the ledger, one such row, one statement of a source, a place in a stored file (a term
 * of an agreement), entries that a file would bring, a sample, or a formula over slices.
 */
export type Origin =
	| { kind: 'slice'; slice: Slice }
	| { kind: 'entry'; entry: string }
	| { kind: 'claim'; claim: string }
	| { kind: 'place'; sha256: string; place: string }
	/**
	 * Entries of a file: all, or those of a kind, currency, month (`2017-03`) and heading; null is the part that has none of
	 * these.
	 */
	| {
			kind: 'import';
			sha256: string;
			importId: string;
			entryKind?: string;
			currency?: string;
			month?: string | null;
			heading?: string | null;
	  }
	| { kind: 'formula'; formula: FormulaName; slice: Slice }
	/** What comes of a rule of the slice's agreement: `rule` is its key. The slice's measure does not matter. */
	| { kind: 'rule'; formula: RuleFormulaName; rule: string; slice: Slice }
	/** A sample of the rows of a slice, drawn as the fields of its page say: the items stand there. */
	| { kind: 'sample'; slice: Slice; fields: SampleFields }
	/** A side of a check, which names its terms. Of the slice only portfolio, project, nature and day matter. */
	| { kind: 'check'; check: CheckCode; subject: string; slice: Slice };

/**
 * The page that takes a figure apart, without the language prefix. It names where on that page the source stands: whoever
 * goes by keyboard is there with the next Tab, and not after all that stands above.
 * @param home the portfolio that addresses leave out
 */
export function proofAddress(origin: Origin, home: string): string {
	if (origin.kind === 'entry') return `/transactions/${origin.entry}#source`;
	if (origin.kind === 'place') return sourceAddress(origin.sha256, origin.place);
	if (origin.kind === 'check')
		return checkAddress({ code: origin.check, subject: origin.subject }, origin.slice, home);
	if (origin.kind === 'sample') return `${sampleAddress(origin.slice, origin.fields, home)}#sample`;
	const parameters = new URLSearchParams();
	if (origin.kind === 'import') return `/sources/${origin.sha256}/entries?${entriesOf(origin).toString()}`;
	if (origin.kind === 'claim') {
		parameters.set('claim', origin.claim);
	} else {
		if (origin.kind === 'formula' || origin.kind === 'rule') parameters.set('formula', origin.formula);
		if (origin.kind === 'rule') parameters.set('agreement_rule', origin.rule);
		for (const [name, value] of writeSlice(origin.slice, defaultSlice(home))) parameters.append(name, value);
	}
	const query = parameters.toString();
	return `/proof${query === '' ? '' : `?${query}`}${LANDING[origin.kind]}`;
}

/**
 * The transactions of a slice, without the language prefix.
 * @param home the portfolio that addresses leave out
 */
export function rowsAddress(slice: Slice, home: string): string {
	const query = writeSlice(slice, defaultSlice(home)).toString();
	return `/transactions${query === '' ? '' : `?${query}`}`;
}

/**
 * What changed in a slice since a day or a posting, without the language prefix.
 * @param home the portfolio that addresses leave out
 */
export function changesAddress(slice: Slice, since: string, home: string): string {
	return `/changes?${writeAddress({ slice, fields: { since } }, defaultSlice(home)).toString()}`;
}

/** What a link to a proof takes over from the page it stands on: a slice already states its own day and portfolio. */
export function carriedByProof(origin: Origin): readonly string[] {
	return 'slice' in origin ? ['demonstration'] : ['portfolio', 'asof', 'version', 'demonstration'];
}

/** The result of a check on the page of the checks, without the language prefix. */
export function checkAddress(
	{ code, subject }: Pick<FailedCheck, 'code' | 'subject'>,
	{ portfolio, project, nature, asof, version }: Slice,
	home: string
): string {
	const query = writeSlice(
		{ ...defaultSlice(home), portfolio, project, asof, version },
		defaultSlice(home)
	).toString();
	return `/checks${query === '' ? '' : `?${query}`}#${checkAnchor({ code, nature, project: project ?? '', subject })}`;
}

/** The checks that fail and are about a figure's money. Statements of sources and places in files are nobody's sums. */
export function failuresOf(origin: Origin, failed: readonly FailedCheck[]): FailedCheck[] {
	switch (origin.kind) {
		case 'slice':
		case 'sample':
			return failed.filter((check) => isTouched(check, origin.slice));
		case 'formula':
			return failed.filter((check) => isFormulaTouched(check, origin.formula, origin.slice));
		case 'rule':
			return failed.filter((check) =>
				RULE_MEASURES.some((measure) => isTouched(check, { ...origin.slice, measure }))
			);
		default:
			return [];
	}
}

/** What rules of agreements are held against. */
const RULE_MEASURES: readonly Measure[] = ['spent', 'received', 'budget'];

const LANDING = { slice: '#rows', claim: '#source', formula: '', rule: '' } as const;

function entriesOf({
	importId,
	entryKind,
	currency,
	month,
	heading
}: Extract<Origin, { kind: 'import' }>): URLSearchParams {
	const parameters = new URLSearchParams({ import: importId });
	if (entryKind) parameters.set('kind', entryKind);
	if (currency) parameters.set('booked', currency);
	// A heading in a partner's words may hold what no address can ask for: then the list is of all headings.
	if (heading === null) parameters.set('heading', NONE);
	else if (heading !== undefined && 'value' in key.read(heading)) parameters.set('heading', heading);
	if (month === null) parameters.set('undated', 'month');
	else if (month !== undefined) {
		parameters.set('from', firstDay(month));
		parameters.set('to', lastDay(month));
	}
	return parameters;
}
