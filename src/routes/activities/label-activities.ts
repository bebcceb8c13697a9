import type { ActivityLine } from '#lib/server/facts/activities.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { activityTypeLabel } from '#lib/words/activity.ts';
import { formatQualified } from '#lib/words/count.ts';
import { countryName } from '#lib/words/country.ts';
import { formatDayWithPrecision } from '#lib/words/date.ts';
import { inLanguage, type SourceText } from '../facts/in-language.ts';

/** An activity of a list in words. */
export type ActivityRow = {
	id: string;
	title: SourceText;
	date: string;
	/** The days behind it, for drawing: null for an end that is not known. */
	from: string | null;
	to: string | null;
	/** Whether those days are known, and not only that it was some time within them. */
	exact: boolean;
	type: string | null;
	place: string | null;
	/** Recipient countries: code and name. None for the programme as a whole. */
	countries: [code: string, name: string][];
	/** Name of the objective it serves, as the project words it. */
	objective: string | null;
	participants: string | null;
};

/** Activities in the visitor's language, so that the glossary need not travel to the browser. */
export function labelActivities(
	lines: readonly ActivityLine[],
	objectives: ReadonlyMap<string, string>
): ActivityRow[] {
	const locale = getLocale();
	return lines.map((line) => ({
		id: line.activity_id,
		title: inLanguage(line.title),
		date: formatDayWithPrecision(line.date_from, line.date_to, line.date_precision as DatePrecision),
		from: line.date_from,
		to: line.date_to,
		exact: line.date_precision === 'day' || line.date_precision === 'period',
		type: line.activity_type && activityTypeLabel(line.activity_type),
		place: line.place,
		countries: line.recipients.map((code): [string, string] => [code, countryName(code, locale)]),
		objective: line.objective_key && (objectives.get(line.objective_key) ?? line.objective_key),
		participants: line.participants === null ? null : formatQualified(line.participants, line.qualifier)
	}));
}
