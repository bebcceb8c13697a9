import { execFile, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findFreePort } from './free-port.ts';

/** Where a cluster answers, as plain data that can be handed to another process. */
export type ClusterAddress = { host: string; port: number; password: string };

export type Cluster = {
	address: ClusterAddress;
	/** Stops the server but keeps its data: `fast` ends sessions in order, `immediate` is a crash. */
	halt(mode: 'fast' | 'immediate'): Promise<void>;
	resume(): Promise<void>;
	/** Ends the server and removes everything. */
	stop(): Promise<void>;
};

/** The administrator of the cluster, the role that owns and migrates databases, and the application's role. */
export const ROLES = {
	administrator: 'postgres',
	owner: 'dashboard_owner',
	application: 'dashboard'
} as const;
export type Role = (typeof ROLES)[keyof typeof ROLES];

const run = promisify(execFile);

type Identity = { uid: number; gid: number } | Record<string, never>;

/** PostgreSQL refuses to run as root: then another user of the machine runs it. */
function findIdentity(): Identity {
	if (process.getuid?.() !== 0) return {};
	const users = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((line) => line.split(':'));
	for (const name of ['postgres', 'nobody']) {
		const user = users.find((fields) => fields[0] === name);
		if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
	}
	throw new Error('PostgreSQL cannot run as root, and there is neither a user "postgres" nor "nobody"');
}

function makeFolder(identity: Identity): string {
	for (const root of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
		const folder = mkdtempSync(join(root, 'dashboard-postgres-'));
		chmodSync(folder, 0o700);
		if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid);
		const reachable = spawnSync('test', ['-w', folder], identity).status === 0;
		if (reachable) return folder;
		rmSync(folder, { recursive: true, force: true });
	}
	throw new Error('there is no temporary folder that the user who runs PostgreSQL can reach');
}

/**
 * Starts a throw-away cluster on the loopback address. It ends and its folder goes when `stop` is called, and also when
 * this process dies however it dies: a keeper waits for the end of its input.
 */
export async function startCluster(binaries: string): Promise<Cluster> {
	const identity = findIdentity();
	const folder = makeFolder(identity);
	const data = join(folder, 'data');
	const log = join(folder, 'log');
	const password = randomBytes(16).toString('hex');
	const options = { ...identity, cwd: folder, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } };
	const program = (name: string, ...args: string[]) => run(join(binaries, name), args, options);

	const keeper = spawn(
		'sh',
		[
			'-c',
			'cat >/dev/null; "$0/pg_ctl" -D "$1/data" -m immediate stop >/dev/null 2>&1; rm -rf "$1"',
			binaries,
			folder
		],
		{ ...options, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'], detached: true }
	);
	const gone = new Promise<void>((resolve) => keeper.once('close', () => resolve()));
	const stop = async () => {
		keeper.stdin.end();
		await gone;
		// The folder itself stands in a folder of the system, where its user may not remove it everywhere.
		rmSync(folder, { recursive: true, force: true });
	};

	try {
		const passwordFile = join(folder, 'password');
		writeFileSync(passwordFile, password);
		if (identity.uid !== undefined) chownSync(passwordFile, identity.uid, identity.gid);
		const initialise = (...locale: string[]) =>
			program(
				'initdb',
				'-D',
				data,
				'-U',
				ROLES.administrator,
				'-A',
				'scram-sha-256',
				`--pwfile=${passwordFile}`,
				'-E',
				'UTF8',
				'--no-sync',
				'--no-instructions',
				...locale
			);
		// A language's own order, unlike PGlite's: a query that forgets COLLATE "C" then shows.
		await initialise('--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en').catch(() => {
			rmSync(data, { recursive: true, force: true });
			return initialise('--locale=C');
		});
		const port = await findFreePort();
		const settings = [
			`-p ${port}`,
			'-c listen_addresses=127.0.0.1',
			"-c unix_socket_directories=''",
			'-c fsync=off',
			'-c synchronous_commit=off',
			'-c full_page_writes=off',
			'-c max_connections=200',
			'-c timezone=UTC'
		].join(' ');
		const resume = async () => {
			await program('pg_ctl', '-D', data, '-l', log, '-w', '-t', '60', '-o', settings, 'start').catch(
				(error: Error) => {
					throw new Error(`PostgreSQL did not start: ${error.message}\n${readFileSync(log, 'utf8')}`);
				}
			);
		};
		await resume();
		const address = { host: '127.0.0.1', port, password };
		for (const role of [ROLES.owner, ROLES.application]) {
			await administer(address, `create role ${role} login password '${password}'`);
		}
		return {
			address,
			halt: async (mode) => void (await program('pg_ctl', '-D', data, '-m', mode, '-w', 'stop')),
			resume,
			stop
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The connection string of one database for one role. */
export function addressOf(cluster: ClusterAddress, database: string, role: Role = ROLES.owner): string {
	return `postgres://${role}:${cluster.password}@${cluster.host}:${cluster.port}/${database}`;
}

/** Runs one statement as the administrator, and answers of how many rows it told. */
export async function administer(cluster: ClusterAddress, statement: string): Promise<number> {
	const client = new pg.Client({ connectionString: addressOf(cluster, 'postgres', ROLES.administrator) });
	await client.connect();
	try {
		return (await client.query(statement)).rowCount ?? 0;
	} finally {
		await client.end();
	}
}

/** Makes a database that the owner's role owns, empty or as a copy of a template, and gives its name. */
export async function createDatabase(cluster: ClusterAddress, template = 'template1'): Promise<string> {
	const name = `test_${randomBytes(6).toString('hex')}`;
	await administer(cluster, `create database ${name} template ${template} owner ${ROLES.owner}`);
	return name;
}

export async function dropDatabase(cluster: ClusterAddress, name: string): Promise<void> {
	await administer(cluster, `drop database if exists ${name} with (force)`);
}
