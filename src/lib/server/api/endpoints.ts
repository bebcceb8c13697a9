import { checks, sources } from './books.ts';
import type { Endpoint } from './endpoint.ts';
import { activities, countries, organisations, results } from './facts.ts';
import { breakdowns, ledgerRows, rates, totals } from './ledger.ts';

/** Every address under `/api/v1`, in the order in which they are explained. */
export const ENDPOINTS: readonly Endpoint[] = [
	totals,
	breakdowns,
	ledgerRows,
	activities,
	organisations,
	countries,
	results,
	sources,
	checks,
	rates
] as readonly unknown[] as readonly Endpoint[];
