import { ConfigurationError, readConfiguration, type Configuration } from '#lib/server/configuration.ts';
import { FolderInUseError } from '#lib/server/database/folder-lock.ts';
import { migrateToLatest, resetSchema } from '#lib/server/database/migrate.ts';
import { DatabaseError, openDatabase, type Database } from '#lib/server/database/open.ts';
import { BackupError, type Trailer } from './commands/backup-file.ts';
import { backUp } from './commands/backup.ts';
import { checkBooks } from './commands/check.ts';
import { restore } from './commands/restore.ts';
import { describeDatabase, nameOf } from './commands/status.ts';

/*
 * What is done to a database as a whole: npm run db -- migrate | status | check | reset --yes | seed | backup <file> | restore <file>
 * What cannot be done is one line and exit code 1; where a check of the books fails, the exit code is 2.
 */

/** The words after the command are not those it takes. */
class UsageError extends Error {
	override name = 'UsageError';
}

type Call = { database: Database; configuration: Configuration; file: string };
type Command = { takesFile?: true; confirm?: (where: string) => string; run: (call: Call) => Promise<void> };

const say = (line: string) => console.log(line[0]!.toUpperCase() + line.slice(1));

const COMMANDS: Record<string, Command> = {
	migrate: { run: migrate },
	status: {
		run: async ({ database, configuration }) => {
			for (const line of await describeDatabase(database, configuration)) say(line);
		}
	},
	check: {
		run: async ({ database }) => {
			const { lines, fails } = await checkBooks(database);
			for (const line of lines) say(line);
			if (fails > 0) process.exitCode = 2;
		}
	},
	reset: {
		confirm: (where) => `this throws away all that ${where} holds; to do it: npm run db -- reset --yes`,
		run: async ({ database, configuration }) => {
			await resetSchema(database);
			say(`${nameOf(configuration)} is empty and up to date.`);
		}
	},
	seed: {
		run: async (call) => {
			await migrate(call);
			// Reads files of facts, which only this command needs.
			const { loadFirstPortfolio } = await import('./seed/load.ts');
			await loadFirstPortfolio(call.database, call.configuration, say);
			say('The first portfolio is loaded.');
		}
	},
	backup: {
		takesFile: true,
		run: async ({ database, file }) => say(`${file} holds ${sizeOf(await backUp(database, file))}.`)
	},
	restore: {
		takesFile: true,
		run: async ({ database, file }) => say(`restored ${sizeOf(await restore(database, file))} from ${file}.`)
	}
};

async function migrate({ database }: Call): Promise<void> {
	const names = await migrateToLatest(database);
	for (const name of names) say(`ran ${name}.`);
	say('The database is up to date.');
}

function sizeOf({ tables, sha256 }: Trailer): string {
	const sums = Object.values(tables);
	const rows = sums.reduce((count, sum) => count + sum.rows, 0);
	return `${rows} rows of ${sums.length} tables, SHA-256 ${sha256}`;
}

async function perform([name = '', ...words]: string[]): Promise<void> {
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (!command) {
		const names = Object.keys(COMMANDS).join(', ');
		throw new UsageError(
			name === '' ? `name a command: ${names}` : `there is no command "${name}"; there are ${names}`
		);
	}
	const confirmed = words.includes('--yes');
	const [file, ...more] = words.filter((word) => word !== '--yes');
	if (command.takesFile ? !file || more.length > 0 : file !== undefined) {
		throw new UsageError(`it takes ${command.takesFile ? 'the name of one file' : 'no names'}`);
	}
	const configuration = readConfiguration();
	if (command.confirm && !confirmed) throw new UsageError(command.confirm(nameOf(configuration)));
	const database = await openDatabase(configuration);
	try {
		await command.run({ database, configuration, file: file! });
	} finally {
		await database.close();
	}
}

const EXPECTED = [ConfigurationError, DatabaseError, FolderInUseError, BackupError, UsageError];

/** Refusals of ours, of the system (a file that cannot be written) and of the database have words of their own. */
function isExpected(error: unknown): error is Error {
	if (!(error instanceof Error)) return false;
	return EXPECTED.some((kind) => error instanceof kind) || 'syscall' in error || 'severity' in error;
}

const words = process.argv.slice(2);
try {
	await perform(words);
} catch (error) {
	const where = words[0] !== undefined && Object.hasOwn(COMMANDS, words[0]) ? `${words[0]}: ` : '';
	console.error(isExpected(error) ? `Refused: ${where}${error.message.split('\n')[0]}.` : error);
	process.exitCode = 1;
}
