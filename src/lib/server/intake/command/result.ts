import type { Progress } from '../desk.ts';
import type { ImportReport } from '../desk/report.ts';

export const OUTCOMES = ['posted', 'previewed', 'rejected', 'identical'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of one file. The report is missing where no import was begun. */
export type FileResult = {
	outcome: Outcome;
	sha256: string | null;
	report: ImportReport | null;
	/** Why it was rejected or not posted, in words. */
	problem: string | null;
};

/** The line that `--json` prints for a file. */
export function toJson(file: string, { outcome, sha256, report }: FileResult, seconds: number): string {
	return JSON.stringify({
		file,
		sha256,
		outcome,
		read: report?.read ?? { activities: 0, transactions: 0, sums: {} },
		refused: report?.refused ?? [],
		posted: outcome === 'posted' ? report!.posted : { added: 0, changed: 0, retired: 0, unchanged: 0 },
		// What stops a file before its reading stops all of it.
		findings: report?.findings ?? { critical: 1, error: 0, warning: 0 },
		seconds
	});
}

/** The line for people. */
export function toLine(file: string, { outcome, sha256, report, problem }: FileResult): string {
	const parts = [`${file}: ${outcome}`];
	if (report) {
		const { read, posted, findings, refused } = report;
		parts.push(
			`${count(read.activities, 'activity', 'activities')}, ${count(read.transactions, 'transaction')}`
		);
		if (outcome === 'posted')
			parts.push(
				`${posted.added} added, ${posted.changed} changed, ${posted.retired} withdrawn, ${posted.unchanged} unchanged`
			);
		if (refused.length > 0) parts.push(`${refused.length} refused`);
		const found = [
			count(findings.critical, 'critical finding'),
			count(findings.error, 'error'),
			count(findings.warning, 'warning')
		].filter((text) => !text.startsWith('0 '));
		parts.push(...found);
	}
	if (outcome === 'previewed') parts.push(`nothing was posted; it waits on /sources/${sha256}`);
	return parts.join('; ') + (problem === null ? '' : `. ${problem}`);
}

/** The line that changes while a file is worked on. */
export function toProgressLine(file: string, { phase, done, total, records, secondsLeft }: Progress): string {
	const share = total ? ` ${Math.min(100, Math.floor((100 * done) / total))} %` : '';
	const left = secondsLeft === null ? '' : `, ${secondsLeft} s left`;
	return `${file}: ${phase}${share}, ${count(records, 'record')}${left}`;
}

function count(number: number, one: string, many = `${one}s`): string {
	return `${number} ${number === 1 ? one : many}`;
}
