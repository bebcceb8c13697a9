import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { ActivityLine } from '#lib/server/facts/activities.ts';
import type { Found, OrganisationHit, ProjectHit, SourceHit } from '#lib/server/facts/search.ts';
import type { SearchResult } from '#lib/server/page/search.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { SEARCH_GROUPS, type SearchGroup } from '#lib/slice/view.ts';
import { formatBytes, formatCount } from '#lib/words/count.ts';
import { countryName, iso2To3 } from '#lib/words/country.ts';
import { formatDay, formatDayWithPrecision } from '#lib/words/date.ts';
import { organisationTypeLabel } from '#lib/words/organisation.ts';
import { FACTS_LANGUAGE, inLanguage } from '../facts/in-language.ts';

/** One thing found: its name, what tells it from others, and the path of its page. */
export type Hit = { key: string; name: string; lang?: string; note: string; path: string };
export type Group = {
	group: SearchGroup;
	title: string;
	total: number;
	/** Nothing holds the words as written. */
	like: boolean;
	hits: Hit[];
	/** Path of all there is of this kind; null where it stands here. */
	all: string | null;
};

const TITLES = {
	countries: m.search_countries,
	projects: m.search_projects,
	organisations: m.search_organisations,
	activities: m.search_activities,
	sources: m.search_sources
};

const notes = (...parts: (string | null)[]) => parts.filter(Boolean).join(' · ');

const HITS = {
	countries: (code: string): Hit => ({
		key: code,
		name: countryName(code, getLocale()),
		note: notes(code, iso2To3(code)),
		path: `/countries/${code}`
	}),
	projects: ({ key, name, short_name, code }: ProjectHit): Hit => ({
		key,
		name: short_name ?? name,
		lang: FACTS_LANGUAGE,
		note: notes(short_name === null ? null : name, code),
		path: `/projects/${encodeURIComponent(key)}`
	}),
	organisations: ({ organisation_id: id, name, reference, type_code }: OrganisationHit): Hit => ({
		key: id,
		name,
		lang: FACTS_LANGUAGE,
		note: notes(reference, type_code && organisationTypeLabel(type_code)),
		path: `/organisations/${id}`
	}),
	activities: (line: ActivityLine): Hit => {
		const { text, lang } = inLanguage(line.title);
		const date = formatDayWithPrecision(line.date_from, line.date_to, line.date_precision as DatePrecision);
		return {
			key: line.activity_id,
			name: text,
			...(lang === undefined ? {} : { lang }),
			note: notes(date, line.place),
			path: `/activities/${line.activity_id}`
		};
	},
	sources: ({ sha256, name, received_at, size }: SourceHit): Hit => ({
		key: sha256,
		name,
		note: notes(formatDay(received_at.toISOString().slice(0, 10)), formatBytes(size), sha256.slice(0, 16)),
		path: `/sources/${sha256}`
	})
};

/** What was found, in the visitor's language: only the kinds that have something. */
export function labelSearch(result: SearchResult) {
	const query = `q=${encodeURIComponent(result.text)}`;
	return {
		text: result.text,
		groups: SEARCH_GROUPS.flatMap((group): Group[] => {
			const found = result[group] as Found<never> | null;
			if (found === null || found.total === 0) return [];
			const isWhole = found.hits.length >= found.total || (result.only === group && group !== 'activities');
			return [
				{
					group,
					title: TITLES[group](),
					total: found.total,
					like: found.like,
					hits: found.hits.map(HITS[group] as (hit: never) => Hit),
					all: isWhole
						? null
						: group === 'activities'
							? `/activities?portfolio=all&${query}`
							: `/search?${query}&in=${group}`
				}
			];
		}),
		nothing: result.nothing && labelNothing(result)
	};
}

function labelNothing({ only, nothing }: SearchResult) {
	const { searched, countries, names } = nothing!;
	const counts = { countries: null, ...searched };
	return {
		searched: SEARCH_GROUPS.filter((group) => only === null || only === group).map((group) => {
			const count = counts[group];
			return count === null
				? TITLES[group]()
				: m.search_count({ group: TITLES[group](), count: formatCount(count) });
		}),
		countries: countries.map(HITS.countries),
		names: names.map((name) => ({ name, path: `/search?q=${encodeURIComponent(name.slice(0, 200))}` }))
	};
}
