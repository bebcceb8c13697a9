import { factsCsv } from './facts-csv.ts';
import { ledgerCsv } from './ledger-csv.ts';
import { ratesCsv } from './rates-csv.ts';
import { ratesEcb } from './rates-ecb.ts';
import { ratesInforEuro } from './rates-inforeuro.ts';
import { ratesUn } from './rates-un.ts';
import type { Reader } from './reader.ts';
import { termsCsv } from './terms-csv.ts';

export const FORMATS = [
	'facts-csv',
	'terms-csv',
	'ledger-csv',
	'rates-csv',
	'rates-ecb',
	'rates-inforeuro',
	'rates-un'
] as const;
export type Format = (typeof FORMATS)[number];

/** A format without a reader does not compile. */
export const readers: Record<Format, Reader> = {
	'facts-csv': factsCsv,
	'terms-csv': termsCsv,
	'ledger-csv': ledgerCsv,
	'rates-csv': ratesCsv,
	'rates-ecb': ratesEcb,
	'rates-inforeuro': ratesInforEuro,
	'rates-un': ratesUn
};
