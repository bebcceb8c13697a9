import type { Period } from './chart-data.ts';

export type PeriodAxis = {
	ticks: { key: string; label: string }[];
	/** A longer period with its first and last key. */
	groups: { label: string; from: string; to: string; named: boolean }[];
};

/**
 * What an axis of time prints: every tick if all fit, else every second, third, ... (none where the groups say
 * enough), and each group once, left unnamed where its name is wider than its periods; if all are, every second, third,
 * ... is named. Widths in drawing units.
 */
export function periodAxis(periods: Period[], width: number, letter: number): PeriodAxis {
	const room = width / Math.max(1, periods.length);
	const widest = Math.max(0, ...periods.map((period) => period.tick.length)) * letter + letter;
	const groups: PeriodAxis['groups'] = [];
	for (const { key, group } of periods) {
		const last = groups.at(-1);
		if (group === undefined) continue;
		if (last?.label === group) last.to = key;
		else groups.push({ label: group, from: key, to: key, named: true });
	}
	const position = new Map(periods.map((period, i) => [period.key, i]));
	const spanOf = ({ from, to }: PeriodAxis['groups'][number]) =>
		(position.get(to)! - position.get(from)! + 1) * room;
	const needs = ({ label }: PeriodAxis['groups'][number]) => (label.length + 0.5) * letter;
	// Where the name of a whole group is wider than its periods, every second, third, ... group is named.
	const nth = Math.ceil(Math.max(0, ...groups.map(needs)) / Math.max(room, ...groups.map(spanOf)));
	for (const [index, group] of groups.entries()) {
		group.named = nth <= 1 ? spanOf(group) >= needs(group) : index % nth === 0;
	}
	const every = Math.ceil(widest / room);
	const shown = every === 1 ? periods : groups.length > 0 ? [] : periods.filter((_, i) => i % every === 0);
	return { ticks: shown.map(({ key, tick }) => ({ key, label: tick })), groups };
}
