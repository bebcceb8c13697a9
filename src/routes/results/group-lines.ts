import type { ResultLine } from '#lib/server/facts/results.ts';

/** Lines that stand under one objective, in their order; the null key serves none. */
export type ResultGroup = {
	key: string | null;
	no: number | null;
	name: string | null;
	lines: ResultLine[];
};

/** Lines by objective, in the order in which they come. */
export function groupLines(lines: readonly ResultLine[]): ResultGroup[] {
	const groups: ResultGroup[] = [];
	for (const line of lines) {
		const last = groups.at(-1);
		if (last && last.key === line.objective_key) last.lines.push(line);
		else
			groups.push({
				key: line.objective_key,
				no: line.objective_no,
				name: line.objective,
				lines: [line]
			});
	}
	return groups;
}
