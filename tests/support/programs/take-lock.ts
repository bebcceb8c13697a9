import { FolderInUseError, lockFolder } from '#lib/server/database/folder-lock.ts';

/** Tries to take the lock of a folder at a given moment, says `taken` or `refused`, and holds it until its input ends. */
const [folder, moment] = process.argv.slice(2) as [string, string];
while (Date.now() < Number(moment));
try {
	const unlock = lockFolder(folder);
	console.log('taken');
	process.stdin.resume().once('end', unlock);
} catch (error) {
	if (!(error instanceof FolderInUseError)) throw error;
	console.log('refused');
}
