import type { Progress, Refusal, Taken } from '../desk.ts';
import type { ImportReport } from '../desk/report.ts';
import type { FileResult } from './result.ts';

/** The desk as the command reaches it: in this process, or in the server that has the data folder. */
export type Counter = {
	take(path: string, name: string): Promise<Taken>;
	/** Waits until an import is read or posted, and tells how far it is meanwhile. */
	settled(importId: string, tell: (progress: Progress) => void): Promise<ImportReport>;
	accept(importId: string): Promise<Refusal | null>;
	cancel(importId: string): Promise<void>;
	close(): Promise<void>;
};

/** What is said of a file's media type where nobody knows it. */
export const TYPE_UNKNOWN = 'application/octet-stream';

const NOT_READ = {
	'format-unknown': 'No reader knows this format; it is stored, and /sources lets you say what it is.',
	'mapping-needed':
		'It is a table in a layout of its own; it is stored, and /sources lets you say what its columns are.'
};

/** Imports one file and says what became of it. `began` is told of its import, so that it can be cancelled. */
export async function importFile(
	counter: Counter,
	path: string,
	name: string,
	accept: boolean,
	onlooker: { began: (importId: string) => void; tell: (progress: Progress) => void }
): Promise<FileResult> {
	const taken = await counter.take(path, name);
	if (taken.outcome === 'refused')
		return { outcome: 'rejected', sha256: null, report: null, problem: taken.refusal.message };
	const { sha256 } = taken;
	if (taken.outcome === 'stored')
		return { outcome: 'rejected', sha256, report: null, problem: NOT_READ[taken.reason] };
	const { importId } = taken;
	onlooker.began(importId);
	const read = await counter.settled(importId, onlooker.tell);
	if (read.state === 'posted') return { outcome: 'identical', sha256, report: read, problem: null };
	if (read.state !== 'staged') return { outcome: 'rejected', sha256, report: read, problem: read.problem };
	if (!accept) return { outcome: 'previewed', sha256, report: read, problem: read.problem };
	const refusal = await counter.accept(importId);
	if (refusal) return { outcome: 'rejected', sha256, report: read, problem: refusal.message };
	const posted = await counter.settled(importId, onlooker.tell);
	const outcome = posted.state === 'posted' ? 'posted' : 'rejected';
	return { outcome, sha256, report: posted, problem: posted.problem };
}
