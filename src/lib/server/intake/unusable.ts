import type { Finding, IntakeRecord } from './record.ts';

/**
 * What makes a record unusable that each reader would have to look for: a second record of the same thing in one file.
 * Ledger entries may repeat: they are told apart by number.
 */
export class RecordGate {
	#named = new Set<string>();

	/** The finding against a record, or null when it may pass. */
	findingAgainst(record: IntakeRecord): Finding | null {
		const { place } = record;
		const identity = identityOf(record);
		if (identity === null) return null;
		const name = `${record.kind} ${identity.join(' ')}`;
		if (this.#named.has(name)) return refusal(place, 'named-twice', name);
		this.#named.add(name);
		return null;
	}
}

/** What a record is of, where a posting can hold only one version of it. */
function identityOf(record: IntakeRecord): (string | number)[] | null {
	switch (record.kind) {
		case 'ledger_entry':
		case 'ledger_withdrawal':
		case 'indicator':
			return null;
		case 'iati_result':
			return [record.activity, record.number];
		case 'agreement_rule':
			return [record.agreement, record.key];
		case 'instalment':
		case 'budget_version':
			return [record.agreement, record.number];
		case 'exchange_rate':
			return [record.publisher, record.series, record.currency, record.validFrom];
		case 'country_coverage':
			return [record.project, record.country];
		default:
			return [record.key];
	}
}

function refusal(place: string, rule: string, read: string): Finding {
	return { kind: 'finding', severity: 'error', rule, place, read, done: 'row not read' };
}

/** NUL, and halves of a character pair: no database keeps them as text. JSON writes them, and only them, so. */
const ESCAPED = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f]..)/;

/** Whether a text in JSON holds a character that the database cannot keep. */
export function isUnusable(json: string): boolean {
	return json.includes('\\u') && ESCAPED.test(json);
}

/** The finding against a record with such a character. */
export function unusable(place: string): Finding {
	return refusal(
		readable(place),
		'character-unusable',
		'a character that cannot be kept (NUL or half of a pair)'
	);
}

/** A finding's text as the database can keep it. */
export function readable(text: string): string {
	return text.replaceAll('\0', '\u{FFFD}').toWellFormed();
}
