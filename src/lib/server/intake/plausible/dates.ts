import type { Kind } from '#lib/slice/slice.ts';
import type { AgreementRecord, Finding, IatiActivityRecord, LedgerEntryRecord } from '../record.ts';

/** First and last day, ISO; null where it is not known. */
export type Period = { start: string | null; end: string | null };

const LISTED = 3;

/** Costs: under an agreement they belong into its period to the day, or its funder does not bear them. */
const COSTS: ReadonlySet<Kind> = new Set(['3', '4', '7']);
/** Said before anything begins: commitments and pledges. */
const PROMISES: ReadonlySet<Kind> = new Set(['2', '11', '12', '13']);
/** What runs on for decades after an activity: interest, repayments, shares, guarantees. */
const AFTERLIFE: ReadonlySet<Kind> = new Set(['5', '6', '8', '9', '10']);

/** Compares the dates of entries with when their activity and their agreement run. */
export class LikelyDates {
	readonly #agreements: Map<string, Period>;
	readonly #underAgreements = new Map<string, Held>();
	#activity: { key: string; period: Period; held: Held } | null = null;

	constructor(agreements: ReadonlyMap<string, Period>) {
		this.#agreements = new Map(agreements);
	}

	agree({ key, start, end }: AgreementRecord): void {
		this.#agreements.set(key, { start, end });
	}

	/** The entries that follow are of this activity. Answers what was found in the one before. */
	begin(activity: IatiActivityRecord): readonly Finding[] {
		const before = this.#activity?.held.findings ?? [];
		this.#activity = { key: activity.key, period: periodOf(activity), held: new Held() };
		return before;
	}

	look(entry: LedgerEntryRecord): void {
		if (entry.dateFrom === null || entry.dateTo === null) return;
		const agreed = entry.agreement === null ? undefined : this.#agreements.get(entry.agreement);
		if (agreed && isOutside(entry, agreed, COSTS.has(entry.entryKind) ? 0 : 1)) {
			let held = this.#underAgreements.get(entry.agreement!);
			if (!held) this.#underAgreements.set(entry.agreement!, (held = new Held()));
			held.add('date-outside-agreement', entry, `agreement ${entry.agreement}: ${shown(agreed)}`);
		}
		const activity = this.#activity;
		if (activity?.key === entry.activity && isOutside(entry, activity.period, 1)) {
			activity.held.add('date-outside-activity', entry, `the activity: ${shown(activity.period)}`);
		}
	}

	rest(): Finding[] {
		const activity = this.#activity?.held.findings ?? [];
		this.#activity = null;
		return [...activity, ...[...this.#underAgreements.values()].flatMap(({ findings }) => findings)];
	}
}

/** Findings of one kind about one thing: a few, and how many more there are. */
class Held {
	readonly findings: Finding[] = [];
	#further = 0;

	add(rule: string, { place, dateFrom, dateTo, entryKind }: LedgerEntryRecord, against: string): void {
		if (this.findings.length === LISTED) {
			this.findings.at(-1)!.done = `read; ${++this.#further} more like this in it`;
			return;
		}
		const date = dateFrom === dateTo ? dateFrom : `${dateFrom} to ${dateTo}`;
		const read = `${date}, kind ${entryKind}; ${against}`;
		this.findings.push({ kind: 'finding', severity: 'warning', rule, place, read, done: 'read' });
	}
}

/** From the earliest start that the activity states to its latest end. */
function periodOf({ plannedStart, actualStart, plannedEnd, actualEnd }: IatiActivityRecord): Period {
	const starts = [plannedStart, actualStart].filter((day) => day !== null).sort();
	const ends = [plannedEnd, actualEnd].filter((day) => day !== null).sort();
	return { start: starts[0] ?? null, end: ends.at(-1) ?? null };
}

/** Wholly before or after, by more than so many years. A year is what last payments and first advances may take. */
function isOutside(
	{ dateFrom, dateTo, entryKind }: LedgerEntryRecord,
	{ start, end }: Period,
	years: number
): boolean {
	if (AFTERLIFE.has(entryKind)) return false;
	if (start !== null && !PROMISES.has(entryKind) && dateTo! < moved(start, -years)) return true;
	return end !== null && dateFrom! > moved(end, years);
}

/** The same day of another year. 29 February may become a day that no calendar has; it still sorts where it belongs. */
function moved(day: string, years: number): string {
	if (years === 0) return day;
	return String(Number.parseInt(day.slice(0, 4), 10) + years).padStart(4, '0') + day.slice(4);
}

function shown({ start, end }: Period): string {
	return `${start ?? '…'} to ${end ?? '…'}`;
}
