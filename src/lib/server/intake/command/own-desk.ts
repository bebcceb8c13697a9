import { createReadStream } from 'node:fs';
import type { Configuration } from '#lib/server/configuration.ts';
import type { Database } from '#lib/server/database/open.ts';
import { UNDECIDED } from '../decided.ts';
import { openDesk } from '../desk/open-desk.ts';
import { describeImport } from '../desk/report.ts';
import { TYPE_UNKNOWN, type Counter } from './importer.ts';

const TELL_MILLISECONDS = 200;

/** A desk of this process, on a database that it has open. */
export async function openOwnDesk(
	database: Database,
	{ dataDir, intakeMaxBytes: maxBytes }: Configuration
): Promise<Counter> {
	const desk = await openDesk(database, { dataDir, maxBytes, takesUp: false });
	return {
		take: (path, name) =>
			desk.take({
				name,
				mediaType: TYPE_UNKNOWN,
				bytes: createReadStream(path),
				receivedBy: 'command',
				released: false
			}),
		async settled(importId, tell) {
			const timer = setInterval(() => {
				const progress = desk.progress(importId);
				if (progress) tell(progress);
			}, TELL_MILLISECONDS);
			try {
				await desk.settled(importId);
			} finally {
				clearInterval(timer);
			}
			return (await describeImport(database.intake, importId))!;
		},
		accept: (importId) => desk.accept(importId, UNDECIDED),
		cancel: async (importId) => void (await desk.cancel(importId)),
		async close() {
			await desk.close();
			await database.close();
		}
	};
}
