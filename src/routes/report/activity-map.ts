import { m } from '#lib/paraglide/messages.js';
import type { MapPart } from '#lib/server/outlet/report/report.ts';
import type { Reach } from '#lib/server/page/reach.ts';
import { formatActivities } from '#lib/words/count.ts';
import { bandsFor, countBand } from '../reach/bands.ts';
import { drawWorldPicture, FILLS, NO_PROJECT } from './world-picture.ts';

/** Activities by country on the world's map; what the map says stands in its words too. Without any there is no map. */
export function activityMap(reach: Reach): MapPart[] {
	if (reach.total === 0) return [];
	const shades = bandsFor(
		reach.countries.map(({ activities }) => activities),
		countBand
	);
	const levels = new Map(reach.countries.map(({ key, activities }) => [key, shades.level(activities)]));
	const picture = drawWorldPicture(levels);
	const spoken = reach.countries.map(({ name, activities }) => `${name}: ${formatActivities(activities)}`);
	const title = m.report_activities_by_country({ activities: formatActivities(reach.total) });
	const none = reach.countries.some(({ activities }) => activities === 0);
	return [
		{
			kind: 'map',
			title,
			subtitle: m.overview_map_subtitle(),
			alternative: `${title}. ${spoken.join('; ')}.`,
			svg: picture.svg,
			legend: [
				...shades.bands.map(({ level, label }) => ({ fill: FILLS[level ?? 0], label })),
				...(none ? [{ fill: FILLS[0], label: m.map_legend_zero() }] : []),
				{ fill: NO_PROJECT, label: m.map_legend_none() }
			],
			formulas: picture.formulas,
			width: 0.54
		}
	];
}
