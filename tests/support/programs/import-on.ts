import { openDatabase } from '#lib/server/database/open.ts';
import { openDesk } from '#lib/server/intake/desk/open-desk.ts';
import { UNDECIDED } from '#lib/server/intake/decided.ts';
import { reporterOf } from '../reports.ts';

/** Imports one file of a reporter into a data folder or database, as a server does, and says each state that it reaches. */
const [where, reporter, from, rows] = process.argv.slice(2) as [string, string, string, string];
const isFolder = !where.startsWith('postgres');
const dataDir = isFolder ? where : 'memory://';
const database = await openDatabase({
	databaseUrl: isFolder ? null : where,
	databaseOwnerUrl: null,
	dataDir,
	queryTimeoutSeconds: 60
});
const desk = await openDesk(database, { dataDir, maxBytes: 1e9, takesUp: true });
console.log('open');
const file = reporterOf(reporter).file(`${from}.csv`, Number(rows), { from: Number(from) });
const taken = await desk.take(file);
if (!('importId' in taken)) throw new Error(JSON.stringify(taken));
console.log('taken');
console.log(await desk.settled(taken.importId));
await desk.accept(taken.importId, UNDECIDED);
console.log('accepted');
console.log(await desk.settled(taken.importId));
process.stdin.resume().once('end', () => void desk.close().then(() => database.close()));
