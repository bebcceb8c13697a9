import { m } from '#lib/paraglide/messages.js';
import type { ReportPart } from '#lib/server/outlet/report/report.ts';
import { formatDay } from '#lib/words/date.ts';

/** That facts are shown as they were first loaded, where the day asked for lies before; nothing otherwise. */
export function loadedPart(asof: string | null, loadedOn: string | null): ReportPart[] {
	if (!asof || !loadedOn) return [];
	return [
		{
			kind: 'text',
			text: m.overview_facts_loaded({ asof: formatDay(asof), loaded: formatDay(loadedOn) })
		}
	];
}
