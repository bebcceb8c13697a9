import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { sql, type Kysely } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import type { Engine } from '#lib/server/database/open.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { exportActivities, importIati, withoutAdded } from '../support/iati-export.ts';
import { contentOf } from '../support/iati-content.ts';
import { hasSharedIati, readShared, readText, SHARED_IATI } from '../support/iati-files.ts';
import { hasSchema, validate } from '../support/iati-schema.ts';

/** PGlite runs the same SQL, more slowly. */
const FEW = ['iaticloud--example_203_file.xml', 'regrouped--XM-DAC-47066-2.03.xml', 'markbrough--LE.xml'];
const filesFor = (engine: Engine) =>
	existsSync(`${SHARED_IATI}/real`)
		? readdirSync(`${SHARED_IATI}/real`).filter((name) => engine === 'postgresql' || FEW.includes(name))
		: [];

/** Entries and sums by kind, counting and currency; and by country and sector. */
async function sumsOf(db: Kysely<DB>): Promise<string[]> {
	const { rows } = await sql<{ line: string }>`
		select concat_ws(' ', e.kind, e.currency, count(*), trim_scale(sum(e.amount))) as line from ledger_entry e group by e.kind, e.currency
		union all
		select concat_ws(' ', 'cells', s.country, s.region, s.sector, e.currency, trim_scale(sum(s.amount)))
		from entry_share s join ledger_entry e using (reporting_organisation_id, entry_id) group by s.country, s.region, s.sector, e.currency
		order by 1`.execute(db);
	return rows.map(({ line }) => line);
}

// Published files lie beside the project and are no part of it.
describe.skipIf(!hasSharedIati)('published files', () => {
	describeOnBothEngines('read, written and read again', (engine, fresh) => {
		test.each(filesFor(engine))(
			'%s says the same, to the cent',
			{ tags: 'nightly', timeout: 240_000 },
			async (name) => {
				const first = await fresh();
				const read = await readShared('real', name);
				const isTaken = await importIati(first.db, name, readFileSync(`${SHARED_IATI}/real/${name}`));
				expect(isTaken).toBe(!read.rejected);
				if (!isTaken) return;
				const written = await exportActivities(first.db);
				if (hasSchema) expect(await validate(written)).toBe('');
				expect(contentOf(await readText(written))).toEqual(contentOf(read));
				const second = await fresh();
				expect(await importIati(second.db, 'written.xml', written)).toBe(true);
				expect(await sumsOf(second.db)).toEqual(await sumsOf(first.db));
				expect(withoutAdded(await exportActivities(second.db))).toBe(withoutAdded(written));
			}
		);
	});
});
