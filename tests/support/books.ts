import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApplication, type Application } from './application.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import {
	addressOf,
	createDatabase,
	dropDatabase,
	startCluster,
	type ClusterAddress
} from './postgres-cluster.ts';

/*
 * Books that applications of the browser tests begin with, made once per run. Those that are only read from lie in PGlite,
 * those that are written into in PostgreSQL where there is a server: so pages and postings are seen on both.
 */

/** The token of every application that tests write into. */
export const TOKEN = 'the-token-of-the-browser-tests';

const FACTS_ALONE = { INTAKE_TOKEN: TOKEN, DEMONSTRATION: 'off' };
const PATIENCE_SECONDS = 240;

/** Books with the published facts and nothing that is invented: a database or a folder, of which copies are made. */
export type Facts = { cluster: ClusterAddress; template: string } | { folder: string };

const makeFolder = () => mkdtempSync(join(tmpdir(), 'dashboard-books-'));
const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });

/** Makes a data folder with the first portfolio and its demonstration, which an application loaded and left. */
export async function makeWhole(): Promise<string> {
	return load(makeFolder(), {});
}

async function load(folder: string, environment: Record<string, string>): Promise<string> {
	const application = await startApplication({ ...environment, DATA_DIR: folder }, PATIENCE_SECONDS);
	await application.stop();
	return folder;
}

/** Makes the books with the facts alone. Who asks for them calls `end`. */
export async function makeFacts(): Promise<{ facts: Facts; end: () => Promise<void> }> {
	const binaries = findPostgresBinaries();
	if (!binaries) {
		const folder = await load(makeFolder(), FACTS_ALONE);
		return { facts: { folder }, end: async () => remove(folder) };
	}
	const { address, stop } = await startCluster(binaries);
	const template = await createDatabase(address);
	const folder = makeFolder();
	await load(folder, { ...FACTS_ALONE, DATABASE_URL: addressOf(address, template) }).finally(() =>
		remove(folder)
	);
	return { facts: { cluster: address, template }, end: stop };
}

/** Starts an application on a copy of the facts, which goes when it stops. */
export async function startOnFacts(facts: Facts): Promise<Application> {
	if ('folder' in facts) return startOn(facts.folder, FACTS_ALONE);
	const { cluster, template } = facts;
	const database = await createDatabase(cluster, template);
	const environment = { ...FACTS_ALONE, DATABASE_URL: addressOf(cluster, database) };
	return startIn(makeFolder(), environment, () => dropDatabase(cluster, database));
}

/** Starts an application on a copy of a data folder, which goes when it stops. */
export async function startOn(made: string, environment: Record<string, string>): Promise<Application> {
	const folder = makeFolder();
	cpSync(made, folder, { recursive: true });
	return startIn(folder, environment);
}

async function startIn(
	folder: string,
	environment: Record<string, string>,
	end = async () => {}
): Promise<Application> {
	const leave = async () => {
		remove(folder);
		await end();
	};
	try {
		const application = await startApplication({ ...environment, DATA_DIR: folder }, PATIENCE_SECONDS);
		return { ...application, stop: (signal) => application.stop(signal).finally(leave) };
	} catch (error) {
		await leave();
		throw error;
	}
}
