import type { Question } from '#lib/server/answer.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { countOrganisations, listOrganisationPage } from '#lib/server/facts/organisation-list.ts';
import { listProjects } from '#lib/server/facts/projects.ts';
import { UnknownKeyError } from '#lib/server/ledger/resolve.ts';
import { refuseRestrictions } from './restrictions.ts';

/** Parameters of the list beside those of the slice. */
export const ORGANISATION_FIELDS = ['q', 'role'] as const;

const PAGE_ROWS = 50;

/** Organisations by role, a page of them. */
export async function readOrganisations(question: Question<(typeof ORGANISATION_FIELDS)[number]>) {
	refuseRestrictions(question);
	const { db, at, slice, view, fields } = question;
	const filter = { portfolio: slice.portfolio, role: fields.role, text: fields.q };
	const [projects, page, counts] = await Promise.all([
		listProjects(db, at, slice.portfolio),
		listOrganisationPage(db, at, filter, { after: view.after, limit: PAGE_ROWS }),
		countOrganisations(db, at, filter)
	]);
	if (projects.length === 0 && slice.portfolio !== 'all')
		throw new UnknownKeyError('portfolio', slice.portfolio);
	const countries = await labelsOf(
		db,
		'country',
		page.organisations.map(({ country }) => country)
	);
	return {
		filter,
		counts,
		organisations: page.organisations.map((organisation) => ({
			...organisation,
			countryName: organisation.country && (countries.get(organisation.country) ?? organisation.country)
		})),
		next: page.next,
		after: view.after,
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}
