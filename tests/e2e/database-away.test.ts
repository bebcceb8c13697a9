import { existsSync, readdirSync } from 'node:fs';
import { get } from 'node:http';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFileRoutes } from '../support/file-routes.ts';
import { startApplication, type Application } from '../support/application.ts';
import { findPostgresBinaries } from '../support/postgres-binaries.ts';
import { ROLES, addressOf, createDatabase, startCluster, type Cluster } from '../support/postgres-cluster.ts';

const binaries = findPostgresBinaries();
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const PATIENCE = 5000;
const CSV = '/transactions.csv?nature=demonstration';

/** Waits until a condition holds; what never does is seen in the assertion that follows. */
async function until(holds: () => Promise<boolean> | boolean, milliseconds = PATIENCE): Promise<void> {
	const deadline = Date.now() + milliseconds;
	while (!(await holds()) && Date.now() < deadline) await pause(100);
}

describe.skipIf(binaries === null)('the application on PostgreSQL', () => {
	let cluster: Cluster;
	let application: Application;
	let database: string;
	beforeAll(async () => {
		cluster = await startCluster(binaries!);
		database = await createDatabase(cluster.address);
		application = await startApplication({ DATABASE_URL: addressOf(cluster.address, database) }, 240);
	}, 300_000);
	afterAll(async () => {
		await application?.stop();
		await cluster?.stop();
	});

	const ask = (path: string, headers: Record<string, string> = {}) =>
		fetch(application.address + path, { headers, signal: AbortSignal.timeout(PATIENCE) });
	const statusOf = async (path: string) => {
		const response = await ask(path);
		await response.arrayBuffer();
		return response.status;
	};

	it.each(['fast', 'immediate'] as const)(
		'goes on when the server stops (%s): kept pages stand, others say when to come back, and all is well again by itself',
		async (mode) => {
			const country = mode === 'fast' ? 'ML' : 'BR';
			// Addresses that nobody has asked for, so that nothing kept can answer.
			const unknown = [`/countries/${country}`, `/activities?q=${mode}`, `${CSV}&country=${country}`];
			expect(await statusOf('/countries')).toBe(200);
			await cluster.halt(mode);
			try {
				expect(await statusOf('/countries')).toBe(200);
				for (const path of unknown) {
					const response = await ask(path);
					const text = await response.text();
					expect([path, response.status]).toEqual([path, 503]);
					expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
					expect(text).not.toContain(cluster.address.password);
					expect(text).not.toMatch(/ECONNREFUSED|terminating connection|\bat file:/);
				}
				for (const { address } of listFileRoutes()) {
					const page = await ask(`/fr${address}`, { accept: 'text/html,*/*' });
					expect([address, page.status]).toEqual([address, 503]);
					expect(page.headers.get('retry-after')).toMatch(/^\d+$/);
					expect(await page.text()).toMatch(/<html lang="fr"[^]*Rien n’est perdu[^]*>Réessayer</);
					const { error } = (await (await ask(address)).json()) as { error: Record<string, string> };
					expect([address, error.code]).toEqual([address, 'away']);
					expect(error.what_to_do).toMatch(/\d+ seconds/);
				}
				const health = await ask('/health');
				expect([health.status, ((await health.json()) as { ready: boolean }).ready]).toEqual([503, false]);
			} finally {
				await cluster.resume();
			}
			await until(async () => (await statusOf('/health')) === 200);
			for (const path of unknown) expect([path, await statusOf(path)]).toEqual([path, 200]);
			expect(application.lines.join('\n')).not.toContain(cluster.address.password);
		}
	);

	// Only Linux tells what a process holds open.
	it.skipIf(!existsSync('/proc/self/fd'))(
		'loses nothing to 300 visitors who go away in the middle of a download',
		async () => {
			const open = () => readdirSync(`/proc/${application.pid}/fd`).length;
			const busy = async () => {
				const client = new pg.Client({
					connectionString: addressOf(cluster.address, database, ROLES.administrator)
				});
				await client.connect();
				try {
					const { rows } = await client.query<{ busy: number }>(
						`select count(*)::integer as busy from pg_stat_activity where application_name = 'dashboard' and state <> 'idle'`
					);
					return rows[0]!.busy;
				} finally {
					await client.end();
				}
			};
			/** Reads the first bytes of a download of its own address, then hangs up. */
			const leave = (visitor: number) =>
				new Promise<void>((resolve, reject) => {
					const request = get(
						`${application.address}${CSV}&from=2015-01-01&to=2019-12-${String(1 + (visitor % 31)).padStart(2, '0')}`,
						{ agent: false },
						(response) => {
							if (response.statusCode !== 200) return reject(new Error(`answered ${response.statusCode}`));
							response.once('data', () => {
								response.destroy();
								resolve();
							});
						}
					);
					request.once('error', reject);
				});
			const visit = async (rounds: number) => {
				for (let round = 0; round < rounds; round++) {
					await Promise.all(Array.from({ length: 10 }, (_, visitor) => leave(round * 10 + visitor)));
				}
				await until(async () => (await busy()) === 0);
			};
			// The pools fill first, and what they hold is held for good.
			await visit(3);
			const most = open() + 5;
			await visit(30);
			await until(() => open() <= most);
			expect(await busy()).toBe(0);
			expect(open()).toBeLessThanOrEqual(most);
			// Nobody's connection is still held: as many downloads as the pool has connections go through at once.
			expect(await Promise.all([CSV, CSV, CSV].map(statusOf))).toEqual([200, 200, 200]);
		}
	);
});
