import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	defaultSlice,
	describeParameter,
	readAddress,
	readSlice,
	withoutTracking,
	writeAddress,
	writeSlice
} from '#lib/slice/codec.ts';
import { FORMULA_NAMES } from '#lib/slice/formula.ts';
import { RULE_FORMULA_NAMES } from '#lib/slice/rule.ts';
import { DIMENSIONS, KINDS } from '#lib/slice/slice.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { METHODS, MOST_SAMPLED, STRATA } from '#lib/sample/plan.ts';
import {
	DEFAULT_VIEW,
	MAP_CLASSES,
	MAP_MEASURES,
	MONEY_ON_MAPS,
	MOST_ROWS,
	PAGE_FIELDS
} from '#lib/slice/view.ts';
import type { PageFields, View } from '#lib/slice/view.ts';
import { WORLD_REGIONS } from '#lib/words/world-region.ts';
import {
	anyDay as days,
	anyId as ids,
	anyKey as keys,
	anySlice as slices,
	maybe
} from '../support/any-slice.ts';
import { expectAlways } from '../support/property.ts';

const DEFAULTS = defaultSlice('gloact');

const names = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/);
const views: fc.Arbitrary<View> = fc.record({
	sort: maybe(
		fc.oneof(
			names,
			names.map((name) => `-${name}`)
		)
	),
	group: maybe(fc.constantFrom(...DIMENSIONS)),
	columns: maybe(fc.uniqueArray(names, { minLength: 1, maxLength: 12 })),
	after: maybe(fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/)),
	demonstration: fc.constantFrom('on' as const, 'off' as const)
});
const words = fc.stringMatching(/^[a-zéم"%_&+=#?/\\-]{1,20}( [a-z]{1,20})?$/u);
const pageFields: fc.Arbitrary<PageFields> = fc.record({
	q: maybe(words),
	type: maybe(names),
	status: maybe(names),
	role: maybe(fc.constantFrom('1', '2', '3', '4')),
	claim: maybe(ids),
	formula: maybe(fc.constantFrom(...FORMULA_NAMES, ...RULE_FORMULA_NAMES)),
	agreement_rule: maybe(keys),
	row: maybe(ids),
	sheet: maybe(words),
	line: maybe(ids),
	reporter: maybe(words),
	import: maybe(ids),
	kind: maybe(fc.constantFrom(...KINDS)),
	severity: maybe(fc.constantFrom('critical', 'error', 'warning')),
	rule: maybe(fc.constantFrom('iati-1.1.3', 'date-missing')),
	open: maybe(keys),
	pooled: fc.constantFrom('apart' as const, 'pro_rata' as const),
	since: maybe(fc.oneof(days, fc.constant('7'))),
	map: maybe(fc.constantFrom(...MAP_MEASURES)),
	class: maybe(fc.subarray([...MAP_CLASSES], { minLength: 1 })),
	demonstration_map: maybe(fc.constantFrom(...MONEY_ON_MAPS)),
	demonstration_class: maybe(fc.subarray([...MAP_CLASSES], { minLength: 1 })),
	region: maybe(fc.constantFrom(...WORLD_REGIONS)),
	view: maybe(fc.constantFrom('timeline', 'map')),
	period: maybe(fc.constantFrom('2017', '2017-Q3', '2017-08', 'none')),
	zoom: maybe(fc.constantFrom('2017', '2017-Q3', '2017-08')),
	participants: maybe(fc.constantFrom('with', 'without')),
	in: maybe(fc.constantFrom('countries', 'sources')),
	method: fc.constantFrom(...METHODS),
	size: fc.integer({ min: 1, max: MOST_SAMPLED }),
	interval: maybe(fc.constantFrom('1', '25000.00', '0.01')),
	strata: maybe(fc.constantFrom(...STRATA)),
	seed: maybe(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._:-]{0,20}[A-Za-z0-9]$/)),
	hash: maybe(fc.constant('pack' as const)),
	by: maybe(fc.constantFrom(['country'] as const, ['year', 'country'] as const)),
	limit: maybe(fc.integer({ min: 1, max: MOST_ROWS }))
});

const read = (query: string, defaults = DEFAULTS) => readSlice(new URLSearchParams(query), defaults);
const errorOf = (query: string) => {
	const outcome = readAddress(new URLSearchParams(query), DEFAULTS, PAGE_FIELDS);
	return 'error' in outcome ? outcome.error : null;
};

describe('an address without parameters', () => {
	it('is what the page asks by default, and a default slice writes none', () => {
		expect(read('')).toEqual({ slice: DEFAULTS });
		expect(writeSlice(DEFAULTS, DEFAULTS).toString()).toBe('');
		expect(readAddress(new URLSearchParams(), DEFAULTS)).toEqual({
			slice: DEFAULTS,
			view: DEFAULT_VIEW,
			fields: {}
		});
	});
});

