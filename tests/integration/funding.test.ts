import { beforeAll, expect, test } from 'vitest';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { countOrganisations, listOrganisationPage } from '#lib/server/facts/organisation-list.ts';
import { resolveFactsAt, type FactsAt } from '#lib/server/facts/posting.ts';
import { total } from '#lib/server/ledger/total.ts';
import { rows } from '#lib/server/ledger/rows.ts';
import { readContributions, readPooledShare } from '#lib/server/page/contributions.ts';
import { readChain, readFlow } from '#lib/server/page/flow.ts';
import { readFunding } from '#lib/server/page/funding.ts';
import { readTerms } from '#lib/server/page/proof.ts';
import { readTransfers } from '#lib/server/page/transfers.ts';
import { compare, isZero, sum } from '#lib/money/decimal.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { imbalanceOf } from '../support/flow-imbalance.ts';
import { FORMULAS } from '#lib/slice/formula.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { aCountingRule, anEntry, postRecords } from '../support/ledger-factory.ts';
import { sliceOf, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';
import { askedOf } from '../support/question.ts';

const equal = (a: string | null, b: string | null) => a !== null && b !== null && compare(a, b) === 0;

describeOnBothEngines('funding of the first portfolio', (_engine, fresh) => {
	let db: Kysely<DB>;
	const midway = { ...defaultSlice('gloact'), nature: 'demonstration' as const, asof: '2018-06-30' };

	beforeAll(async () => {
		const database = await fresh({ filled: true });
		({ db } = database);
	});

	const asked = (pooled: 'apart' | 'pro_rata' = 'apart') => askedOf(db, { fields: { pooled } });

	test('states what is published, with every rival, and no contribution as booked', async () => {
		const { statements, published, invented } = await readFunding(await asked());
		const all = [...statements.own, ...statements.others].flatMap((group) => group.statements);
		const rowsOf = (name: string) => all.filter(({ claim }) => claim.place?.startsWith(name)).length;
		expect(all.length).toBeGreaterThanOrEqual(36);
		expect(rowsOf('funding.csv')).toBeGreaterThanOrEqual(36);
		expect(statements.own.map(({ project }) => project.key)).toEqual(['GLOACT']);
		const disputed = statements.own[0]!.conflicts.map((group) => group[0]!.claim.property);
		expect(disputed).toEqual(expect.arrayContaining(['budget_total', 'contribution']));
		expect(published).toBeNull();
		expect(invented!.contributions.contributions.map(({ funder }) => funder?.name)).toEqual([
			'European Union'
		]);
	});

	test('adds contributions and the pool up to the whole, and attributes the pool to nobody', async () => {
		const { contributions, pool, total: whole } = await readContributions(db, midway);
		const [union] = contributions;
		expect(pool!.providers).toMatchObject([{ key: 'none', balance: null }]);
		expect(pool!.providers[0]!.sums.spent).toBeUndefined();
		for (const measure of ['received', 'contribution_committed', 'spent'] as const) {
			const parts = [union!.sums[measure]!.amount!, pool!.sums[measure]!.amount!];
			expect(equal(sum(parts), whole.sums[measure]!.amount), measure).toBe(true);
		}
		const terms = await readTerms(
			{ db, at: (await resolveFactsAt(db, null))! },
			union!.slice,
			'contribution_balance'
		);
		expect(equal(FORMULAS.contribution_balance.evaluate(terms.values), union!.balance)).toBe(true);
		// Told by a key, it is all of the pool's spending, to the cent, and its proof says the same.
		const share = pool!.providers[0]!.share!;
		expect(equal(share.amount, pool!.sums.spent!.amount)).toBe(true);
		expect(share.percent).toBe('100.0');
		expect(equal(await readPooledShare(db, share.slice), share.amount)).toBe(true);
	});

	test('lets as much out as in at every organisation, and every link is its rows', async () => {
		const flow = await readFlow(db, midway);
		const given = flow.links.flatMap(({ to }) => (to.startsWith('organisation ') ? [to] : []));
		expect(new Set(given).size).toBe(3);
		for (const id of given) expect(isZero(imbalanceOf(flow, id)), id).toBe(true);
		const untraced = flow.links.filter(({ to }) => to === 'untraced');
		expect(untraced).toHaveLength(3);
		for (const { origin, amount } of untraced) {
			const { values } = await readTerms(
				{ db, at: (await resolveFactsAt(db, null))! },
				origin.slice,
				'untraced'
			);
			expect(equal(FORMULAS.untraced.evaluate(values), amount)).toBe(true);
		}
		for (const { origin, amount, entries } of flow.links) {
			if (origin.kind === 'formula') continue;
			const found = await total(db, origin.slice);
			expect([equal(found.amount, amount), found.entries]).toEqual([true, entries]);
			const page = await rows(db, origin.slice, { after: null, limit: 2000 });
			expect(equal(sum(page.rows.map((row) => row.amount_in_slice!)), amount)).toBe(true);
		}
		const { name, key } = flow.nodes.find((node) => node.name === 'IOM')!;
		const chain = await readChain(db, midway, key!);
		const own = flow.links.filter(({ from, to }) => [from, to].includes(`organisation ${key}`));
		expect(chain.links.length, name!).toBe(own.length);
		expect(chain.links.map(({ amount }) => Number(amount)).toSorted()).toEqual(
			own.map(({ amount }) => Number(amount)).toSorted()
		);
	});

	test('has one side of each transfer where only one reports', async () => {
		const transfers = await readTransfers(db, midway);
		expect(transfers.map(({ provider, receiver }) => `${provider.name} ${receiver.name}`)).toEqual([
			'European Union UNODC',
			'UNODC IOM',
			'UNODC UNICEF'
		]);
		expect(transfers.every(({ difference }) => difference === null)).toBe(true);
	});

	test('lists organisations by role in keyset pages, whatever the accents', async () => {
		const at: FactsAt = (await resolveFactsAt(db, null))!;
		const filter = { portfolio: 'all', role: null, text: null };
		const counts = await countOrganisations(db, at, filter);
		const seen: string[] = [];
		let after: string | null = null;
		do {
			const page: Awaited<ReturnType<typeof listOrganisationPage>> = await listOrganisationPage(
				db,
				at,
				filter,
				{
					after,
					limit: 40
				}
			);
			seen.push(...page.organisations.map(({ organisation_id }) => organisation_id));
			after = page.next;
		} while (after !== null);
		expect(new Set(seen).size).toBe(counts.all);
		expect(seen.length).toBe(counts.all);
		const funding = await listOrganisationPage(db, at, { ...filter, role: '1' }, { after: null, limit: 500 });
		expect(funding.organisations.length).toBe(counts.roles[0]);
		expect(funding.organisations.map(({ name }) => name)).toContain('European Union');
		const found = await listOrganisationPage(
			db,
			at,
			{ ...filter, text: 'developpement MONDE' },
			{ after: null, limit: 10 }
		);
		expect(found.organisations.map(({ name }) => name)).toEqual([
			'ENDA (Environnement et Développement du Tiers Monde)'
		]);
	});
});

describeOnBothEngines('money between two that both report', (_engine, fresh) => {
	let db: Kysely<DB>;
	let world: World;

	beforeAll(async () => {
		({ db } = await fresh());
		world = await createWorld(db);
		const [reporter] = world.reporters as [string];
		const [funder, partner] = world.parties as [string, string];
		const { key: activity, project } = world.activities[0]!;
		const entry = (reference: string, change: Parameters<typeof anEntry>[1]) =>
			anEntry({ reporter, activity, project, reference }, { provider: funder, receiver: partner, ...change });
		await postRecords(db, 'published', [
			aCountingRule('sent', reporter, 'internal_transfer', { entryKind: '3', project }),
			entry('sent', { entryKind: '3', amount: '500000.00' }),
			entry('received', {
				entryKind: '1',
				amount: '480000.00',
				providerActivity: 'XM-1-A',
				receiverActivity: 'XM-2-B'
			}),
			entry('spent', { provider: partner, receiver: null, amount: '300000.01' })
		]);
	});

	test('shows both sides with their rows and the difference', async () => {
		const [transfer, ...more] = await readTransfers(db, wholeOf(world));
		expect(more).toEqual([]);
		expect(equal(transfer!.difference, '20000')).toBe(true);
		expect(transfer!.sent.map(({ slice }) => slice.counting)).toEqual(['internal_transfer']);
		expect(transfer!.received.map(({ slice }) => slice.counting)).toEqual(['counted']);
		for (const { slice, sum } of [...transfer!.sent, ...transfer!.received]) {
			const page = await rows(db, slice, { after: null, limit: 10 });
			expect(equal(page.rows[0]!.amount, sum.amount)).toBe(true);
		}
	});

	test('exports the chain with the identifiers of the activities on both ends', async () => {
		const slice = sliceOf({ portfolio: world.portfolio, measure: 'received' });
		const [row] = (await rows(db, slice, { after: null, limit: 10 })).rows;
		expect(row).toMatchObject({ provider_activity: 'XM-1-A', receiver_activity: 'XM-2-B' });
	});

	test('balances also where both sides count as one', async () => {
		const flow = await readFlow(db, wholeOf(world));
		const partner = flow.nodes.find(({ name }) => name?.includes('partner'))!;
		expect(isZero(imbalanceOf(flow, partner.id))).toBe(true);
	});
});
