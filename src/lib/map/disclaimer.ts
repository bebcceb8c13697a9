/**
 * The United Nations' formulas for maps. `jk` speaks of the dotted Line of Control and stands only where one is
 * drawn, `jk_status` where the area is shown without it.
 */
export type Disclaimer = 'general' | 'sudan' | 'abyei' | 'nsgt' | 'jk' | 'jk_status' | 'falklands';

const ORDER: Disclaimer[] = ['general', 'sudan', 'abyei', 'nsgt', 'jk', 'jk_status', 'falklands'];

/** Which formulas a map owes, in the United Nations' order: `general` always, others when their area is in view. */
export function listDisclaimers(
	view: { code: string; status: number }[],
	lines: { type: string }[]
): Disclaimer[] {
	const codes = new Set(view.map((area) => area.code));
	const due = new Set<Disclaimer>(['general']);
	if (codes.has('SDN') && codes.has('SSD')) due.add('sudan').add('abyei');
	if (view.some((area) => area.status === 3)) due.add('nsgt');
	if (codes.has('XJK')) due.add(lines.some((line) => line.type === 'dotted') ? 'jk' : 'jk_status');
	if (codes.has('FLK')) due.add('falklands');
	return ORDER.filter((formula) => due.has(formula));
}
