import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { compare, subtract, sum } from '#lib/money/decimal.ts';
import type { Database } from '#lib/server/database/open.ts';
import { readPostings } from '#lib/server/facts/posting.ts';
import { undo } from '#lib/server/intake/undo.ts';
import { listChangedRows } from '#lib/server/ledger/changed-rows.ts';
import { rows } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import { writeChangesAtom } from '#lib/server/outlet/changes-atom.ts';
import { openChanges, writeChangesCsv } from '#lib/server/outlet/changes-csv.ts';
import { CHANGED_FIELDS, readChanged } from '#lib/server/page/changed.ts';
import { readToday, referenceOf } from '#lib/server/page/cited.ts';
import { readProof, type ProofQuestion } from '#lib/server/page/proof.ts';
import { compareSince } from '#lib/server/page/since.ts';
import { readReference, type Citation } from '#lib/slice/citation/citation.ts';
import { NATURES, type Slice, type Sum } from '#lib/slice/slice.ts';
import { lastPostingOf } from '#lib/slice/version.ts';
import { accept } from '../support/comparing.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import {
	anActivity,
	anEntry,
	anOrganisation,
	aProject,
	aRate,
	aWithdrawal,
	postRecords
} from '../support/ledger-factory.ts';
import { recordsOf, steps } from '../support/ledger-generator.ts';
import { plainly, readNumbers, sliceOf, slicesOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';
import { askedOf } from '../support/question.ts';

const SITE = { origin: 'https://portfolio.example.org', portfolio: 'gloact' };
const NO_FIELDS = { claim: null, formula: null, agreement_rule: null };
/** Figures cited after each posting, and lives of a ledger. PGlite runs the same SQL, more slowly. */
const CITED = { postgresql: 8, pglite: 4 };
const LIVES = { postgresql: 2, pglite: 1 };

type Remembered = { reference: string; slice: Slice; sum: Sum; rows: string[] };

describeOnBothEngines('a cited figure of a generated ledger', (engine, fresh) => {
	let database: Database;
	const remembered: Remembered[] = [];
	const rowsOf = async (slice: Slice) =>
		(await rows(database.db, slice, { after: null, limit: 5 })).rows.map((row) => row.entry_id);

	beforeAll(async () => {
		database = await fresh();
		const lives = fc.sample(fc.tuple(steps, steps), { numRuns: LIVES[engine], seed: 20_190_731 });
		for (const [seed, [published, demonstration]] of lives.entries()) {
			const world = await createWorld(database.db);
			for (let index = 0; index < Math.max(published.length, demonstration.length); index++) {
				for (const [nature, step] of [
					['published', published[index]],
					['demonstration', demonstration[index]]
				] as const) {
					if (!step) continue;
					await accept(database.db, nature, recordsOf(world, step), (_, changes) => ({
						pairs: Object.fromEntries(
							changes.filter(({ change }) => change === 'unclear').map(({ changeNo }) => [changeNo, null])
						)
					}));
				}
				await cite(world, 100 * seed + index);
			}
			await disturb(world);
		}
	});

	/** Remembers what some figures are now, by their references. */
	async function cite(world: World, seed: number) {
		const { db } = database;
		const numbers = await readNumbers(db, world);
		for (const slice of fc.sample(slicesOf(world, numbers, ['2100-01-01']), {
			numRuns: CITED[engine],
			seed
		})) {
			const cited = await referenceOf(await askedOf(db, { slice, fields: NO_FIELDS }));
			remembered.push({
				reference: cited!.reference,
				slice,
				sum: plainly(await total(db, slice)),
				rows: await rowsOf(slice)
			});
		}
	}

	/** Other rates, and the last posting undone where nothing stands in its way. */
	async function disturb(world: World) {
		const { db } = database;
		const [monthly] = world.agreements;
		await postRecords(db, 'published', [
			aRate(monthly!, 'USD', '2017-01-01', { eur: '1.9' }),
			aRate(monthly!, 'GBP', '2017-03-01', { usd: '0.5' })
		]);
		for (const nature of NATURES) {
			const last = (await readPostings(db, null))[nature]!.no;
			for (let no = last; no > Math.max(0, last - 3); no--) await undo(db, nature, no, 'undone by a test');
		}
	}

	test('stays what it was, to the cent and row by row, whatever is posted, corrected, withdrawn or undone later', async () => {
		expect(remembered.length).toBeGreaterThan(8);
		for (const { reference, slice, sum, rows: before } of remembered) {
			const cited = readReference(reference)!;
			expect({ ...cited.slice, version: null }, reference).toEqual({ ...slice, version: null });
			expect(plainly(await total(database.db, cited.slice)), reference).toEqual(sum);
			expect(await rowsOf(cited.slice), reference).toEqual(before);
		}
	});

	test(
		'and today differ by exactly what was added, changed and withdrawn: as sums, rows, parts and a download',
		{ tags: 'nightly' },
		async () => {
			const { db } = database;
			let differing = 0;
			for (const { reference } of remembered) {
				const { slice } = readReference(reference)!;
				const since = String(lastPostingOf(slice.version, slice.nature));
				if (since === '0') continue;
				const now = { ...slice, asof: null, version: null };
				const [then, today] = [await total(db, { ...slice, asof: null }), await total(db, now)];
				const difference = subtract(today.amount ?? '0', then.amount ?? '0');
				if (compare(difference, '0') !== 0) differing++;

				const [change] = await compareSince(db, now, since, [now.measure]);
				expect(compare(change!.difference, difference), reference).toBe(0);
				expect(plainly(change!.lines.known.total)).toEqual(plainly(then));

				const changed = await listChangedRows(db, now, since, 10_000);
				const sumOf = (amounts: (string | null | undefined)[]) =>
					sum(amounts.filter((amount) => amount != null));
				const after = sumOf(changed.map((row) => row.after?.amount_in_slice));
				const before = sumOf(changed.map((row) => row.before?.amount_in_slice));
				expect(compare(subtract(after, before), difference), reference).toBe(0);
				expect(changed.every(({ reason }) => reason !== null && reason.no > Number(since))).toBe(true);

				const { found } = await readChanged(
					await askedOf(db, { slice: now, fields: { [CHANGED_FIELDS[0]]: since } })
				);
				for (const cut of found!.cuts) {
					const parts = sum(cut.parts.map((part) => part.difference));
					expect(compare(parts, difference), `${reference} by ${cut.by}`).toBe(0);
				}

				const file = writeChangesCsv(await openChanges(db, now, since, SITE));
				const lines = readCsvFile(await file.text());
				expect(file.headers.get('x-row-count')).toBe(String(lines.length));
				expect(compare(sum(lines.map((line) => line.difference || '0')), difference), reference).toBe(0);
			}
			expect(differing).toBeGreaterThan(0);
		}
	);
});

describeOnBothEngines('a citation and what changed since', (_engine, fresh) => {
	let database: Database;
	const identity = { reporter: 'CITED-REPORTER', activity: 'CITED-A', project: 'CITED' };
	const entry = (reference: string, amount: string, country = 'ML') =>
		anEntry({ ...identity, reference }, { amount, countries: [{ country, percentage: '100' }] });
	const slice = sliceOf({ project: 'CITED' });

	beforeAll(async () => {
		database = await fresh({ filled: true });
		await postRecords(database.db, 'published', [
			anOrganisation('CITED-REPORTER'),
			aProject('CITED'),
			anActivity('CITED-A', 'CITED'),
			entry('1', '100.00'),
			entry('2', '200.00'),
			entry('3', '300.00')
		]);
	});

	const asked = async (
		of: Partial<Slice>,
		fields: Partial<Citation['fields']> = {}
	): Promise<ProofQuestion> =>
		askedOf(database.db, { slice: { ...slice, ...of }, fields: { ...NO_FIELDS, ...fields } });
	const citedAs = async (of: Partial<Slice>, fields: Partial<Citation['fields']> = {}) =>
		readReference((await referenceOf(await asked(of, fields)))!.reference)!;
	const todayOf = async (citation: Citation) => {
		const question = await asked(citation.slice, citation.fields);
		const proof = await readProof(question);
		return { proof, today: await readToday(question, proof, citation) };
	};

	test('names the import and the reason of each change, and keeps withdrawn rows readable', async () => {
		const { db } = database;
		const whole = await citedAs({});
		const balance = await citedAs({}, { formula: 'cash_balance' });
		const claim = await citedAs({}, { claim: '1' });
		await accept(
			db,
			'published',
			[
				entry('2', '220.00', 'NE'),
				entry('4', '40.00'),
				aWithdrawal({ reporter: 'CITED-REPORTER', activity: 'CITED-A', reference: '3' })
			],
			{ explanation: 'the report as corrected' }
		);

		const { proof, today } = await todayOf(whole);
		expect(proof.kind === 'slice' && proof.total.amount).toBe('600.00');
		expect(today.parts[0]!.now.total.amount).toBe('360.00');
		expect(today.parts[0]!.change).toMatchObject({ changed: '20.00', difference: '-240.00' });
		expect(
			today.lines.map(({ change, before, after, reason }) => [
				change,
				before?.amount_in_slice,
				after?.amount_in_slice,
				reason?.explanation
			])
		).toEqual([
			['added', undefined, '40.00', 'the report as corrected'],
			['changed', '200.00', '220.00', 'the report as corrected'],
			['withdrawn', '300.00', undefined, 'the report as corrected']
		]);
		expect(today.lines.every(({ reason }) => reason?.source_sha256)).toBe(true);

		// What moved to another country left this one: one side of the pair lies outside.
		const inMali = await readToday(
			await asked({ ...whole.slice, country: 'ML' }),
			await readProof(await asked({ ...whole.slice, country: 'ML' })),
			{ ...whole, slice: { ...whole.slice, country: 'ML' } }
		);
		const moved = inMali.lines.find(({ change }) => change === 'changed')!;
		expect([moved.before?.amount_in_slice, moved.after]).toEqual(['200.00', null]);

		// All four rows are shown: the changed one as one line, with what it was and what it is.
		const { found } = await readChanged(
			await askedOf(db, { slice, fields: { since: String(today.postings.published!.no) } })
		);
		expect([found!.entries, found!.lines.length, found!.left]).toEqual([4, 3, 0]);

		const formula = await todayOf(balance);
		expect(formula.proof.kind).toBe('formula');
		expect(formula.today.parts.map(({ term, change }) => [term, change?.difference])).toContainEqual([
			'spent',
			'-240.00'
		]);
		const stated = await todayOf(claim);
		expect(stated.today.claim).toEqual({ chosen: true, instead: null });
	});

	test('lists the first rows of each kind, and says how many are left', async () => {
		const { db } = database;
		const since = (await readPostings(db, null)).published!.no;
		const many = Array.from({ length: 43 }, (_, index) => entry(`many ${index}`, '1.00', 'SN'));
		await accept(db, 'published', [...many, entry('4', '41.00')]);
		const { found } = await readChanged(await askedOf(db, { slice, fields: { since: String(since) } }));
		expect([found!.entries, found!.lines.length, found!.left]).toEqual([45, 41, 3]);
	});

	test('is of the day it was cited on as well, and of the postings known then of both natures', async () => {
		const { db } = database;
		const demonstration = await citedAs({
			project: 'GLOACT',
			nature: 'demonstration',
			asof: '2017-12-31'
		});
		const stamps = await readPostings(db, null);
		expect(demonstration.slice.version).toBe(`${stamps.published!.no}.${stamps.demonstration!.no}`);
		expect(demonstration.slice.asof).toBe('2017-12-31');
		const { today } = await todayOf(demonstration);
		const [part] = today.parts;
		// The end of 2017 is compared with all that is known today.
		const whole = await total(db, { ...demonstration.slice, asof: null, version: null });
		expect(part!.now.total.amount).toBe(whole.amount);
		expect(compare(part!.change!.difference, subtract(whole.amount!, part!.then.total.amount!))).toBe(0);
	});

	test('the feed of postings is well-formed, keeps its names, and tells no amount and nothing of a private file', async () => {
		const { db } = database;
		const feed = async () => (await writeChangesAtom(db, slice, SITE)).text();
		const release = (released: boolean, explanation: string) =>
			sql`update source set released = ${released} where source_id in (
				select source_id from import join posting using (import_id) where explanation = ${explanation})`.execute(db);
		await release(false, 'the report as corrected');
		const before = await feed();
		expect(before).toMatch(
			/^<\?xml version="1.0" encoding="utf-8"\?>\n<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/
		);
		expect(before).not.toContain('the report as corrected');
		const ids = [...before.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id!);
		expect(new Set(ids).size).toBe(ids.length);
		expect(
			ids.every((id) =>
				/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)
			)
		).toBe(true);
		await accept(db, 'published', [entry('5', '5.00')], { explanation: 'a <later> & "other" one' });
		await release(true, 'a <later> & "other" one');
		const after = await feed();
		expect(after).toContain('a &#60;later&#62; &#38; &#34;other&#34; one');
		const later = [...after.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id!);
		expect(later[0]).toBe(ids[0]);
		expect(later).toEqual(expect.arrayContaining(ids.slice(0, 50)));
	});
});
