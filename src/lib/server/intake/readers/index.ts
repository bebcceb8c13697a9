import { factsCsv } from './facts-csv.ts';
import { iatiActivities } from './iati-activities.ts';
import { iatiOrganisations } from './iati-organisations.ts';
import { ledgerCsv } from './ledger-csv.ts';
import { ledgerSheet } from './ledger-sheet.ts';
import { ratesCsv } from './rates-csv.ts';
import { ratesEcb } from './rates-ecb.ts';
import { ratesInforEuro } from './rates-inforeuro.ts';
import { ratesUn } from './rates-un.ts';
import type { Read, Reader } from './reader.ts';
import { termsCsv } from './terms-csv.ts';

export const FORMATS = [
	'facts-csv',
	'terms-csv',
	'ledger-csv',
	'ledger-sheet',
	'rates-csv',
	'rates-ecb',
	'rates-inforeuro',
	'rates-un',
	'iati-activities',
	'iati-organisations'
] as const;
export type Format = (typeof FORMATS)[number];

/** A format without a reader does not compile. */
export const readers = {
	'facts-csv': factsCsv,
	'terms-csv': termsCsv,
	'ledger-csv': ledgerCsv,
	'ledger-sheet': ledgerSheet,
	'rates-csv': ratesCsv,
	'rates-ecb': ratesEcb,
	'rates-inforeuro': ratesInforEuro,
	'rates-un': ratesUn,
	'iati-activities': iatiActivities,
	'iati-organisations': iatiOrganisations
} satisfies Record<Format, Reader<Read>>;
