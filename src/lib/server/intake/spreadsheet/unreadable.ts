import type { Finding } from '../record.ts';

/**
 * Why a file cannot be read any further. Thrown inside this folder only, where a stream is many calls deep; `readRows` turns
 * it into a critical finding.
 */
export class Unreadable extends Error {
	readonly rule: string;
	readonly read: string;
	readonly place: string | null;

	/** `read` is what was met; `place` where, when it is finer than the file. */
	constructor(rule: string, read: string, place: string | null = null) {
		super(`${rule}: ${read}`);
		this.name = 'Unreadable';
		this.rule = rule;
		this.read = read;
		this.place = place;
	}

	toFinding(fileName: string): Finding {
		return {
			kind: 'finding',
			severity: 'critical',
			rule: this.rule,
			place: this.place ?? fileName,
			read: this.read,
			done: 'reading stopped here'
		};
	}
}
