import { openDatabase } from '#lib/server/database/open.ts';
import { anEntry, postRecords } from '../ledger-factory.ts';

/** Posts files of so many entries into a data folder, one after the other, and says `posted` and the number of each. */
const [dataDir, reporter, activity, project, size] = process.argv.slice(2) as [
	string,
	string,
	string,
	string,
	string
];
const { db } = await openDatabase({
	databaseUrl: null,
	databaseOwnerUrl: null,
	dataDir,
	queryTimeoutSeconds: 60
});
console.log('open');
for (;;) {
	const records = Array.from({ length: Number(size) }, (_, index) =>
		anEntry(
			{ reporter, activity, project, reference: `${process.pid}-${performance.now()}-${index}` },
			{ amount: '1.01' }
		)
	);
	const { postingNo } = await postRecords(db, 'published', records);
	console.log(`posted ${postingNo}`);
}
