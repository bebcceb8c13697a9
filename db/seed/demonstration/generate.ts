import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Format } from '#lib/server/intake/readers/index.ts';
import { planBudget } from './budget.ts';
import { commitCosts } from './commitments.ts';
import type { Draft } from './draft.ts';
import { payAbroad, readRates } from './exchange.ts';
import { KNOWN_AT, PROJECT } from './frame.ts';
import { receiveFunds, returnUnspent, transferToPartners } from './funding.ts';
import { chargeIndirect } from './indirect.ts';
import { writeLedger } from './ledger-file.ts';
import { addMishaps } from './mishaps.ts';
import { writeOutputs, writeReporter } from './outputs.ts';
import { createRandom } from './random.ts';
import { planSpending } from './spending.ts';
import { writeTerms } from './terms.ts';

/** An invented file as intake takes it, and the simulated day on which it became known. */
export type DemonstrationFile = {
	fileName: string;
	format: Format;
	nature: 'demonstration';
	text: string;
	explanation: string;
	simulatedKnownAt: string;
};

/** Any number but 0; another one makes another ledger with the same totals. */
const SEED = 20150701;
const RATES = join(process.cwd(), 'db', 'seed', 'rates', 'h10-monthly.csv');

/**
 * The demonstration: invented money that respects what is published about GLO.ACT, in the order in which it has to
 * be posted. Every amount and voucher is made up; the same bytes come out each time, with no clock and no chance.
 */
export function generateDemonstration(): DemonstrationFile[] {
	const entries = inventEntries();
	return [
		file('organisations', 'facts-csv', 0, writeReporter(), 'the reporter of invented entries'),
		file('outputs', 'facts-csv', 0, writeOutputs(), 'the outputs that invented entries hang on'),
		...KNOWN_AT.flatMap((_, posting) => {
			const terms = writeTerms(posting);
			const until = coveredUntil(posting);
			return [
				...(terms === null
					? []
					: [file('terms', 'terms-csv', posting, terms, `agreement and budget as of ${until}`)]),
				file('ledger', 'ledger-csv', posting, writeLedger(entries, posting), `invented entries to ${until}`)
			];
		})
	];
}

function inventEntries(): Draft[] {
	const random = createRandom(SEED);
	const costs = planSpending(random);
	const budget = planBudget(random, costs);
	const direct = [...costs, ...payAbroad(random, costs, readRates(readFileSync(RATES, 'utf8')))];
	direct.push(...addMishaps(random, direct));
	const spent = [...direct, ...chargeIndirect(direct)];
	const vouchers = [
		...receiveFunds(),
		...spent,
		...commitCosts(spent),
		...transferToPartners(spent),
		returnUnspent(spent)
	];
	numberVouchers(vouchers);
	return [...vouchers, ...budget];
}

/** `2017-0142`: the year and a running number in order of date. */
function numberVouchers(vouchers: readonly Draft[]): void {
	const last = new Map<string, number>();
	for (const voucher of vouchers.toSorted((one, other) =>
		one.from < other.from ? -1 : one.from > other.from ? 1 : 0
	)) {
		const year = voucher.from.slice(0, 4);
		const number = (last.get(year) ?? 0) + 1;
		last.set(year, number);
		voucher.reference = `${year}-${String(number).padStart(4, '0')}`;
	}
}

function file(
	name: string,
	format: Format,
	posting: number,
	text: string,
	explanation: string
): DemonstrationFile {
	const knownAt = KNOWN_AT[posting]!;
	return {
		fileName: `DEMONSTRATION-${PROJECT}-${name}-${knownAt}.csv`,
		format,
		nature: 'demonstration',
		text,
		explanation: `Demonstration, simulated history: ${explanation}`,
		simulatedKnownAt: `${knownAt}T12:00:00Z`
	};
}

/** Half-years, and July 2019 by itself. */
function coveredUntil(posting: number): string {
	if (posting === KNOWN_AT.length - 1) return '31 July 2019';
	return posting % 2 === 0 ? `31 December ${2015 + posting / 2}` : `30 June ${2015 + (posting + 1) / 2}`;
}
