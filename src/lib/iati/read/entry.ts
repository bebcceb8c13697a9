import type { Decimal } from '#lib/money/decimal.ts';
import type { Kind } from '#lib/slice/slice.ts';
import type { XmlElement } from '../xml.ts';
import type { ReadSpan } from './dates.ts';
import type { NamedOrganisation } from './organisation.ts';
import type { CodeShare } from './shares.ts';

/** A transaction, a budget or a planned disbursement as a file states it. */
export type ReadEntry = {
	element: XmlElement;
	kind: Kind;
	reference: string | null;
	date: ReadSpan;
	/** The day whose rate converts the amount; null where neither it nor a full date is stated. */
	valueDate: string | null;
	amount: Decimal;
	currency: string;
	provider: NamedOrganisation | null;
	receiver: NamedOrganisation | null;
	providerActivity: string | null;
	receiverActivity: string | null;
	/** Of a budget: type 1 or 2. */
	budgetVersion: 'original' | 'revised' | null;
	description: string | null;
	/** Its own country or DAC region, and its own DAC sectors, which stand instead of the activity's. Mostly none. */
	places: readonly { country: string | null; region: string | null; percentage: Decimal }[];
	sectors: readonly { code: string; percentage: Decimal }[];
	/** Codes that cut no money; null when there are none. */
	codes: EntryCodes | null;
};

export type EntryCodes = {
	humanitarian?: boolean;
	flowType?: string;
	financeType?: string;
	aidTypes?: { vocabulary: string; code: string }[];
	tiedStatus?: string;
	disbursementChannel?: string;
	/** Code of BudgetStatus: 1 indicative, 2 committed. */
	budgetStatus?: string;
	/** Sectors of other vocabularies than the DAC's five digits. */
	sectors?: CodeShare[];
	/** Regions of other vocabularies, and those beside a country. */
	regions?: CodeShare[];
};

/** None of an activity's transactions says otherwise: shared, as most files have it. */
export const NO_SHARES: readonly never[] = [];
