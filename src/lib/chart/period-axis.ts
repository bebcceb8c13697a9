import type { Period } from './chart-data.ts';

export type PeriodAxis = {
	ticks: { key: string; label: string }[];
	/** A longer period with its first and last key. */
	groups: { label: string; from: string; to: string; named: boolean }[];
};

/**
 * What an axis of time prints: every tick if all fit, else every second, third, ... (none where the groups say
 * enough), and each group once, left unnamed where its name is wider than its periods. Widths in drawing units.
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
	for (const group of groups) {
		const span = (position.get(group.to)! - position.get(group.from)! + 1) * room;
		group.named = span >= (group.label.length + 0.5) * letter;
	}
	const every = Math.ceil(widest / room);
	const shown = every === 1 ? periods : groups.length > 0 ? [] : periods.filter((_, i) => i % every === 0);
	return { ticks: shown.map(({ key, tick }) => ({ key, label: tick })), groups };
}
