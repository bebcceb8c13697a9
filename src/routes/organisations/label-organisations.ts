import { m } from '#lib/paraglide/messages.js';
import type { readOrganisations } from '#lib/server/page/organisations.ts';
import { formatCount } from '#lib/words/count.ts';
import { organisationTypeLabel, roleLabel } from '#lib/words/organisation.ts';

type Read = Awaited<ReturnType<typeof readOrganisations>>;

/** The list in the visitor's language, so that the glossary need not travel to the browser. */
export function labelOrganisations({ organisations, counts, filter, ...data }: Read) {
	return {
		...data,
		filter,
		/** How many have each role; the one chosen is said by `filter`. */
		roles: counts.roles.map((count, index) => ({
			value: String(index + 1),
			label: roleLabel(String(index + 1)),
			count
		})),
		all: counts.all,
		total: filter.role === null ? counts.all : (counts.roles[Number.parseInt(filter.role, 10) - 1] ?? 0),
		rows: organisations.map((organisation) => ({
			id: organisation.organisation_id,
			name: organisation.name,
			reference: organisation.reference,
			type: organisation.type_code && organisationTypeLabel(organisation.type_code),
			code: organisation.country,
			country: organisation.countryName,
			roles: rolesOf(organisation),
			activities: organisation.activities
		}))
	};
}
export type OrganisationRow = ReturnType<typeof labelOrganisations>['rows'][number];

/** "Implementing 12, funding (project)": in how many activities in each role, or in a project as such. */
function rolesOf({ by_role, project_roles }: Read['organisations'][number]): string[] {
	return [1, 2, 3, 4].flatMap((role) => {
		const activities = by_role[role - 1] ?? 0;
		const label = roleLabel(String(role));
		if (activities > 0) return [m.organisations_role_count({ role: label, count: formatCount(activities) })];
		return project_roles.includes(role) ? [m.organisations_role_project({ role: label })] : [];
	});
}
