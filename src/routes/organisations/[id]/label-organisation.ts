import { m } from '#lib/paraglide/messages.js';
import type { Movement, readOrganisation } from '#lib/server/page/organisation.ts';
import { fundingKindLabel } from '#lib/words/fact.ts';
import { countingLabel, measureLabel } from '#lib/words/ledger.ts';
import { organisationTypeLabel, partyLabel, roleLabel } from '#lib/words/organisation.ts';
import { labelActivities } from '../../activities/label-activities.ts';
import { capacityLabel } from '../../activities/[id]/label-activity.ts';
import { labelSource } from '../../facts/fact-source.ts';

type Read = NonNullable<Awaited<ReturnType<typeof readOrganisation>>>;

/** One organisation in the visitor's language, so that the glossary need not travel to the browser. */
export function labelOrganisation({
	organisation,
	projects,
	parts,
	activities,
	objectives,
	contributions,
	money,
	published,
	...data
}: Read) {
	return {
		...data,
		organisation: {
			id: organisation.organisation_id,
			name: organisation.name,
			invented: organisation.nature === 'demonstration',
			reference: organisation.reference,
			referenceBasis: organisation.reference_basis,
			type: organisation.type_code && organisationTypeLabel(organisation.type_code),
			typeBasis: organisation.type_country_basis,
			code: organisation.country,
			parts: organisation.parts_in_source.map((part) => partyLabel(part)),
			source: labelSource(organisation)
		},
		projects: projectsOf(projects),
		capacities: capacitiesOf(parts),
		parts: Object.fromEntries(
			parts.map(({ activity_id, capacity, role }) => [activity_id, capacityLabel(capacity, role)])
		),
		activities: labelActivities(activities, new Map(Object.entries(objectives))),
		contributions: contributions.map((stated) => ({
			...stated,
			stated_as: stated.stated_as && fundingKindLabel(stated.stated_as)
		})),
		published: published.map((amount) => ({ ...amount, term: measureLabel(amount.slice.measure) })),
		money: money && {
			...money,
			provider: movementsOf(money.provider),
			receiver: movementsOf(money.receiver)
		}
	};
}

/** Projects with all roles in each. */
function projectsOf(projects: Read['projects']): { key: string; name: string; roles: string }[] {
	const lines = new Map<string, { key: string; name: string; roles: string[] }>();
	for (const { project_key: key, name, role } of projects) {
		const line = lines.get(key) ?? { key, name, roles: [] };
		line.roles.push(roleLabel(String(role)));
		lines.set(key, line);
	}
	return [...lines.values()].map((line) => ({ ...line, roles: line.roles.join(m.words_slice_join()) }));
}

/** In how many activities it is what, the most frequent first. */
function capacitiesOf(parts: Read['parts']): { label: string; activities: number; role: string }[] {
	const lines = new Map<string, { label: string; activities: number; role: string }>();
	for (const { capacity, role } of parts) {
		const label = capacityLabel(capacity, role);
		const line = lines.get(label) ?? { label, activities: 0, role: String(role) };
		line.activities += 1;
		lines.set(label, line);
	}
	return [...lines.values()].sort((a, b) => b.activities - a.activities);
}

function movementsOf(movements: readonly Movement[]) {
	return movements.map(({ slice, sum }) => ({
		slice,
		sum,
		key: `${slice.measure} ${slice.counting}`,
		label:
			slice.counting === 'counted'
				? measureLabel(slice.measure)
				: m.organisations_not_counted({
						measure: measureLabel(slice.measure),
						reason: countingLabel(slice.counting)
					})
	}));
}
export type MovementRow = ReturnType<typeof movementsOf>[number];
