import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { ReceivedFile } from '#lib/server/intake/receive.ts';
import { aProject, anActivity, anOrganisation, bytesOf, postRecords } from './ledger-factory.ts';

const HEADER = 'reporter,project,activity,kind,reference,date_from,amount,currency';

/** A reporter with one activity in the books, and files of theirs in our own layout. */
export type Reporter = {
	key: string;
	/** A file of so many expenditures of 1.01 euro each. */
	file(name: string, rows: number, change?: { amount?: string; from?: number }): ReceivedFile;
	text(rows: number, change?: { amount?: string; from?: number }): string;
};

export async function createReporter(db: Kysely<DB>): Promise<Reporter> {
	const key = `R-${randomUUID().slice(0, 8)}`;
	await postRecords(db, 'published', [anOrganisation(key), aProject(key), anActivity(key, key)]);
	return reporterOf(key);
}

export function reporterOf(key: string): Reporter {
	const text: Reporter['text'] = (rows, { amount = '1.01', from = 0 } = {}) => {
		const lines = Array.from(
			{ length: rows },
			(_, index) => `${key},${key},${key},4,V${from + index},2017-03-08,${amount},EUR`
		);
		return [HEADER, ...lines, ''].join('\n');
	};
	return {
		key,
		text,
		file: (name, rows, change) => ({
			name,
			mediaType: 'text/csv',
			bytes: bytesOf(text(rows, change)),
			receivedBy: 'upload',
			released: false
		})
	};
}
