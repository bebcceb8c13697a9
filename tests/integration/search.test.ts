import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { resolveFactsAt, type FactsAt } from '#lib/server/facts/posting.ts';
import {
	countSearched,
	listNearNames,
	searchOrganisations,
	searchProjects,
	searchSources
} from '#lib/server/facts/search.ts';
import { fold } from '#lib/words/fold.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anActivity, anOrganisation, aProject, postRecords } from '../support/ledger-factory.ts';

const NAMES = {
	JUST: 'Ministère de la Justice',
	JUSTNE: 'Ministère de la Justice du Niger',
	JUSTICE: 'Justice',
	INTERPOL: 'INTERPOL',
	LEAGUE: 'جامعة الدول العربية',
	KYIV: 'Міністерство юстиції України',
	HOSTILE: `100%_ \\ <b>'; drop table organisation; --`
};

describeOnBothEngines('searching by name', (_engine, fresh) => {
	let database: Database;
	let at: FactsAt;
	beforeAll(async () => {
		database = await fresh();
		await postRecords(database.db, 'published', [
			aProject('GLOACT', {
				name: 'Global Action against Trafficking',
				shortName: 'GLO.ACT',
				code: 'GLOZ67'
			}),
			aProject('OTHER', { name: 'Regional programme', shortName: 'Other' }),
			...Object.entries(NAMES).map(([key, name]) => anOrganisation(key, name))
		]);
		at = (await resolveFactsAt(database.db, null))!;
	});

	const organisations = async (text: string) => {
		const { hits, total, like } = await searchOrganisations(database.db, at, text, 10);
		expect(total).toBe(hits.length);
		return { names: hits.map(({ name }) => name), like };
	};

	test.each([
		['ministere justice', [NAMES.JUST, NAMES.JUSTNE]],
		['MINISTÈRE   niger', [NAMES.JUSTNE]],
		['العربية', [NAMES.LEAGUE]],
		['юстиції', [NAMES.KYIV]],
		['МІНІСТЕРСТВО', [NAMES.KYIV]],
		['100%_', [NAMES.HOSTILE]],
		["'; drop", [NAMES.HOSTILE]],
		['zzzzzz', []]
	])('“%s” finds what holds all its words, without accents', async (text, names) => {
		const found = await organisations(text);
		expect(found.names.toSorted()).toEqual(names.toSorted());
		expect(found.like).toBe(false);
	});

	test('the whole name stands before its beginning, and that before a word in it', async () => {
		const { names } = await organisations('justice');
		expect(names).toEqual([NAMES.JUSTICE, NAMES.JUST, NAMES.JUSTNE]);
	});

	test.each([
		['ministere justise', NAMES.JUST],
		['interpoll', NAMES.INTERPOL]
	])('“%s” finds what it may mean, and says so', async (text, name) => {
		const { names, like } = await organisations(text);
		expect(names).toContain(name);
		expect(like).toBe(true);
	});

	test.each(['GLO.ACT', 'gloz67', 'global trafficking', 'GLOACT', 'gloact'])(
		'a project goes by “%s”',
		async (text) => {
			const { hits } = await searchProjects(database.db, at, text, 10);
			expect(hits.map(({ key }) => key)).toEqual(['GLOACT']);
		}
	);

	describe('files', () => {
		const find = (text: string, all = true) =>
			searchSources(database.db, text, { all, demonstration: true, limit: 10 });

		test('go by name and by the beginning of their hash; those not released only for who may see them', async () => {
			const { hits } = await find('made');
			expect(hits.length).toBeGreaterThan(0);
			const { sha256 } = hits[0]!;
			expect((await find(sha256.slice(0, 8).toUpperCase())).hits[0]!.sha256).toBe(sha256);
			expect((await find(sha256)).total).toBe(1);
			expect((await find(sha256.slice(0, 8), false)).total).toBe(0);
			expect((await find('made', false)).total).toBe(0);
		});

		test('by the beginning of a hash are counted beyond those that are listed', async () => {
			await database.db
				.insertInto('source')
				.values(
					['0', '1', '2'].map((last) => ({
						sha256: `c0ffee${'0'.repeat(57)}${last}`,
						name: `hashed-${last}`,
						media_type: 'text/csv',
						size: 1,
						received_by: 'seed',
						released: true
					}))
				)
				.execute();
			const found = await searchSources(database.db, 'c0ffee', {
				all: false,
				demonstration: false,
				limit: 2
			});
			expect([found.hits.length, found.total]).toEqual([2, 3]);
			await database.db.deleteFrom('source').where('name', 'like', 'hashed-%').execute();
		});
	});

	test('says what it looked through, and names near to what it did not find', async () => {
		expect(await countSearched(database.db, at, { all: false, demonstration: false })).toEqual({
			projects: 2,
			organisations: Object.keys(NAMES).length,
			activities: 0,
			sources: 0
		});
		expect(await listNearNames(database.db, at, 'Justitia', 3)).toContain(NAMES.JUSTICE);
		expect(await listNearNames(database.db, at, 'x', 3)).toEqual([]);
	});

	test('looks through what was known on the day, and through the demonstration only where it is shown', async () => {
		const fresher = await fresh();
		await postRecords(fresher.db, 'published', [aProject('P')]);
		const before = (await resolveFactsAt(fresher.db, null))!;
		await postRecords(fresher.db, 'published', [anActivity('A', 'P')]);
		await postRecords(fresher.db, 'demonstration', [anOrganisation('INVENTED')]);
		const shown = { all: true, demonstration: true };
		const now = (await resolveFactsAt(fresher.db, null))!;
		const counts = await countSearched(fresher.db, now, shown);
		expect(counts.activities).toBe(1);
		expect((await countSearched(fresher.db, { ...before, latest: false }, shown)).activities).toBe(0);
		const hidden = await countSearched(fresher.db, now, { ...shown, demonstration: false });
		expect(hidden.sources).toBe(counts.sources - 1);
	});

	test('the database folds as the pages do', async () => {
		for (const text of ['  Côte  d’Ivoire ', 'ÅNGSTRÖM', 'МОСКВА', 'ΑΘΗΝΑ', 'أحمد', 'Łódź Øre', 'Éé']) {
			const { rows } = await sql<{ folded: string }>`select folded(${text}) as folded`.execute(database.db);
			expect(rows[0]!.folded).toBe(fold(text));
		}
	});
});
