import type { ReadDocument } from '../read/document.ts';
import type { CodeShare, VocabularyCode } from '../read/shares.ts';
import type { WrittenActivity, WrittenFurther, WrittenLocation } from './content.ts';
import { addedTitle } from './result.ts';
import { coded, element, narratives, texts, type Attributes } from './xml.ts';

/** World Geodetic System 1984: latitude first. */
const WGS84 = 'http://www.opengis.net/def/crs/EPSG/0/4326';
/** FileFormat and DocumentCategory where a link says neither. */
const ANY_FORMAT = 'application/octet-stream';
const ANY_CATEGORY = 'A12';

export function writeLocation(place: WrittenLocation): string {
	const codes = place.codes ?? [];
	const { latitude, longitude } = place;
	return element(
		'location',
		{},
		coded('location-reach', place.reach),
		...codes
			.filter(({ level }) => level === null)
			.map(({ vocabulary, code }) => element('location-id', { vocabulary, code })),
		texts('name', place.name),
		texts('description', place.description),
		...codes.filter(({ level }) => level !== null).map((code) => element('administrative', code)),
		latitude === null || longitude === null
			? ''
			: element('point', { srsName: WGS84 }, element('pos', {}, `${latitude} ${longitude}`)),
		coded('exactness', place.exactness),
		coded('location-class', place.class),
		coded('feature-designation', place.feature)
	);
}

export function writeDocument(link: ReadDocument): string {
	return element(
		'document-link',
		{
			url: link.url,
			format: link.format ?? ANY_FORMAT,
			'own:added': link.format === null ? 'format' : null
		},
		texts('title', link.titles) || addedTitle(link.url),
		texts('description', link.descriptions),
		...(link.categories.length > 0
			? link.categories.map((code) => element('category', { code }))
			: [element('category', { code: ANY_CATEGORY, 'own:added': 'element' })]),
		...link.languages.map((code) => element('language', { code })),
		link.date === null ? '' : element('document-date', { 'iso-date': link.date })
	);
}

/** Codes of an activity with vocabularies, which may be explained at addresses of their own. */
export function writeCodes(activity: WrittenActivity) {
	const { further } = activity;
	const addresses = addressesOf(further);
	const coded = (name: string, { vocabulary, code, text }: VocabularyCode, attributes: Attributes) =>
		element(
			name,
			{ vocabulary, 'vocabulary-uri': addresses(name, vocabulary), code, ...attributes },
			narratives(text)
		);
	const share = (name: string, { percentage, ...shared }: CodeShare) => coded(name, shared, { percentage });
	return {
		places: [
			...activity.countries.map(({ country, percentage }) =>
				element('recipient-country', { code: country, percentage })
			),
			...activity.regions.map((region) => share('recipient-region', region))
		],
		sectors: activity.sectors.map((sector) => share('sector', sector)),
		tags: (further?.tags ?? []).map((tag) => coded('tag', tag, {})),
		humanitarianScopes: (further?.humanitarianScopes ?? []).map(({ type, ...scope }) =>
			coded('humanitarian-scope', scope, { type: type ?? '1', 'own:added': type === null ? 'type' : null })
		),
		policyMarkers: activity.policyMarkers.map(({ significance, ...marker }) =>
			coded('policy-marker', marker, { significance })
		)
	};
}

/** The address of a vocabulary. Which of several belongs to which code is not known: each stands at one at least. */
function addressesOf(
	further: WrittenFurther | null
): (name: string, vocabulary: string) => string | undefined {
	const asked = new Map<string, number>();
	return (name, vocabulary) => {
		const known = (further?.vocabularies ?? []).filter(
			(one) => one.element === name && one.vocabulary === vocabulary
		);
		const key = `${name} ${vocabulary}`;
		const count = asked.get(key) ?? 0;
		asked.set(key, count + 1);
		return known[Math.min(count, known.length - 1)]?.address;
	};
}
