import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { namesOfOrganisations } from '#lib/server/facts/organisations.ts';
import { isInPortfolio } from '#lib/server/facts/portfolios.ts';
import { UnknownKeyError } from '#lib/server/ledger/resolve.ts';
import { NONE, valuesOf } from '#lib/slice/parameter.ts';
import { refuse } from './refuse.ts';

/** What a list of facts can be narrowed by that is a thing of its own. */
type Named = {
	portfolio: string;
	project?: string | null;
	objective?: string | null;
	organisation?: string | null;
};

/**
 * Refuses what an address names and the books do not know: 404, where a ledger's slice answers the same.
 * @throws UnknownKeyError for a portfolio that is none, a project that is not in it, an objective or an organisation
 */
export async function refuseUnknownKeys(
	db: Kysely<DB>,
	{ portfolio, project = null, objective = null, organisation = null }: Named
): Promise<void> {
	const numbers = valuesOf(organisation);
	// Of activities and results everyone has a part in, nobody is "not stated".
	if (numbers.includes(NONE)) refuse('organisation', NONE, 'not_a_number');
	const [hasPortfolio, hasProject, objectives, organisations] = await Promise.all([
		portfolio === 'all' || isInPortfolio(db, portfolio, null),
		project === null || isInPortfolio(db, portfolio, project),
		labelsOf(db, 'objective', [objective]),
		namesOfOrganisations(db, numbers)
	]);
	if (!hasPortfolio) throw new UnknownKeyError('portfolio', portfolio);
	if (!hasProject) throw new UnknownKeyError('project', project!);
	if (objective !== null && objective !== NONE && !objectives.has(objective))
		throw new UnknownKeyError('objective', objective);
	const unknown = numbers.find((one) => !organisations.has(one));
	if (unknown !== undefined) throw new UnknownKeyError('organisation', unknown);
}
