import { upgradeCode } from '../version1.ts';
import type { XmlElement } from '../xml.ts';
import { cut } from './notes.ts';
import type { Scope } from './scope.ts';
import { mainText, readText, type Texts } from './texts.ts';
import { LONGEST_REFERENCE, readCode, readReference } from './values.ts';

/** An organisation as an element names it: by reference, by name, or both; never by neither. */
export type NamedOrganisation = {
	reference: string | null;
	/** Its name in the language of the activity, else the first one: what stands for it where there is no reference. */
	name: string | null;
	names: Texts | null;
	/** Code of OrganisationType. */
	type: string | null;
};

export type Participation = {
	organisation: NamedOrganisation;
	/** 1 funding, 2 accountable, 3 extending, 4 implementing. */
	role: 1 | 2 | 3 | 4;
	activity: string | null;
};

const ROLES: ReadonlyMap<string, 1 | 2 | 3 | 4> = new Map([
	['1', 1],
	['2', 2],
	['3', 3],
	['4', 4]
]);

/** Null where the element is missing or names nobody. */
export function readOrganisation(element: XmlElement | undefined, scope: Scope): NamedOrganisation | null {
	if (element === undefined) return null;
	const reference = readReference(element, scope);
	const names = readText(element, scope);
	const name = mainText(names, scope.language);
	if (reference === null && name === null) return null;
	return {
		reference,
		name: name !== null && name.length > LONGEST_REFERENCE ? cut(name, LONGEST_REFERENCE) : name,
		names,
		type: readCode(element, scope, 'type')
	};
}

/** Who takes part in an activity and as what. One that names nobody, or no role, is left out with a warning. */
export function readParticipations(elements: readonly XmlElement[], scope: Scope): Participation[] {
	const participations: Participation[] = [];
	for (const element of elements) {
		const organisation = readOrganisation(element, scope);
		const role = readRole(element, scope);
		if (organisation === null) {
			scope.notes.warn('organisation-unnamed', element, 'neither a reference nor a name', 'left out');
		}
		if (organisation === null || role === null) continue;
		participations.push({ organisation, role, activity: readReference(element, scope, 'activity-id') });
	}
	return participations;
}

function readRole(element: XmlElement, scope: Scope): 1 | 2 | 3 | 4 | null {
	const stated = readCode(element, scope, 'role');
	const role = stated === null ? undefined : ROLES.get(upgradeCode('OrganisationRole', stated) ?? stated);
	if (role !== undefined) return role;
	scope.notes.warn('role-unknown', element, `role: ${stated ?? 'none'}`, 'left out', 'role');
	return null;
}
