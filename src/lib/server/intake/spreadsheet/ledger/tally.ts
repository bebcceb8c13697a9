import type { Finding, Severity } from '../../record.ts';

/** What is the same in many rows, told once with its first place and how often: nobody reads a thousand equal warnings. */
export class Tally {
	#told = new Map<string, { finding: Finding; count: number }>();

	/** `key` tells apart what is counted separately under one rule, such as columns. */
	add(
		rule: string,
		place: string,
		read: string,
		done: string,
		key = '',
		severity: Severity = 'warning'
	): void {
		const told = this.#told.get(`${rule} ${key}`);
		if (told) told.count++;
		else {
			const finding: Finding = { kind: 'finding', severity, rule, place, read, done };
			this.#told.set(`${rule} ${key}`, { finding, count: 1 });
		}
	}

	findings(): Finding[] {
		return [...this.#told.values()].map(({ finding, count }) =>
			count === 1 ? finding : { ...finding, read: `${finding.read}, and ${count - 1} more like it` }
		);
	}
}
