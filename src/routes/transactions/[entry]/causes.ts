import { m } from '#lib/paraglide/messages.js';
import type { HistoryEvent } from '#lib/server/page/entry-history.ts';

const LABELS: Readonly<Record<HistoryEvent['what'], () => string>> = {
	booked: m.filters_history_booked,
	brought_back: m.filters_history_brought_back,
	correction: m.transactions_cause_correction,
	withdrawal: m.transactions_cause_withdrawal,
	counting: m.transactions_cause_counting,
	rate: m.transactions_cause_rate,
	allocation: m.transactions_cause_allocation
};

/** What happened to a version of an entry, as a verb: "corrected". */
export function causeLabel(what: HistoryEvent['what']): string {
	return LABELS[what]();
}
