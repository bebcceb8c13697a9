import { FORMULA_NAMES } from './formula.ts';
import {
	bookedCurrency,
	bucket,
	bucketOrNone,
	change,
	code,
	columnList,
	countTo,
	country,
	cursor,
	day,
	id,
	idOrNone,
	key,
	listOf,
	oneOf,
	oneOrTwoOf,
	optional,
	positiveAmount,
	ruleName,
	searchText,
	sector,
	seed,
	several,
	since,
	sort,
	version
} from './parameter.ts';
import type { Parameter, Reason, TextForm } from './parameter.ts';
import { BUCKET_UNITS } from './period.ts';
import { RULE_FORMULA_NAMES } from './rule.ts';
import {
	ALLOCATIONS,
	BASES,
	COUNTINGS,
	CURRENCIES,
	DIMENSIONS,
	KINDS,
	MEASURES,
	NATURES,
	PARTS,
	STATES
} from './slice.ts';
import type { Slice } from './slice.ts';
import { METHODS, MOST_SAMPLED, STRATA } from '#lib/sample/plan.ts';
import { WORLD_REGIONS } from '#lib/words/world-region.ts';
import {
	ACTIVITY_VIEWS,
	DEFAULT_VIEW,
	MAP_CLASSES,
	MAP_MEASURES,
	MONEY_ON_MAPS,
	MOST_ROWS,
	SEARCH_GROUPS
} from './view.ts';
import type { PageField, PageFields, View } from './view.ts';

export type AddressError = { parameter: string; value: string; reason: Reason };

type Codec<T> = { [K in keyof T]-?: Parameter<T[K]> };

/** In the order in which addresses are written. Names of parameters are the fields' own. */
const SLICE: Codec<Slice> = {
	portfolio: key,
	measure: oneOf(MEASURES),
	nature: oneOf(NATURES),
	project: optional(key),
	activity: optional(several(idOrNone)),
	country: optional(several(country)),
	allocation: optional(oneOf(ALLOCATIONS)),
	organisation: optional(several(idOrNone)),
	part: oneOf(PARTS),
	receiver: optional(several(idOrNone)),
	sector: optional(several(sector)),
	heading: optional(key),
	objective: optional(key),
	agreement: optional(key),
	counting: oneOf(COUNTINGS),
	basis: optional(oneOf(BASES)),
	state: optional(oneOf(STATES)),
	booked: optional(several(bookedCurrency)),
	from: optional(day),
	to: optional(day),
	undated: optional(oneOf(BUCKET_UNITS)),
	change: optional(change),
	asof: optional(day),
	version: optional(version),
	currency: oneOf(CURRENCIES)
};

const VIEW: Codec<View> = {
	sort: optional(sort),
	group: optional(oneOf(DIMENSIONS)),
	columns: optional(columnList),
	after: optional(cursor),
	demonstration: oneOf(['on', 'off'])
};

const PAGE: Codec<PageFields> = {
	q: searchText,
	type: optional(code),
	status: optional(code),
	role: optional(oneOf(['1', '2', '3', '4'])),
	claim: optional(id),
	formula: optional(oneOf([...FORMULA_NAMES, ...RULE_FORMULA_NAMES])),
	agreement_rule: optional(key),
	row: optional(id),
	sheet: searchText,
	line: optional(id),
	reporter: searchText,
	import: optional(id),
	kind: optional(oneOf(KINDS)),
	severity: optional(oneOf(['critical', 'error', 'warning'])),
	rule: optional(ruleName),
	open: optional(key),
	pooled: oneOf(['apart', 'pro_rata']),
	since: optional(since),
	map: optional(oneOf(MAP_MEASURES)),
	class: optional(listOf(MAP_CLASSES)),
	demonstration_map: optional(oneOf(MONEY_ON_MAPS)),
	demonstration_class: optional(listOf(MAP_CLASSES)),
	region: optional(oneOf(WORLD_REGIONS)),
	view: optional(oneOf(ACTIVITY_VIEWS)),
	period: optional(bucketOrNone),
	zoom: optional(bucket),
	participants: optional(oneOf(['with', 'without'])),
	in: optional(oneOf(SEARCH_GROUPS)),
	method: oneOf(METHODS),
	size: countTo(MOST_SAMPLED),
	interval: optional(positiveAmount),
	strata: optional(oneOf(STRATA)),
	seed: optional(seed),
	hash: optional(oneOf(['pack'])),
	by: optional(oneOrTwoOf(DIMENSIONS)),
	limit: optional(countTo(MOST_ROWS, 'too_long_a_page'))
};
const NO_PAGE_FIELDS: Readonly<PageFields> = {
	q: null,
	type: null,
	status: null,
	role: null,
	claim: null,
	formula: null,
	agreement_rule: null,
	row: null,
	sheet: null,
	line: null,
	reporter: null,
	import: null,
	kind: null,
	severity: null,
	rule: null,
	open: null,
	pooled: 'apart',
	since: null,
	map: null,
	class: null,
	demonstration_map: null,
	demonstration_class: null,
	region: null,
	view: null,
	period: null,
	zoom: null,
	participants: null,
	in: null,
	method: 'random',
	size: 25,
	interval: null,
	strata: null,
	seed: null,
	hash: null,
	by: null,
	limit: null
};

const TRACKING =
	/^(?:utm_.*|mc_.*|mtm_.*|pk_.*|hsa_.*|_hs.*|_ga|_gl|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id|mkt_tok|s_cid|ref_src|wt_mc|at_medium|at_campaign)$/i;

/** What a parameter of an address looks like, and whether it may hold several values. */
export function describeParameter(name: keyof Slice | keyof View | PageField): {
	form: TextForm;
	list: boolean;
} {
	const { form, list = false } = { ...SLICE, ...VIEW, ...PAGE }[name];
	return { form, list };
}

