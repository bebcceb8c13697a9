import { compare, type Decimal } from '#lib/money/decimal.ts';
import { parseDecimal } from '#lib/money/decimal.ts';
import { upgradeCode } from '../version1.ts';
import type { XmlElement } from '../xml.ts';
import type { Scope } from './scope.ts';
import { readTexts, type Texts } from './texts.ts';
import { LONGEST_NUMBER, readCode } from './values.ts';

export type ReadLocation = {
	name: Texts | null;
	description: Texts | null;
	/** Degrees, WGS 84; both or neither. */
	latitude: Decimal | null;
	longitude: Decimal | null;
	reach: string | null;
	exactness: string | null;
	class: string | null;
	feature: string | null;
	codes: { vocabulary: string; code: string; level: string | null }[];
};

/** A place of an activity, as version 2 writes it or as the first versions did (`coordinates`, `gazetteer-entry`). */
export function readLocation(element: XmlElement, scope: Scope): ReadLocation {
	const location: ReadLocation = {
		name: null,
		description: null,
		latitude: null,
		longitude: null,
		reach: null,
		exactness: null,
		class: null,
		feature: null,
		codes: []
	};
	const names: XmlElement[] = [];
	const descriptions: XmlElement[] = [];
	for (const child of element.children) {
		switch (child.name) {
			case 'name':
				names.push(child);
				break;
			case 'description':
				descriptions.push(child);
				break;
			case 'point':
				readPoint(child, location, scope);
				break;
			case 'coordinates':
				place(child, child.attributes.latitude, child.attributes.longitude, location, scope);
				break;
			case 'location-reach':
				location.reach = readCode(child, scope);
				break;
			case 'exactness':
				location.exactness = readCode(child, scope);
				break;
			case 'location-class':
				location.class = readCode(child, scope);
				break;
			case 'feature-designation':
			case 'location-type':
				location.feature ??= readCode(child, scope);
				break;
			case 'location-id':
			case 'administrative':
				addCode(child, readCode(child, scope), readCode(child, scope, 'vocabulary'), location, scope);
				break;
			case 'gazetteer-entry':
				addCode(child, child.text.trim() || null, readCode(child, scope, 'gazetteer-ref'), location, scope);
				break;
			default:
				scope.tally.notHeld(`location/${child.name}`, child);
		}
	}
	location.name = readTexts(names, scope);
	location.description = readTexts(descriptions, scope);
	return location;
}

function addCode(
	element: XmlElement,
	code: string | null,
	vocabulary: string | null,
	{ codes }: ReadLocation,
	scope: Scope
): void {
	if (code === null || code.length > LONGEST_NUMBER) {
		scope.tally.notHeld(`location/${element.name} without a code`, element);
		return;
	}
	codes.push({
		vocabulary: vocabulary === null ? '' : (upgradeCode('GeographicVocabulary', vocabulary) ?? vocabulary),
		code,
		level: readCode(element, scope, 'level')
	});
}

function readPoint(element: XmlElement, location: ReadLocation, scope: Scope): void {
	const position = element.children.find(({ name }) => name === 'pos');
	const text = position?.text.trim() ?? '';
	if (position === undefined || text === '') {
		scope.tally.notHeld('location/point without a position', element);
		return;
	}
	const [latitude, longitude, ...rest] = text.split(/\s*[,;\s]\s*/);
	place(position, latitude, rest.length > 0 ? undefined : longitude, location, scope);
}

/** Latitude comes first. What is no pair of degrees is left out with a warning, never half. */
function place(
	element: XmlElement,
	latitude: string | undefined,
	longitude: string | undefined,
	location: ReadLocation,
	scope: Scope
): void {
	const north = degrees(latitude, '90');
	const east = degrees(longitude, '180');
	if (north === null || east === null) {
		const read = element.text.trim() || `${latitude ?? ''} ${longitude ?? ''}`;
		scope.notes.warn('not-a-position', element, read, 'read without coordinates');
	} else Object.assign(location, { latitude: north, longitude: east });
}

function degrees(text: string | undefined, most: Decimal): Decimal | null {
	if (text === undefined || text.length > LONGEST_NUMBER) return null;
	const number = parseDecimal(text);
	return number !== null && compare(number.replace('-', ''), most) <= 0 ? number : null;
}
