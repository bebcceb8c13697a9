import { m } from '#lib/paraglide/messages.js';
import type { MapPart } from '#lib/server/outlet/report/report.ts';
import type { Spending } from '#lib/server/page/spending.ts';
import { classify, type Shown } from '../countries/map-classes.ts';
import { bandWords, classWords, subtitleOf } from '../countries/map-words.ts';
import { drawWorldPicture, FILLS, NO_PROJECT } from './world-picture.ts';

/**
 * What was spent by country on the world's map, in the classes of the page's own. The amounts themselves stand in the table of
 * countries. Nothing that can be drawn has no map.
 * @param apportioned countries of whose amount a part was shared out by a key; null where there are too many rows to ask
 */
export function spendingMap(
	{ slice, countries }: Pick<Spending, 'slice' | 'countries'>,
	apportioned: ReadonlySet<string> | null
): MapPart[] {
	const { nature, currency } = slice;
	const words = classWords(nature);
	const shown = countries.flatMap(({ key, label, spent }): Shown[] => {
		// Whole units are fine enough to choose a colour by.
		const value = spent?.amount == null ? null : Number.parseInt(spent.amount, 10);
		return key === null ? [] : [{ code: key, name: label, value, label: '', text: '' }];
	});
	if (!shown.some(({ value }) => value !== null)) return [];
	const { classes, levelOf } = classify(shown, null, bandWords('spent', currency), words);
	const isHatched = ({ code }: Shown) => apportioned?.has(code) ?? false;
	const picture = drawWorldPicture(
		new Map(shown.map((country) => [country.code, levelOf(country)])),
		new Set(shown.filter(isHatched).map(({ code }) => code))
	);
	const classOf = (country: Shown) => classes.find(({ level }) => level === levelOf(country))?.label ?? '';
	const spoken = shown.map((country) =>
		m.map_spoken({
			name: country.name,
			text: [classOf(country), ...(isHatched(country) ? [m.report_map_apportioned()] : [])].join(', ')
		})
	);
	const invented = nature === 'demonstration' ? m.map_demonstration_mark() : null;
	return [
		{
			kind: 'map',
			title: m.places_spending(),
			subtitle: `${subtitleOf('spent', currency)}${apportioned === null ? ` ${m.report_map_not_told()}` : ''}`,
			alternative: `${[invented, m.places_spending()].filter((part) => part !== null).join(': ')}. ${spoken.join('; ')}.`,
			svg: picture.svg,
			legend: [
				...classes.map(({ level, label }) =>
					level === null
						? { fill: FILLS[0], label, texture: 'dotted' as const }
						: { fill: FILLS[level], label }
				),
				...(shown.some(isHatched)
					? [{ fill: FILLS[3], label: m.report_map_lines(), texture: 'hatched' as const }]
					: []),
				{ fill: NO_PROJECT, label: m.map_legend_none() }
			],
			formulas: [...picture.formulas, m.report_map_terms()],
			width: 0.46,
			invented
		}
	];
}
