import type { Database } from '#lib/server/database/open.ts';
import { recheck, type Rechecked } from '#lib/server/ledger/checks/recheck.ts';
import { NATURES } from '#lib/slice/slice.ts';

/** What the checks find in the books as they are now: a sentence for each nature, and one for each that fails. */
export async function checkBooks({ intake }: Database): Promise<{ lines: string[]; fails: number }> {
	const lines: string[] = [];
	let fails = 0;
	for (const nature of NATURES) {
		const found = await recheck(intake, nature);
		const failing = found.filter(({ state }) => state === 'fails');
		const count = (wanted: Rechecked['state']) => found.filter(({ state }) => state === wanted).length;
		const what = nature === 'published' ? 'Published' : 'Demonstration';
		lines.push(
			found.length === 0
				? `${what}: there is no money to check.`
				: `${what}: ${count('holds')} checks hold, ${failing.length} fail, ${count('open')} cannot be made.`,
			...failing.map(describe)
		);
		fails += failing.length;
	}
	return { lines, fails };
}

function describe({ code, project, subject, left, right, unit }: Rechecked): string {
	const about = subject === '' ? '' : `, ${subject}`;
	return `Fails: ${code} of ${project}${about}: ${left ?? 'nothing'} against ${right ?? 'nothing'}, in ${unit}.`;
}
