import { codeName } from '#lib/iati/code-names.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type {
	ActivityDetails,
	Document,
	Nearby,
	ResultLine,
	Sector
} from '#lib/server/facts/activity-details.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { formatCount, formatQualified } from '#lib/words/count.ts';
import { formatDay, formatDayWithPrecision } from '#lib/words/date.ts';
import { languageName } from '#lib/words/language.ts';
import { sourceAddress } from '#lib/words/place.ts';
import { inLanguage } from '../../facts/in-language.ts';
import { labelNeighbour } from './label-activity.ts';

/** What stands around an activity: details of its file, its results, and what was held near it. */
export function labelFurther({
	nearby,
	details,
	results
}: {
	nearby: readonly Nearby[];
	details: ActivityDetails;
	results: { results: ResultLine[]; more: number };
}) {
	return {
		details: labelDetails(details),
		results: { rows: labelResults(results.results), more: results.more },
		nearby: nearby.map((near) => ({
			...labelNeighbour(near)!,
			place: near.place,
			kilometres: formatCount(near.kilometres)
		}))
	};
}

/** What a file says beyond the activity itself, in the visitor's language. */
export function labelDetails({ documents, sectors, related, more }: ActivityDetails) {
	return {
		documents: documents.map(labelDocument),
		sectors: sectors.map(labelSector),
		related: related.map(({ kind, key, activity_id, title }) => ({
			kind: RELATIONS[kind]?.() ?? m.activities_related_other(),
			key,
			id: activity_id,
			title: title && inLanguage(title)
		})),
		more: more === 0 ? null : m.activities_more({ count: formatCount(more) })
	};
}

/** IATI's RelatedActivityType. */
const RELATIONS: Record<string, () => string> = {
	1: m.activities_related_parent,
	2: m.activities_related_child,
	3: m.activities_related_sibling,
	4: m.activities_related_co_funded,
	5: m.activities_related_third_party
};

/** A document as its file names it. Only addresses of the web become links. */
function labelDocument({ url, titles, format, categories, languages, document_date }: Document) {
	const locale = getLocale();
	const isWeb = /^https?:\/\//i.test(url) && URL.canParse(url);
	return {
		url,
		href: isWeb ? url : null,
		host: isWeb ? new URL(url).hostname : null,
		title: Object.keys(titles).length === 0 ? { text: url } : inLanguage(titles),
		category: categories.map((code) => codeName('DocumentCategory', code, locale) ?? code).join(', '),
		language: languages.map((code) => languageName(code)).join(', '),
		format,
		date: document_date && formatDay(document_date)
	};
}

function labelSector({ vocabulary, code, percentage, narrative }: Sector) {
	const own = narrative && Object.keys(narrative).length > 0 ? inLanguage(narrative) : null;
	const known =
		vocabulary === '1' || vocabulary === '2'
			? codeName('SectorCategory', code.slice(0, 3), getLocale())
			: null;
	return {
		key: `${vocabulary} ${code}`,
		code,
		name: own ?? (known === null ? null : { text: known }),
		share: percentage === null ? null : m.activities_share({ percent: trimmed(percentage) })
	};
}

/** `40.00` reads 40: a share is what its file says, without noughts that say nothing. */
const trimmed = (number: string): string =>
	number.includes('.') ? number.replace(/0+$/, '').replace(/\.$/, '') : number;

/** A period of an indicator in words; a number that is whole is grouped, any other stays as the file gives it. */
export function labelResults(results: readonly ResultLine[]) {
	const number = (value: string | null, qualifier: string | null = null): string | null => {
		if (value === null) return null;
		const plain = trimmed(value);
		return /^-?\d+$/.test(plain) ? formatQualified(plain, qualifier) : plain;
	};
	return results.map((line, index) => ({
		key: String(index),
		result: inLanguage(line.result),
		indicator: inLanguage(line.indicator),
		unit: line.measure === 'percentage' ? '%' : line.unit,
		period: formatDayWithPrecision(line.period_from, line.period_to, line.date_precision as DatePrecision),
		baseline: number(line.baseline),
		target: number(line.target),
		actual: number(line.actual, line.qualifier),
		source: line.source_sha256 && sourceAddress(line.source_sha256, line.place)
	}));
}