/** The fields of a slice, in the order in which addresses are written. */
export const SLICE_FIELDS = Object.keys(SLICE) as (keyof Slice)[];

/** The question of a page that restricts nothing: what was spent, as published, counted, in euro. */
export function defaultSlice(portfolio: string): Slice {
	return {
		portfolio,
		measure: 'spent',
		nature: 'published',
		project: null,
		activity: null,
		country: null,
		allocation: null,
		organisation: null,
		part: 'provider',
		receiver: null,
		sector: null,
		heading: null,
		objective: null,
		agreement: null,
		counting: 'counted',
		basis: null,
		state: null,
		booked: null,
		from: null,
		to: null,
		undated: null,
		change: null,
		asof: null,
		version: null,
		currency: 'EUR'
	};
}

/**
 * Reads the slice of an address that holds nothing else. What is not given is as in `defaults`; an empty value takes a
 * default's restriction off, and a list may come as one parameter or as several. The first parameter that is unknown, repeated
 * or malformed comes back as the error.
 */
export function readSlice(
	params: URLSearchParams,
	defaults: Slice
): { slice: Slice } | { error: AddressError } {
	const read = readFields(params, SLICE, defaults);
	if ('error' in read) return read;
	return checkedOrder(read.fields) ?? { slice: read.fields };
}

/** The shortest parameters that read as this slice again, in a fixed order. */
export function writeSlice(slice: Slice, defaults: Slice): URLSearchParams {
	return writeFields(slice, SLICE, defaults);
}

/**
 * Reads a whole address: slice, view, and those page fields that the page names; any other parameter is an error.
 */
export function readAddress<F extends PageField = never>(
	params: URLSearchParams,
	defaults: Slice,
	pageFields: readonly F[] = []
): { slice: Slice; view: View; fields: Pick<PageFields, F> } | { error: AddressError } {
	const page = pick(PAGE, pageFields);
	const noFields = pick(NO_PAGE_FIELDS, pageFields);
	const codec = { ...SLICE, ...VIEW, ...page } as Codec<Slice & View & PageFields>;
	const read = readFields(params, codec, { ...defaults, ...DEFAULT_VIEW, ...noFields } as Slice &
		View &
		PageFields);
	if ('error' in read) return read;
	const wrong = checkedOrder(read.fields);
	if (wrong) return wrong;
	return {
		slice: pick(read.fields, Object.keys(SLICE) as (keyof Slice)[]),
		view: pick(read.fields, Object.keys(VIEW) as (keyof View)[]),
		fields: pick(read.fields, pageFields)
	};
}

/** The shortest parameters of a slice, then a view, then page fields, that read as them again. */
export function writeAddress(
	address: { slice: Slice; view?: Partial<View>; fields?: Partial<PageFields> },
	defaults: Slice
): URLSearchParams {
	return writeFields(
		{ ...NO_PAGE_FIELDS, ...DEFAULT_VIEW, ...address.view, ...address.fields, ...address.slice },
		{ ...SLICE, ...VIEW, ...PAGE },
		{ ...defaults, ...DEFAULT_VIEW, ...NO_PAGE_FIELDS }
	);
}

/**
 * The parameters without those that campaigns and social networks hang on links, and the names of what was dropped. With
 * any dropped, the hook redirects.
 */
export function withoutTracking(params: URLSearchParams): { params: URLSearchParams; dropped: string[] } {
	const kept = new URLSearchParams();
	const dropped = new Set<string>();
	for (const [name, value] of params) {
		if (TRACKING.test(name)) dropped.add(name);
		else kept.append(name, value);
	}
	return { params: kept, dropped: [...dropped] };
}

function readFields<T extends object>(
	params: URLSearchParams,
	codec: Codec<T>,
	defaults: T
): { fields: T } | { error: AddressError } {
	const fields: T = { ...defaults };
	const seen = new Set<string>();
	for (const [name, text] of params) {
		if (!Object.hasOwn(codec, name)) return refused(name, text, 'unknown');
		const field = name as keyof T;
		const { list, read: readText } = codec[field];
		if (seen.has(name)) {
			if (list) continue;
			return refused(name, text, 'repeated');
		}
		seen.add(name);
		const given = list ? joined(params.getAll(name)) : text;
		const read = readText(given);
		if ('reason' in read) return refused(name, given, read.reason);
		fields[field] = read.value;
	}
	return { fields };
}

/** A list given piece by piece, without the pieces left blank. */
function joined(texts: readonly string[]): string {
	return texts.length === 1 ? texts[0]! : texts.filter((text) => text !== '').join(',');
}

function writeFields<T extends object>(values: T, codec: Codec<T>, defaults: T): URLSearchParams {
	const params = new URLSearchParams();
	for (const name of Object.keys(codec) as (keyof T & string)[]) {
		const text = codec[name].write(values[name]);
		if (text !== codec[name].write(defaults[name])) params.append(name, text);
	}
	return params;
}

function checkedOrder({ from, to }: Slice): { error: AddressError } | null {
	return from !== null && to !== null && from > to ? refused('from', from, 'from_after_to') : null;
}

function pick<T extends object, K extends keyof T>(values: T, names: readonly K[]): Pick<T, K> {
	return Object.fromEntries(names.map((name) => [name, values[name]])) as Pick<T, K>;
}

/** Names and values come from anyone: what is handed on for the error page is short. */
function refused(parameter: string, value: string, reason: Reason): { error: AddressError } {
	return { error: { parameter: parameter.slice(0, 60), value: value.slice(0, 100), reason } };
}
