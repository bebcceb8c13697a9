import { readFileSync } from 'node:fs';
import Big from 'big.js';
import type { Finding, IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { readers } from '#lib/server/intake/readers/index.ts';
import { generateDemonstration, type DemonstrationFile } from '../../db/seed/demonstration/generate.ts';

export const UNION = 'ORG002';
export const UNODC = 'XM-DAC-41128';
export const IOM = 'XM-DAC-47066';
export const UNICEF = 'XM-DAC-41122';
export const SPENDERS = [UNODC, IOM, UNICEF];
export const AGREEMENT = 'DEMO-EU-UNODC';

/** `superseded`: a line of the first budget that the revision has replaced by then. */
export type Entry = LedgerEntryRecord & { eur: Big; superseded: boolean };
/** What was known after a posting, and what it changed: entries as they were before. */
export type Posting = { knownAt: string; entries: Entry[]; changed: Entry[]; withdrawn: number };

export const files = generateDemonstration();

/** Units for one dollar by month and currency, read afresh. */
export const rates = new Map(
	readFileSync('db/seed/rates/h10-monthly.csv', 'utf8')
		.split('\n')
		.slice(1)
		.map((row) => row.split(','))
		.map(([month, currency, units]) => [`${month} ${currency}`, units ?? ''])
);

/** Converted by other code than the generator's. */
function inEuro({ amount, currency, valueDate }: LedgerEntryRecord): Big {
	if (currency === 'EUR') return new Big(amount);
	const month = valueDate!.slice(0, 7);
	const Exact = Big();
	Exact.DP = 40;
	const perDollar = currency === 'USD' ? '1' : rates.get(`${month} ${currency}`)!;
	const exact = new Exact(amount).times(rates.get(`${month} EUR`)!).div(perDollar);
	return new Big(exact.toFixed(2, Big.roundHalfEven));
}

export async function readFile(
	file: DemonstrationFile
): Promise<{ records: IntakeRecord[]; findings: Finding[] }> {
	async function* bytes() {
		yield new TextEncoder().encode(file.text);
	}
	const read = { records: [] as IntakeRecord[], findings: [] as Finding[] };
	for await (const part of readers[file.format].read(bytes(), file)) {
		if (part.kind === 'finding') read.findings.push(part);
		else if (part.kind !== 'read_counts' && part.kind !== 'retraction') read.records.push(part);
	}
	return read;
}

export async function readFormat(format: DemonstrationFile['format']): Promise<IntakeRecord[]> {
	const read = await Promise.all(files.filter((file) => file.format === format).map(readFile));
	return read.flatMap(({ records }) => records);
}

/** Posts the ledger files one after the other: the same voucher again is a correction. */
export async function postAll(): Promise<Posting[]> {
	const current = new Map<string, Entry>();
	const result: Posting[] = [];
	for (const file of files.filter(({ format }) => format === 'ledger-csv')) {
		const posting: Posting = { knownAt: file.simulatedKnownAt, entries: [], changed: [], withdrawn: 0 };
		for (const record of (await readFile(file)).records) {
			if (record.kind !== 'ledger_entry' && record.kind !== 'ledger_withdrawal') continue;
			const key = [record.reporter, record.activity, record.entryKind, record.reference].join(' ');
			if (record.kind === 'ledger_withdrawal') {
				posting.withdrawn += current.delete(key) ? 1 : Number.NaN;
				continue;
			}
			const before = current.get(key);
			if (before) posting.changed.push(before);
			current.set(key, { ...record, eur: inEuro(record), superseded: false });
		}
		const revised = file.simulatedKnownAt >= '2017-08-15';
		posting.entries = [...current.values()].map((entry) => ({
			...entry,
			superseded: revised && entry.budgetVersion === 'DEMO-B1' && entry.dateFrom! >= '2017-07-01'
		}));
		result.push(posting);
	}
	return result;
}

export const sum = (entries: Entry[], suits: (entry: Entry) => boolean = () => true) =>
	entries.filter(suits).reduce((total, { eur }) => total.plus(eur), new Big(0));
export const isSpent = ({ entryKind }: Entry) => entryKind === '4';
export const isReceived = ({ entryKind, eur }: Entry) => entryKind === '1' && eur.gt(0);
export const isReturned = ({ entryKind, eur }: Entry) => entryKind === '1' && eur.lt(0);
export const isBudget = ({ entryKind, superseded }: Entry) => entryKind === 'budget' && !superseded;
export const isTransfer = ({ entryKind }: Entry) => entryKind === '3';
export const isIndirect = ({ heading }: Entry) => heading === 'indirect';
export const sevenPerCent = (direct: Big) => direct.times('0.07').toFixed(2, Big.roundHalfEven);