describe('reading and writing', () => {
	it('uses the fields’ own names in a fixed order', () => {
		const slice: Slice = {
			...DEFAULTS,
			currency: 'USD',
			country: 'ML',
			asof: '2017-06-30',
			from: '2017-01-01',
			measure: 'received'
		};
		expect(writeSlice(slice, DEFAULTS).toString()).toBe(
			'measure=received&country=ML&from=2017-01-01&asof=2017-06-30&currency=USD'
		);
		expect(read('currency=USD&asof=2017-06-30&measure=received&from=2017-01-01&country=ML')).toEqual({
			slice
		});
	});

	it('takes an empty value, as a form sends it, for no restriction', () => {
		const malian = { ...DEFAULTS, country: 'ML' };
		expect(read('country=&from=&heading=')).toEqual({ slice: DEFAULTS });
		expect(read('country=', malian)).toEqual({ slice: DEFAULTS });
		expect(writeSlice(DEFAULTS, malian).toString()).toBe('country=');
	});

	it('takes several values as one parameter or as one for each, and writes them in one way', () => {
		const both = { ...DEFAULTS, country: 'ML,NE' };
		for (const query of ['country=NE,ML', 'country=ML&country=NE', 'country=NE&country=&country=ML,NE']) {
			expect(read(query), query).toEqual({ slice: both });
		}
		expect(read('country=&country=')).toEqual({ slice: DEFAULTS });
		expect(read('activity=12,none,3')).toEqual({ slice: { ...DEFAULTS, activity: '3,12,none' } });
		expect(readAddress(new URLSearchParams('columns=date&columns=amount'), DEFAULTS)).toMatchObject({
			view: { columns: ['date', 'amount'] }
		});
	});

	it('brings every slice back, whatever the page’s defaults', () => {
		expectAlways(
			fc.property(slices, slices, (slice, defaults) => {
				const back = readSlice(new URLSearchParams(writeSlice(slice, defaults).toString()), defaults);
				expect(back).toEqual({ slice });
			}),
			3_000
		);
	});

	it('brings every address back', () => {
		expectAlways(
			fc.property(slices, views, pageFields, (slice, view, fields) => {
				const query = writeAddress({ slice, view, fields }, DEFAULTS).toString();
				expect(readAddress(new URLSearchParams(query), DEFAULTS, PAGE_FIELDS)).toEqual({
					slice,
					view,
					fields
				});
			}),
			3_000
		);
	});

	it('writes one address for one question, in whatever order it was asked', () => {
		expectAlways(
			fc.property(slices, views, fc.infiniteStream(fc.nat()), (slice, view, order) => {
				const written = writeAddress({ slice, view }, DEFAULTS);
				const shuffled = [...written]
					.map((parameter) => ({ parameter, at: order.next().value as number }))
					.sort((a, b) => a.at - b.at)
					.map(({ parameter }) => parameter);
				const again = readAddress(new URLSearchParams(shuffled), DEFAULTS);
				expect('error' in again ? again : writeAddress(again, DEFAULTS).toString()).toBe(written.toString());
			})
		);
	});
});

describe('what a parameter is said to look like', () => {
	it('is true of every address that is written', () => {
		expectAlways(
			fc.property(slices, views, pageFields, (slice, view, fields) => {
				for (const [name, text] of writeAddress({ slice, view, fields }, DEFAULTS)) {
					const { form, list } = describeParameter(name as keyof Slice);
					for (const value of list && text !== '' ? text.split(',') : [text]) {
						if (value === '') continue;
						if (form.enum) expect(form.enum).toContain(value);
						if (form.pattern) expect(value).toMatch(new RegExp(form.pattern, 'u'));
						if (form.maxLength) expect(value.length).toBeLessThanOrEqual(form.maxLength);
					}
				}
			})
		);
	});
});

