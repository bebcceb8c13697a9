import { openDatabase } from '#lib/server/database/open.ts';

/** Opens the data folder that is named, says `open`, and holds it until its input ends. Else says why not. */
const [dataDir] = process.argv.slice(2) as [string];
try {
	const database = await openDatabase({
		databaseUrl: null,
		databaseOwnerUrl: null,
		dataDir,
		queryTimeoutSeconds: 60
	});
	console.log('open');
	process.stdin.resume().once('end', () => void database.close());
} catch (error) {
	console.log((error as Error).message);
	process.exitCode = 1;
}
