import type { Finding, IntakeRecord } from './record.ts';

/**
 * What makes records unusable that each reader would have to look for: a character that no database keeps as text, and
 * a second record of the same thing in one file. Ledger entries may repeat: they are told apart by number.
 */
export class RecordGate {
	#named = new Set<string>();

	/** The finding against a record, or null when it may pass. */
	findingAgainst(record: IntakeRecord): Finding | null {
		const { place } = record;
		if (JSON.stringify(record).includes('\\u0000')) {
			return refusal(place, 'character-unusable', 'a character NUL in the row');
		}
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

/** A finding's text as the database can keep it. */
export function readable(text: string): string {
	return text.replaceAll('\0', '\u{FFFD}');
}
