import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Database } from '#lib/server/database/open.ts';
import { openAudit } from '#lib/server/outlet/audit/audit.ts';
import type { Site } from '#lib/server/outlet/extract.ts';
import type { Slice } from '#lib/slice/slice.ts';

const AIM = { rows: 100_000, seconds: 30 };

/** The audit pack of a slice: its population, a sample of it, all that explains them, and the hashes of each file. */
export async function measureAuditPack({ exports: db }: Database, slice: Slice, site: Site): Promise<void> {
	// Only the build tool knows a file that is taken in as a text.
	const hooks = registerHooks({
		load: (url, context, next) =>
			url.endsWith('?raw')
				? { format: 'module', shortCircuit: true, source: `export default ${textOf(url)}` }
				: next(url, context)
	});
	const { writeAuditPack } = await import('#lib/server/outlet/audit/pack.ts');
	hooks.deregister();
	const start = performance.now();
	const audit = await openAudit(db, slice, { method: 'random', seed: '2019', size: 100 }, site);
	let bytes = 0;
	for await (const chunk of (await writeAuditPack(audit, site.origin)).body!) bytes += chunk.length;
	const seconds = (performance.now() - start) / 1000;
	const rows = audit.extract.pinned.total.entries;
	console.log(
		`audit pack: ${rows} rows in ${seconds.toFixed(1)} s, ${(bytes / 1_000_000).toFixed(0)} MB; ${((seconds * AIM.rows) / rows).toFixed(1)} s for ${AIM.rows} (aim <= ${AIM.seconds})`
	);
}

function textOf(url: string): string {
	return JSON.stringify(readFileSync(fileURLToPath(url), 'utf8'));
}
