import { listBeside } from '#lib/map/beside.ts';
import type { ComparedLine } from '#lib/server/page/compared.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { formatQualified } from '#lib/words/count.ts';
import { formatDayWithPrecision } from '#lib/words/date.ts';

/** A country beside others of the programme, in words. */
export type ComparedRow = {
	code: string;
	name: string;
	/** Whether it shares a border with the page's country; null for that country itself. */
	border: boolean | null;
	activities: number;
	participants: string | null;
	launch: string | null;
	money: ComparedLine['money'];
};

/** The page's country and those beside it. */
export function labelCompared(code: string, lines: readonly ComparedLine[]): ComparedRow[] {
	const others = lines.filter((line) => line.code !== code).map((line) => line.code);
	const borders = new Map(listBeside(code, others, others.length).map((one) => [one.code, one.border]));
	return lines.map(({ launch_date, launch_precision, participants, ...line }) => ({
		...line,
		border: line.code === code ? null : (borders.get(line.code) ?? false),
		participants:
			participants?.participants == null
				? null
				: formatQualified(participants.participants, participants.qualifier),
		launch: launch_date && formatDayWithPrecision(launch_date, launch_date, launch_precision as DatePrecision)
	}));
}
