import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Configuration } from '#lib/server/configuration.ts';
import type { Database } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { findIdentical } from '#lib/server/intake/identical.ts';
import { post } from '#lib/server/intake/post.ts';
import type { Format } from '#lib/server/intake/readers/index.ts';
import { receive } from '#lib/server/intake/receive.ts';
import { stage, type StageInput } from '#lib/server/intake/stage.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { generateDemonstration } from './demonstration/generate.ts';

/** A file of the first portfolio, as intake takes it. */
export type SeedFile = {
	fileName: string;
	format: Format;
	nature: Nature;
	text: string;
	explanation: string;
	originUrl?: string;
	licence?: string;
	simulatedKnownAt?: string;
};

const FOLDER = join(process.cwd(), 'db', 'seed');

/** The researched facts in the order in which they name each other, and the rates that the demonstration converts by. */
const FACTS: readonly [file: string, explanation: string][] = [
	['gloact/organisations.csv', 'Organisations of GLO.ACT and its sister projects'],
	['gloact/projects.csv', 'GLO.ACT, its successors and sisters'],
	['gloact/objectives.csv', 'Objectives'],
	['gloact/countries.csv', 'Programme countries'],
	['gloact/activities.csv', 'Activities with dates, places and participants'],
	['gloact/funding.csv', 'Published funding statements'],
	['gloact/budget_lines.csv', 'Published parts of budgets'],
	['gloact/expenditure.csv', 'Published expenditure: none was found'],
	['gloact/claims.csv', 'Where sources disagree'],
	['gloact/indicators.csv', 'Published figures on reach and results']
];
const RATES = 'rates/h10-monthly.csv';

/** Projects that `/` shows. Everything else is under `?portfolio=all`. */
const PORTFOLIO = { key: 'gloact', name: 'GLO.ACT', projects: ['GLOACT'] };

/**
 * Loads what is not there yet, through the same intake as anyone's file. Interrupted, it goes on where it stopped.
 * @param say is told each step in words
 */
export async function loadFirstPortfolio(
	{ intake: db }: Database,
	{ demonstration }: Pick<Configuration, 'demonstration'>,
	say: (line: string) => void
): Promise<void> {
	const facts = FACTS.map(([file, explanation]): SeedFile => readSeed(file, 'facts-csv', explanation));
	const rates = readSeed(RATES, 'rates-csv', 'Exchange rates: Federal Reserve H.10, monthly averages');
	await loadFiles(db, [...facts, rates], 'the published facts', say);
	await createPortfolio(db);
	if (demonstration)
		await loadFiles(db, generateDemonstration(), 'the demonstration ledger (invented amounts)', say);
}

function readSeed(file: string, format: Format, explanation: string): SeedFile {
	return {
		fileName: file.slice(file.lastIndexOf('/') + 1),
		format,
		nature: 'published',
		explanation,
		text: readFileSync(join(FOLDER, file), 'utf8')
	};
}

async function loadFiles(
	db: Kysely<DB>,
	files: readonly SeedFile[],
	what: string,
	say: (line: string) => void
): Promise<void> {
	let posted = 0;
	for (const file of files) {
		const source = await receive(db, {
			name: file.fileName,
			mediaType: 'text/csv',
			bytes: bytesOf(file.text),
			receivedBy: 'seed',
			released: true,
			originUrl: file.originUrl ?? null,
			licence: file.licence ?? null
		});
		const input: StageInput = {
			sourceId: source.sourceId,
			nature: file.nature,
			format: file.format,
			coverage: { complete: false },
			options: { fileName: file.fileName, nature: file.nature }
		};
		if (await findIdentical(db, input)) continue;
		// One that another version of the dashboard invented stays as it is: nothing is inserted into its history.
		if (file.simulatedKnownAt && (await isKnownLater(db, file.nature, file.simulatedKnownAt))) continue;
		if (posted === 0) say(`loading ${what}`);
		const staged = await stage(db, input);
		if (staged.state === 'rejected')
			throw new Error(`${file.fileName} was rejected: see the findings of import ${staged.importId}`);
		await post(db, staged.importId, {
			explanation: file.explanation,
			...(file.simulatedKnownAt ? { simulatedKnownAt: file.simulatedKnownAt } : {})
		});
		posted++;
	}
	if (posted > 0) say(`loaded ${what}: ${posted} ${posted === 1 ? 'file' : 'files'} posted`);
}

async function isKnownLater(db: Kysely<DB>, nature: Nature, knownAt: string): Promise<boolean> {
	const later = await db
		.selectFrom('posting')
		.select('posting_no')
		.where('nature', '=', nature)
		.where('known_at', '>', new Date(knownAt))
		.limit(1)
		.execute();
	return later.length > 0;
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text, 'utf8');
}

async function createPortfolio(db: Kysely<DB>): Promise<void> {
	await db
		.insertInto('portfolio')
		.values({ key: PORTFOLIO.key, name: PORTFOLIO.name })
		.onConflict((conflict) => conflict.column('key').doNothing())
		.execute();
	await db
		.insertInto('portfolio_project')
		.columns(['portfolio_id', 'project_id'])
		.expression((expression) =>
			expression
				.selectFrom(['portfolio', 'project'])
				.select(['portfolio_id', 'project_id'])
				.where('portfolio.key', '=', PORTFOLIO.key)
				.where('project.key', 'in', PORTFOLIO.projects)
		)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}
