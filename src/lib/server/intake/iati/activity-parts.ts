import Big from 'big.js';
import type { Decimal } from '#lib/money/decimal.ts';
import type { IatiLocation, Texts, VocabularyCode } from '../record.ts';
import type { ActivityVersion } from './post-activities.ts';

const COUNTRY = /^[A-Z]{2}$/;

/** Everything that hangs on versions of activities, by table, ready to be inserted. */
export function partRows(
	versions: readonly ActivityVersion[],
	organisations: ReadonlyMap<string, string>
): Record<string, Record<string, unknown>[]> {
	const rows: Record<string, Record<string, unknown>[]> = {
		participation: [],
		activity_country: [],
		activity_region: [],
		activity_sector: [],
		policy_marker: [],
		related_activity: [],
		location: [],
		document_link: []
	};
	for (const { record, versionId: activity_version_id } of versions) {
		rows.participation!.push(
			...once(
				record.participations.map(({ organisation, role, activity }) => ({
					activity_version_id,
					organisation_id: organisations.get(organisation)!,
					role,
					activity_ref: activity
				})),
				({ organisation_id, role }) => `${organisation_id} ${role}`
			)
		);
		// A code on no list of two letters was a finding already; the books cannot hold it.
		const countries = record.countries.filter(({ country }) => COUNTRY.test(country));
		for (const { code, percentage } of added(countries.map((share) => ({ ...share, code: share.country })))) {
			rows.activity_country!.push({ activity_version_id, country: code, relation: 'recipient', percentage });
		}
		for (const { vocabulary, code, percentage } of added(record.regions)) {
			rows.activity_region!.push({ activity_version_id, vocabulary, code, percentage });
		}
		for (const { vocabulary, code, percentage, text } of added(record.sectors)) {
			rows.activity_sector!.push({ activity_version_id, vocabulary, code, percentage, narrative: text });
		}
		for (const { vocabulary, code, significance, text } of once(record.policyMarkers, codeName)) {
			rows.policy_marker!.push({ activity_version_id, vocabulary, code, significance, narrative: text });
		}
		for (const related of once(record.related, ({ type, key }) => `${type} ${key}`)) {
			rows.related_activity!.push({ activity_version_id, ...related });
		}
		rows.location!.push(
			...record.locations.map((location, index) => ({
				activity_version_id,
				location_no: index + 1,
				...locationRow(location)
			}))
		);
		rows.document_link!.push(
			...record.documents.map((document, index) => ({
				activity_version_id,
				document_no: index + 1,
				url: document.url,
				title: firstText(document.titles),
				format: document.format,
				category: document.categories[0] ?? null,
				language: document.languages[0] ?? null,
				titles: document.titles,
				descriptions: document.descriptions,
				categories: document.categories,
				languages: document.languages,
				document_date: document.date
			}))
		);
	}
	return rows;
}

function locationRow(location: IatiLocation): Record<string, unknown> {
	const { latitude, longitude } = location;
	return {
		name: firstText(location.name) ?? (latitude === null ? '' : `${latitude}, ${longitude}`),
		latitude,
		longitude,
		basis: latitude === null ? null : 'stated',
		description: location.description,
		reach: location.reach,
		exactness: location.exactness,
		class: location.class,
		feature: location.feature,
		codes: location.codes.length > 0 ? location.codes : null
	};
}

function firstText(texts: Texts | null): string | null {
	return texts === null ? null : (texts.en ?? Object.values(texts)[0] ?? null);
}

function codeName({ vocabulary, code }: Pick<VocabularyCode, 'vocabulary' | 'code'>): string {
	return `${vocabulary} ${code}`;
}

/** The first of each name: a file that says the same twice says it once. */
function once<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
	const seen = new Set<string>();
	return items.filter((item) => {
		const name = nameOf(item);
		return !seen.has(name) && seen.add(name);
	});
}

/** One share for each code, given twice with both percentages; what is no percentage is kept as none. */
function added<T extends { code: string; vocabulary?: string; percentage: Decimal | null }>(
	shares: readonly T[]
): T[] {
	const byCode = new Map<string, T>();
	for (const share of shares) {
		const name = `${share.vocabulary ?? ''} ${share.code}`;
		const before = byCode.get(name);
		const percentage = sum(before?.percentage ?? null, share.percentage);
		byCode.set(name, { ...(before ?? share), percentage });
	}
	return [...byCode.values()].map((share) => ({ ...share, percentage: within(share.percentage) }));
}

function sum(a: Decimal | null, b: Decimal | null): Decimal | null {
	if (a === null || b === null) return a ?? b;
	return new Big(a).plus(b).toFixed();
}

/** The books keep percentages from 0 to 100; others are findings. */
function within(percentage: Decimal | null): Decimal | null {
	if (percentage === null) return null;
	const value = new Big(percentage);
	return value.lt(0) || value.gt(100) ? null : percentage;
}
