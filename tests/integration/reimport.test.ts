import { createReadStream } from 'node:fs';
import { sql, type Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { compare } from '#lib/server/intake/compare.ts';
import { isRefusal } from '#lib/server/intake/in-posting.ts';
import { post } from '#lib/server/intake/post.ts';
import type { Preview } from '#lib/server/intake/preview.ts';
import { receive } from '#lib/server/intake/receive.ts';
import { stage } from '#lib/server/intake/stage.ts';
import { undo } from '#lib/server/intake/undo.ts';
import { addDays } from '#lib/slice/period.ts';
import { NO_DECISIONS } from '../support/comparing.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { SHARED_IATI, hasSharedIati } from '../support/iati-files.ts';
import { reachInstant } from '../support/ledger-factory.ts';

const PAIR = ['reimport--XM-DAC-46004-t1.xml', 'reimport--XM-DAC-46004-t2.xml'] as const;
const DAYS = ['2100-01-01', '2100-01-02', '2100-01-03'] as const;

// Published files lie beside the project and are no part of it.
describe.skipIf(!hasSharedIati)('one publisher at two dates', () => {
	describeOnBothEngines('posted one after the other', (_engine, fresh) => {
		let db: Kysely<DB>;
		const shown: Preview[] = [];
		const posted: number[] = [];
		/** Entries and sums by kind at the end of each day, as the files themselves say. */
		const said: string[][] = [];

		beforeAll(async () => {
			({ db } = await fresh());
			for (const [index, name] of PAIR.entries()) {
				await reachInstant(db, 'published', `${DAYS[index]!}T12:00:00Z`);
				const source = await receive(db, {
					name,
					mediaType: 'application/xml',
					bytes: createReadStream(`${SHARED_IATI}/real/${name}`),
					receivedBy: 'command',
					released: false
				});
				const { importId } = await stage(db, {
					sourceId: source.sourceId,
					nature: 'published',
					format: 'iati-activities',
					coverage: { complete: true },
					options: { fileName: name, nature: 'published', today: '2026-11-24' }
				});
				const { rows } = await sql<{ line: string }>`
					select concat_ws(' ', record->>'entryKind', count(*), trim_scale(sum((record->>'amount')::numeric))) as line
					from staged_record where import_id = ${importId}::bigint and kind = 'ledger_entry' group by record->>'entryKind'`.execute(
					db
				);
				said.push(rows.map(({ line }) => line).sort());
				shown.push(await compare(db, importId));
				const decisions = { ...NO_DECISIONS, complete: true };
				posted.push((await post(db, importId, { explanation: name, decisions, upToDate: true })).postingNo);
			}
		});

		/** What the summaries hold as of the end of a day. */
		async function booked(day: string): Promise<string[]> {
			const { rows } = await sql<{ line: string }>`
				select concat_ws(' ', kind, sum(entries), trim_scale(sum(booked))) as line from ledger_delta_month
				join posting using (nature, posting_no)
				where nature = 'published' and not checkpoint and (known_at at time zone 'UTC')::date <= ${day}::date
				group by kind having sum(entries) <> 0`.execute(db);
			return rows.map(({ line }) => line).sort();
		}

		test('shows what is added, what changed and what is gone', () => {
			expect(shown[0]).toMatchObject({
				activities: { added: 15, changed: 0, unchanged: 0 },
				changes: { added: 180, changed: 0, withdrawn: 0, unchanged: 0, unclear: 0 },
				absent: { activities: 0, entries: 0 }
			});
			expect(shown[1]).toMatchObject({
				activities: { added: 2, changed: 13, unchanged: 0 },
				changes: { added: 47, changed: 0, withdrawn: 0, unchanged: 160, unclear: 0 },
				absent: {
					activities: 2,
					entries: 20,
					sums: [
						{ currency: 'USD', kind: '2', count: 2, sum: '116925000' },
						{ currency: 'USD', kind: '3', count: 8, sum: '0' },
						{ currency: 'USD', kind: 'budget', count: 10, sum: '116925000' }
					]
				}
			});
		});

		test('gives each date as its file had it', async () => {
			expect(await booked(DAYS[0])).toEqual(said[0]);
			expect(await booked(DAYS[1])).toEqual(said[1]);
			expect(said[0]).not.toEqual(said[1]);
		});

		test('gives the first date back when the second file is undone', async () => {
			await reachInstant(db, 'published', `${DAYS[2]}T12:00:00Z`);
			const done = await undo(db, 'published', posted[1]!, 'only the first one');
			expect(isRefusal(done)).toBe(false);
			expect(await booked(addDays(DAYS[2], 1))).toEqual(said[0]);
			expect(await booked(DAYS[1])).toEqual(said[1]);
			const { rows } = await sql<{ activities: number }>`
				select count(*)::integer as activities from activity_current where not withdrawn`.execute(db);
			expect(rows).toEqual([{ activities: 15 }]);
		});
	});
});
