import type { CountryLine } from '#lib/server/page/countries.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { formatQualified } from '#lib/words/count.ts';
import { formatDayWithPrecision } from '#lib/words/date.ts';
import { regionLabel } from '#lib/words/fact.ts';

/** A country of the programme in words. */
export type CountryRow = {
	code: string;
	name: string;
	region: string | null;
	launch: string | null;
	/** The claim that the launch was taken from, where sources were compared. */
	launchClaim: string | null;
	activities: number;
	participants: string | null;
};

/** Countries in the visitor's language, so that the glossary need not travel to the browser. */
export function labelCountries(lines: readonly CountryLine[]): CountryRow[] {
	return lines.map(
		({ code, name, region, launch_date, launch_precision, launch_claim, activities, participants }) => ({
			code,
			name,
			activities,
			region: region && regionLabel(region),
			launch:
				launch_date && formatDayWithPrecision(launch_date, launch_date, launch_precision as DatePrecision),
			launchClaim: launch_claim,
			participants:
				participants?.participants == null
					? null
					: formatQualified(participants.participants, participants.qualifier)
		})
	);
}