describe('a malformed address', () => {
	it('is answered with the parameter, its value and the reason', () => {
		expect(errorOf('country=mali')).toEqual({ parameter: 'country', value: 'mali', reason: 'not_a_country' });
		expect(errorOf('countries=ML')).toEqual({ parameter: 'countries', value: 'ML', reason: 'unknown' });
	});

	it.each([
		['country=ml', 'not_a_country'],
		['country=MLI', 'not_a_country'],
		['from=2017-02-29', 'not_a_day'],
		['to=2017-13-01', 'not_a_day'],
		['asof=30.06.2017', 'not_a_day'],
		['asof=2017-06-30T00:00:00Z', 'not_a_day'],
		['asof=2017-6-30', 'not_a_day'],
		['version=27', 'not_a_version'],
		['version=0.0', 'not_a_version'],
		['version=07.5', 'not_a_version'],
		['activity=12a', 'not_a_number'],
		['activity=0', 'not_a_number'],
		['organisation=-1', 'not_a_number'],
		['organisation=1234567890123456789', 'not_a_number'],
		['sector=151', 'not_a_sector'],
		['measure=spend', 'not_one_of'],
		['measure=', 'empty'],
		['nature=both', 'not_one_of'],
		['currency=CHF', 'not_one_of'],
		['part=funder', 'not_one_of'],
		['undated=week', 'not_one_of'],
		['allocation=split', 'not_one_of'],
		['project=%00', 'not_a_key'],
		['project=-x', 'not_a_key'],
		[`project=${'x'.repeat(121)}`, 'not_a_key'],
		['project=%3Cscript%3E', 'not_a_key'],
		['sort=Amount', 'not_a_code'],
		['group=week', 'not_one_of'],
		['columns=a,,b', 'not_columns'],
		['columns=a,a', 'not_columns'],
		['after=a b', 'not_a_cursor'],
		['demonstration=maybe', 'not_one_of'],
		['q=%0Ax%07y', 'not_text'],
		[`q=${'x'.repeat(201)}`, 'not_text'],
		['role=5', 'not_one_of'],
		['claim=x', 'not_a_number'],
		['row=0', 'not_a_number'],
		['formula=balance', 'not_one_of'],
		['by=week', 'not_one_of'],
		['by=year,country,kind', 'not_one_of'],
		['by=year,year', 'not_one_of'],
		['by=year,', 'not_one_of'],
		['limit=0', 'not_a_number'],
		['limit=1001', 'too_long_a_page'],
		['limit=1e2', 'not_a_number'],
		['Country=ML', 'unknown'],
		['=x', 'unknown'],
		['from=2017-01-01&from=2017-01-01', 'repeated'],
		['nature=published&nature=demonstration', 'repeated'],
		['country=ML,', 'empty'],
		['country=ML,ne', 'not_a_country'],
		['country=ML&country=Niger', 'not_a_country'],
		['booked=EUR,euro', 'not_a_code'],
		[`sector=${Array.from({ length: 61 }, (_, index) => 10_000 + index).join()}`, 'too_many'],
		['from=2018-01-01&to=2017-12-31', 'from_after_to']
	])('%s', (query, reason) => {
		const parameter = query.slice(0, query.indexOf('='));
		expect(errorOf(query)).toMatchObject({ parameter, reason });
	});

	it('compares the last day with a first day that the page sets', () => {
		expect(read('to=2017-01-01', { ...DEFAULTS, from: '2017-06-01' })).toMatchObject({
			error: { reason: 'from_after_to' }
		});
		expect(read('from=2017-01-01&to=2017-01-01')).toMatchObject({
			slice: { from: '2017-01-01', to: '2017-01-01' }
		});
	});

	it('knows a page field only on the page that names it', () => {
		expect(readAddress(new URLSearchParams('q=mali'), DEFAULTS)).toMatchObject({
			error: { parameter: 'q', reason: 'unknown' }
		});
		expect(readAddress(new URLSearchParams('q=+mali+'), DEFAULTS, ['q'])).toMatchObject({
			fields: { q: 'mali' }
		});
		expect(read('sort=amount')).toMatchObject({ error: { parameter: 'sort', reason: 'unknown' } });
	});

	it('takes names of the prototype for what they are: unknown', () => {
		for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
			expect(errorOf(`${name}=x`), name).toMatchObject({ parameter: name, reason: 'unknown' });
			expect(errorOf(`measure=${name}`), name).toMatchObject({ reason: 'not_one_of' });
		}
	});

	it('hands on little of a name or value of 64 KB', () => {
		const long = 'a'.repeat(65_536);
		for (const name of [...Object.keys(DEFAULTS), ...Object.keys(DEFAULT_VIEW), ...PAGE_FIELDS, long]) {
			for (const value of [long, `${'a '.repeat(32_768)}!`, ','.repeat(65_536), 'ä'.repeat(65_536)]) {
				const error = errorOf(new URLSearchParams([[name, value]]).toString());
				expect(error!.value.length).toBeLessThanOrEqual(100);
				expect(error!.parameter.length).toBeLessThanOrEqual(60);
			}
		}
	});

	it('never throws and never invents a field, for any junk', () => {
		const anyName = fc.oneof(
			fc.constantFrom(...Object.keys(DEFAULTS), ...PAGE_FIELDS, '__proto__'),
			fc.string({ unit: 'binary' })
		);
		expectAlways(
			fc.property(fc.array(fc.tuple(anyName, fc.string({ unit: 'binary' })), { maxLength: 5 }), (pairs) => {
				const outcome = readAddress(new URLSearchParams(pairs), DEFAULTS, PAGE_FIELDS);
				const known = 'error' in outcome ? [] : Object.keys(outcome.slice);
				expect(known).toEqual('error' in outcome ? [] : Object.keys(DEFAULTS));
			}),
			5_000
		);
	});
});

describe('tracking parameters', () => {
	it('are dropped and named, the rest stays as it was', () => {
		const { params, dropped } = withoutTracking(
			new URLSearchParams(
				'utm_source=x&country=ML&fbclid=1&gclid=2&mc_cid=3&country=NE&UTM_medium=y&utm_source=z'
			)
		);
		expect(params.toString()).toBe('country=ML&country=NE');
		expect(dropped).toEqual(['utm_source', 'fbclid', 'gclid', 'mc_cid', 'UTM_medium']);
	});

	it('are none of ours', () => {
		const ours = [...Object.keys(DEFAULTS), ...Object.keys(DEFAULT_VIEW), ...PAGE_FIELDS].map((name) => [
			name,
			'x'
		]);
		expect(withoutTracking(new URLSearchParams(ours)).dropped).toEqual([]);
	});
});
