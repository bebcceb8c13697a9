import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { startPostgres } from './engines.ts';
import { addressOf } from './postgres-cluster.ts';

/*
 * Compares the committed types of the database with what the migrations make of an empty one, or with `--write` writes
 * them. Exit code 1 when they differ.
 */
const COMMITTED = 'src/lib/server/database/schema.ts';
const GENERATED = '.cache/schema.ts';

const postgres = await startPostgres();
if (!postgres)
	throw new Error('the types of the database are generated from a PostgreSQL server, and there is none');
try {
	mkdirSync('.cache', { recursive: true });
	const { cluster, template } = postgres.engine;
	const options = ['--dialect=postgres', '--date-parser=string', `--out-file=${GENERATED}`];
	execFileSync(process.execPath, ['node_modules/kysely-codegen/dist/cli/bin.js', ...options], {
		env: { ...process.env, DATABASE_URL: addressOf(cluster, template) },
		stdio: ['ignore', 'ignore', 'inherit']
	});
} finally {
	await postgres.cluster.stop();
}

const generated = readFileSync(GENERATED, 'utf8');
if (process.argv.includes('--write')) {
	writeFileSync(COMMITTED, generated);
	console.log(`Written: ${COMMITTED}.`);
} else if (generated === readFileSync(COMMITTED, 'utf8')) {
	console.log(`${COMMITTED} is what the migrations make.`);
} else {
	console.error(`${COMMITTED} is not what the migrations make. Run: npm run schema -- --write`);
	process.exitCode = 1;
}
