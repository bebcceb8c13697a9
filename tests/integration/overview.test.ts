import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { readOverview } from '#lib/server/page/overview.ts';
import { readProject } from '#lib/server/page/project.ts';
import { readProjects } from '#lib/server/page/projects.ts';
import type { SpendingPart } from '#lib/server/page/spending.ts';
import { compare, sum } from '#lib/money/decimal.ts';
import { defaultSlice, readAddress } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { aProject, postRecords } from '../support/ledger-factory.ts';
import { askedOf } from '../support/question.ts';

const ON_THAT_DAY = '2017-06-30';

describeOnBothEngines('overview and projects of the first portfolio', (_engine, fresh) => {
	let database: Database;

	beforeAll(async () => {
		database = await fresh({ filled: true });
	});

	const asked = (slice: Partial<Slice> = {}, demonstration = true) =>
		askedOf(database.db, { slice, demonstration, fields: { since: null } });

	async function readOneProject(slice: Partial<Slice> = {}, demonstration = true) {
		const overview = await readOverview(await asked(slice, demonstration));
		if (overview.kind !== 'project') throw new Error('the portfolio has one project');
		return overview;
	}

	const whole = (parts: SpendingPart[], measure: 'spent' | 'budget') =>
		sum(parts.flatMap((part) => part[measure]?.amount ?? []));

	test('the published block states the budget and the contribution, and leaves the rest not published', async () => {
		const { money, reach, project, neverPublished } = await readOneProject();
		expect(money.budget).toMatchObject({ amount: '11000000', currency: 'EUR', rivals: 2 });
		expect(money.contributions).toMatchObject([{ amount: '10000000', party: 'European Union', rivals: 2 }]);
		expect(money.unattributed).toMatchObject({ amount: '1000000' });
		expect(Object.values(money.totals)).toEqual([null, null, null, null, null]);
		expect(money.balance).toBeNull();
		expect(neverPublished).toBe(true);
		expect(project.countries).toHaveLength(13);
		expect(reach.countries).toHaveLength(13);
		const counted = [...reach.begun.counts, ...reach.kinds].reduce(
			(all, { activities }) => all + activities,
			0
		);
		expect(counted + reach.begun.undated + reach.unkinded).toBe(2 * reach.total);
	});

	test('every cut of the spending adds up to the total', async () => {
		const { spending } = await readOneProject();
		const { totals, quarters, countries, providers, objectives, headings } = spending!;
		for (const parts of [quarters, countries, providers, objectives, headings]) {
			expect(compare(whole(parts, 'spent'), totals.spent.amount!)).toBe(0);
		}
		for (const parts of [quarters, countries, objectives, headings]) {
			expect(compare(whole(parts, 'budget'), totals.budget.amount!)).toBe(0);
		}
		expect(countries.at(-1)).toMatchObject({ key: null });
	});

	test('the burn ends at the end of the project with all that was spent', async () => {
		const { spending } = await readOneProject();
		const last = spending!.burn.at(-1)!;
		expect(last).toMatchObject({
			day: '2019-07-31',
			spent: spending!.totals.spent.amount,
			timeShare: '100.0'
		});
		expect(last.spentShare).toBe(spending!.formulas.spent_share);
		expect(spending!.burn.map(({ spent }) => spent)).toEqual(
			spending!.burn.map(({ spent }) => spent).toSorted(compare)
		);
	});

	test('as of a day it is that day’s simulated history, and no published amount is told', async () => {
		const [then, now] = [await readOneProject({ asof: ON_THAT_DAY }), await readOneProject()];
		expect(then.spending!.posting).toMatchObject({ simulated: true });
		expect(then.spending!.burn.at(-1)!.day).toBe(ON_THAT_DAY);
		expect(compare(then.spending!.totals.spent.amount!, now.spending!.totals.spent.amount!)).toBe(-1);
		expect(then.money.notLoadedBefore).toBe(then.loadedOn);
		expect(then.money.budget).toMatchObject({ amount: null });
		expect(then.project.countries).toHaveLength(13);
		expect(then.changes).toEqual([]);
		expect(then.checks.demonstration).toMatchObject({
			whole: { fails: 0 },
			postingNo: then.spending!.posting!.no
		});
	});

	test('before the simulated history begins the demonstration is there and empty', async () => {
		const { spending } = await readOneProject({ asof: '2015-08-01' });
		expect(spending).toMatchObject({ posting: null, quarters: [], burn: [] });
		expect(spending!.totals.spent.amount).toBeNull();
	});

	test('with the demonstration hidden nothing of it is read', async () => {
		const overview = await readOneProject({}, false);
		expect(overview.spending).toBeNull();
		expect(overview.checks.demonstration).toBeNull();
		const project = await readProject(await asked({}, false), 'GLOACT');
		expect(project).toMatchObject({ spending: null });
	});

	test('all projects are a list without a total', async () => {
		const overview = await readOverview(await asked({ portfolio: 'all' }));
		if (overview.kind !== 'portfolio') throw new Error('all projects are several');
		expect(overview.projects).toHaveLength(17);
		expect(overview).not.toHaveProperty('spending');
		expect(overview.home).toEqual({ key: 'GLOACT', name: 'GLO.ACT' });
		const { projects } = await readProjects(await asked());
		expect(projects).toEqual(overview.projects);
		const currencies = new Set(projects.flatMap(({ budget }) => (budget?.amount ? budget.currency : [])));
		expect(currencies).toEqual(new Set(['EUR', 'USD', 'CAD', 'EGP']));
	});

	test('what a page cannot be asked for is refused by name', async () => {
		await expect(readOverview(await asked({ country: 'ML' }))).rejects.toMatchObject({
			status: 400,
			body: { parameter: 'country' }
		});
		await expect(readOverview(await asked({ portfolio: 'nothing' }))).rejects.toMatchObject({
			parameter: 'portfolio'
		});
		await expect(readProject(await asked(), 'NOTHING')).rejects.toMatchObject({ status: 404 });
	});

	test('a project’s statements stand in groups, the chosen one first', async () => {
		const { claims, objectives, reach } = await readProject(await asked(), 'GLOACT');
		for (const group of claims)
			expect(group.claims.map(({ chosen }) => chosen)).toEqual([
				true,
				...group.claims.slice(1).map(() => false)
			]);
		expect(claims.find(({ property }) => property === 'end')!.claims).toHaveLength(3);
		expect(Math.max(...objectives.map(({ activities }) => activities))).toBeLessThanOrEqual(reach.total);
	});

	test('a project outside the portfolio is looked at among all projects', async () => {
		const project = await readProject(await asked(), 'BMM-I');
		expect(project.money.slice).toMatchObject({ portfolio: 'all', project: 'BMM-I' });
		expect(project.money.contributions.map(({ amount }) => amount)).toEqual(['40000000', '6000000']);
		expect(project.spending).toBeNull();
	});
});

describeOnBothEngines('many projects', (_engine, fresh) => {
	test('stand on several pages, each once, the main one first', async () => {
		const { db } = await fresh();
		const keys = Array.from({ length: 120 }, (_, index) => `P/${String(index).padStart(3, '0')} é`);
		await postRecords(db, 'published', [
			...keys.map((key) => aProject(key)),
			aProject('MAIN', { relation: 'main' })
		]);
		const seen: string[] = [];
		const pages: number[] = [];
		let after: string | null = null;
		do {
			const { projects, shown, next } = await readProjects(await askedOf(db, { view: { after } }));
			expect(projects).toHaveLength(121);
			seen.push(...projects.slice(shown.first, shown.first + shown.count).map(({ key }) => key));
			pages.push(shown.count);
			if (next !== null)
				expect(
					readAddress(new URLSearchParams({ after: next }), defaultSlice('gloact'), [])
				).not.toHaveProperty('error');
			after = next;
		} while (after !== null);
		expect(seen).toEqual(['MAIN', ...keys]);
		expect(pages).toEqual([50, 50, 21]);
		await expect(readProjects(await askedOf(db, { view: { after: '999999' } }))).rejects.toThrow(
			'999999 is no place in the list'
		);
	});
});
