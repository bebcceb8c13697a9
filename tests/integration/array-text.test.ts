import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { arrayText } from '#lib/server/intake/insert.ts';
import { describeOnBothEngines } from '../support/databases.ts';

/** What the database can keep, with everything that means something in the text of an array. */
const texts = fc.oneof(
	fc.constantFrom(
		'',
		'null',
		'NULL',
		'{}',
		'{a,b}',
		',',
		'"',
		'\\',
		'\\"',
		' blank ',
		'\n\t',
		"it's",
		'-1.50',
		'١'
	),
	fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))
);

describeOnBothEngines('many values as the text of an array', (_engine, fresh) => {
	let database: Database;
	beforeAll(async () => (database = await fresh({ bare: true })));

	test('come out as they went in', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.option(texts, { nil: null })), async (values) => {
				const { rows } = await sql<{ value: string | null }>`
					select value from unnest(${arrayText(values)}::text[]) with ordinality as row(value, place) order by place`.execute(
					database.db
				);
				expect(rows.map(({ value }) => value)).toEqual(values);
			}),
			{ numRuns: 60 }
		);
	});

	test('of other types too', async () => {
		const values = [{ a: 'x"y\\z' }, null, [1, '{,}']];
		const { rows } = await sql<{ json: unknown; yes: boolean; amount: string }>`
			select json, yes, amount from unnest(${arrayText(values)}::jsonb[], ${arrayText([true, null, false])}::boolean[],
				${arrayText(['-0.10', null, '12'])}::numeric[]) with ordinality as row(json, yes, amount, place) order by place`.execute(
			database.db
		);
		expect(rows.map(({ json }) => json)).toEqual(values);
		expect(rows.map(({ yes }) => yes)).toEqual([true, null, false]);
		expect(rows.map(({ amount }) => amount)).toEqual(['-0.10', null, '12']);
	});
});
