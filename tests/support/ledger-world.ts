import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { IntakeRecord } from '#lib/server/intake/record.ts';
import { NATURES, type Nature } from '#lib/slice/slice.ts';
import {
	aProject,
	aRate,
	anActivity,
	anAgreement,
	anObjective,
	anOrganisation,
	postRecords
} from './ledger-factory.ts';

/** A small world of its own inside a database: everything that a generated movement may name, by key. */
export type World = {
	portfolio: string;
	reporters: string[];
	parties: string[];
	projects: string[];
	activities: { key: string; project: string }[];
	agreements: string[];
	objectives: string[];
};

/**
 * Puts a world into the books, in both natures under the same keys unless one is named. One agreement converts by
 * monthly rates with gaps, the other by daily ones; without an agreement nothing is converted. The first activity's
 * countries are halves, the last one's thirds.
 */
export async function createWorld(db: Kysely<DB>, natures: readonly Nature[] = NATURES): Promise<World> {
	const mark = randomBytes(4).toString('hex');
	const world: World = {
		portfolio: `world-${mark}`,
		reporters: [`reporter 1 ${mark}`, `reporter 2 ${mark}`],
		parties: [`funder ${mark}`, `partner ${mark}`],
		projects: [`P1 ${mark}`, `P2 ${mark}`],
		activities: [
			{ key: `halves ${mark}`, project: `P1 ${mark}` },
			{ key: `nowhere ${mark}`, project: `P1 ${mark}` },
			{ key: `thirds ${mark}`, project: `P2 ${mark}` }
		],
		agreements: [`monthly ${mark}`, `daily ${mark}`],
		objectives: [`objective ${mark}`]
	};
	for (const nature of natures) {
		await postRecords(db, nature, [...recordsOf(world), ...(nature === 'published' ? ratesOf(world) : [])]);
	}
	const { portfolio_id } = await db
		.insertInto('portfolio')
		.values({ key: world.portfolio, name: world.portfolio })
		.returning('portfolio_id')
		.executeTakeFirstOrThrow();
	await db
		.insertInto('portfolio_project')
		.columns(['portfolio_id', 'project_id'])
		.expression(({ selectFrom, val }) =>
			selectFrom('project')
				.select([val(portfolio_id).as('portfolio_id'), 'project_id'])
				.where('key', 'in', world.projects)
		)
		.execute();
	return world;
}

function recordsOf(world: World): IntakeRecord[] {
	const [p1, p2] = world.projects as [string, string];
	const [halves, nowhere, thirds] = world.activities.map(({ key }) => key) as [string, string, string];
	const [funder, partner] = world.parties as [string, string];
	const [monthly, daily] = world.agreements as [string, string];
	const parties = { funder: { key: funder }, recipient: { key: partner } };
	return [
		...[...world.reporters, ...world.parties].map((key) => anOrganisation(key)),
		aProject(p1, {
			countries: ['ML', 'NE', 'PK'],
			parties: [{ organisation: { key: funder }, role: 'funding' }]
		}),
		aProject(p2, { countries: ['BR', 'CO', 'EG'] }),
		anObjective(world.objectives[0]!, p1),
		anAgreement(monthly, p1, { ...parties, ratePublisher: monthly, rateSeries: 'monthly' }),
		anAgreement(daily, p2, { ...parties, ratePublisher: daily, rateSeries: 'daily' }),
		anActivity(halves, p1, { participatingCountries: ['ML', 'NE'] }),
		anActivity(nowhere, p1),
		anActivity(thirds, p2, { hosts: ['BR', 'CO', 'EG'] })
	];
}

/** Monthly: some months of 2016 to 2018, the pound only in dollars. Daily: a few days of early 2017. */
function ratesOf({ agreements: [monthly, daily] }: World): IntakeRecord[] {
	const months = ['2016-01', '2016-12', '2017-01', '2017-02', '2017-03', '2017-07', '2018-06'];
	return [
		...months.flatMap((month, index) => [
			aRate(monthly!, 'USD', `${month}-01`, { eur: `1.${index}37` }),
			aRate(monthly!, 'GBP', `${month}-01`, { usd: `0.7${index}` }),
			aRate(monthly!, 'JPY', `${month}-01`, { eur: `12${index}.41` })
		]),
		...['2017-01-05', '2017-02-01', '2017-03-08'].flatMap((day, index) => [
			aRate(daily!, 'USD', day, { eur: `1.0${index}9` }, 'daily'),
			aRate(daily!, 'TND', day, { usd: `2.4${index}1` }, 'daily')
		])
	];
}
