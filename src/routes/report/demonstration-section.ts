import { m } from '#lib/paraglide/messages.js';
import type { PostingStamp } from '#lib/server/facts/posting.ts';
import type { ReportPart, ReportSection } from '#lib/server/outlet/report/report.ts';
import { formatDay } from '#lib/words/date.ts';

/** All that is invented in a frame of its own, which says so. */
export function demonstrationSection(
	name: string,
	posting: PostingStamp | null,
	parts: ReportPart[]
): ReportSection {
	const known =
		posting === null
			? []
			: [
					m.layout_demonstration_posting({ no: posting.no, date: formatDay(posting.knownAt) }),
					...(posting.simulated ? [m.layout_simulated_history()] : [])
				];
	return {
		nature: 'demonstration',
		heading: m.layout_demonstration_heading({ name }),
		explanation: [m.layout_demonstration_explanation(), ...known].join(' '),
		parts
	};
}
