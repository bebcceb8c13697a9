import { RULE_BASES, RULE_SENSES } from '#lib/slice/rule.ts';
import { BASES, COUNTINGS, KINDS } from '#lib/slice/slice.ts';
import { RATE_SERIES, type IntakeRecord } from '../record.ts';
import type { Cells } from './cells.ts';
import type { Reader } from './reader.ts';
import { missingColumns, readTable } from './table.ts';

const NEEDED = ['record', 'key', 'agreement'];

/**
 * What an agreement lays down, in one sheet: itself, its rules, instalments and budget versions, and the rules
 * by which entries under it are counted. `record` says which a row is; each kind uses columns of its own.
 */
export const termsCsv: Reader = {
	name: 'terms-csv',
	version: '2',
	async *read(bytes, options) {
		for await (const part of readTable(bytes, options)) {
			if (part.kind === 'finding') yield part;
			else if (part.kind === 'header') {
				const findings = missingColumns(part, NEEDED, options.fileName);
				yield* findings;
				if (findings.length > 0) return;
			} else {
				part.needed('record');
				const kind = part.oneOf('record', TERMS);
				const record = kind === null ? null : READ[kind](part);
				yield* part.findings;
				if (record !== null && !part.refused) yield record;
			}
		}
	}
};

const TERMS = ['agreement', 'agreement_rule', 'instalment', 'budget_version', 'counting_rule'] as const;

const READ: Record<(typeof TERMS)[number], (row: Cells) => IntakeRecord> = {
	agreement: (row) => ({
		kind: 'agreement',
		place: row.place,
		key: row.needed('key'),
		project: row.needed('project'),
		title: row.needed('title'),
		funder: { key: row.needed('funder') },
		recipient: { key: row.needed('recipient') },
		amount: row.neededDecimal('amount'),
		currency: row.needed('currency'),
		signedOn: row.day('signed_on'),
		start: row.day('start'),
		end: row.day('end'),
		ratePublisher: row.text('rate_publisher'),
		rateSeries: row.oneOf('rate_series', RATE_SERIES),
		note: row.text('text'),
		evidence: null
	}),
	agreement_rule: (row) => ({
		kind: 'agreement_rule',
		place: row.place,
		key: row.needed('key'),
		agreement: row.needed('agreement'),
		article: row.needed('article'),
		rule: row.needed('rule'),
		value: row.neededDecimal('value'),
		unit: row.needed('unit'),
		kinds: someOf(row, 'kinds', KINDS),
		sense: row.oneOf('sense', RULE_SENSES),
		base: row.oneOf('base', RULE_BASES),
		bases: someOf(row, 'bases', BASES),
		headings: row.list('headings'),
		text: row.needed('text'),
		validFrom: row.day('valid_from')
	}),
	instalment: (row) => ({
		kind: 'instalment',
		place: row.place,
		key: row.needed('key'),
		agreement: row.needed('agreement'),
		number: Number.parseInt(row.neededDecimal('number'), 10),
		amount: row.neededDecimal('amount'),
		currency: row.needed('currency'),
		plannedOn: row.day('planned_on'),
		requestedOn: row.day('requested_on'),
		receivedOn: row.day('received_on'),
		receipts: row.list('receipts'),
		condition: row.text('text')
	}),
	budget_version: (row) => ({
		kind: 'budget_version',
		place: row.place,
		key: row.needed('key'),
		agreement: row.needed('agreement'),
		number: Number.parseInt(row.neededDecimal('number'), 10),
		validFrom: row.day('valid_from') ?? row.needed('valid_from'),
		approvedOn: row.day('signed_on'),
		amount: row.neededDecimal('amount'),
		direct: row.neededDecimal('direct'),
		indirect: row.neededDecimal('indirect'),
		currency: row.needed('currency'),
		replaces: row.text('replaces'),
		note: row.text('text')
	}),
	counting_rule: (row) => ({
		kind: 'counting_rule',
		place: row.place,
		key: row.needed('key'),
		reporter: row.needed('reporter'),
		match: {
			entryKind: row.oneOf('match_kind', KINDS),
			project: row.text('project'),
			provider: row.text('match_provider'),
			receiver: row.text('match_receiver'),
			agreement: row.text('agreement'),
			budgetVersion: row.text('match_budget_version'),
			from: row.day('match_from'),
			to: row.day('match_to')
		},
		counting: row.oneOf('counting', COUNTINGS) ?? 'counted',
		reason: row.needed('text'),
		validFrom: row.day('valid_from')
	})
};

/** Words of a fixed list, in its order; an error for one that is not in it. */
function someOf<Word extends string>(row: Cells, column: string, words: readonly Word[]): Word[] {
	const read = row.list(column);
	const known = words.filter((word) => read.includes(word));
	if (read.some((word) => !known.includes(word as Word)))
		row.note('error', 'unknown-code', `${column}: ${read.join(';')}`, 'row not read');
	return known;
}
