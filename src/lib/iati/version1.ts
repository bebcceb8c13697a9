/**
 * What changed its code between version 1 of the standard and version 2 (IATI Standard, CC BY 4.0, iatistandard.org:
 * the lists embedded in 1.05 beside those of 2.03). Whatever is not here kept its code: status, organisation types, aid,
 * finance and flow types, tied status, document categories, related activities.
 */
const SUCCESSORS = {
	TransactionType: {
		IF: '1',
		C: '2',
		D: '3',
		E: '4',
		IR: '5',
		LR: '6',
		R: '7',
		QP: '8',
		QS: '9',
		CG: '10'
	},
	ActivityDateType: { 'start-planned': '1', 'start-actual': '2', 'end-planned': '3', 'end-actual': '4' },
	OrganisationRole: { Funding: '1', Accountable: '2', Extending: '3', Implementing: '4' },
	// The World Bank's own (WB) and ISO were dropped without a successor.
	SectorVocabulary: {
		DAC: '1',
		'DAC-3': '2',
		COFOG: '3',
		NACE: '4',
		NTEE: '5',
		ADT: '6',
		RO2: '98',
		RO: '99'
	},
	PolicyMarkerVocabulary: { DAC: '1', RO: '99' },
	// `gazetteer-entry/@gazetteer-ref` of 1.x beside `location-id/@vocabulary` of 2.x; NGA was dropped.
	GeographicVocabulary: { GEO: 'G1', OSM: 'G2' }
} as const;

/** Names that old files write where a code belongs. No version of the standard allows them. */
const NAMES = {
	TransactionType: {
		'incoming funds': '1',
		commitment: '2',
		disbursement: '3',
		expenditure: '4',
		'interest repayment': '5',
		'loan repayment': '6',
		reimbursement: '7',
		'purchase of equity': '8',
		'sale of equity': '9',
		'credit guarantee': '10'
	},
	BudgetType: { original: '1', revised: '2' },
	DescriptionType: { general: '1', objectives: '2', 'target groups': '3', other: '4' },
	ResultType: { output: '1', outcome: '2', impact: '3', other: '9' },
	OrganisationType: {
		government: '10',
		'other public sector': '15',
		'international ngo': '21',
		'national ngo': '22',
		'regional ngo': '23',
		'public private partnership': '30',
		multilateral: '40',
		foundation: '60',
		'private sector': '70',
		'academic, training and research': '80',
		other: '90'
	}
} as const;

/** The lists of version 2 whose codes version 1 wrote otherwise. */
export type RenumberedList = keyof typeof SUCCESSORS;
export const RENUMBERED_LISTS = Object.keys(SUCCESSORS) as RenumberedList[];

/** The lists that old files fill with names. */
export type NamedList = keyof typeof NAMES;
export const NAMED_LISTS = Object.keys(NAMES) as NamedList[];

const folded = fold(SUCCESSORS);

/**
 * The version-2 code of a version-1 one (`IF` is transaction type `1`), capitals or not: aggregators change them. Null
 * for what version 1 did not know and for what has no successor. A file may mix versions, so ask whatever it says it is.
 */
export function upgradeCode(list: RenumberedList, code: string): string | null {
	return folded[list].get(code.trim().toLowerCase()) ?? null;
}

/** The codes of a list that version 1 wrote otherwise. */
export function version1CodesOf(list: RenumberedList): string[] {
	return Object.keys(SUCCESSORS[list]);
}

const named = fold(NAMES);

/** The version-2 code of a name that stands where a code should (`Revised`); reading it so is a finding. Else null. */
export function codeOfName(list: NamedList, text: string): string | null {
	return named[list].get(text.trim().toLowerCase()) ?? null;
}

function fold<T extends Record<string, Record<string, string>>>(
	lists: T
): Record<keyof T, Map<string, string>> {
	return Object.fromEntries(
		Object.entries(lists).map(([list, codes]) => [
			list,
			new Map(Object.entries(codes).map(([from, to]) => [from.toLowerCase(), to]))
		])
	) as Record<keyof T, Map<string, string>>;
}
