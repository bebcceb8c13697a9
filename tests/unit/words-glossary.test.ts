import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCurrency } from '#lib/money/currency.ts';
import { FORMULA_NAMES } from '#lib/slice/formula.ts';
import { BASES, COUNTINGS, DIMENSIONS, KINDS, MEASURES, NATURES, PARTS, STATES } from '#lib/slice/slice.ts';
import * as activity from '#lib/words/activity.ts';
import { addressErrorText } from '#lib/words/address.ts';
import {
	dimensionDefinition,
	dimensionLabel,
	noneLabel,
	partDefinition,
	partLabel
} from '#lib/words/dimension.ts';
import * as fact from '#lib/words/fact.ts';
import {
	formulaDefinition,
	formulaInWords,
	formulaLabel,
	operatorSign,
	termLabel
} from '#lib/words/formula.ts';
import { headingDefinition, headingLabel } from '#lib/words/heading.ts';
import * as ledger from '#lib/words/ledger.ts';
import * as organisation from '#lib/words/organisation.ts';

const LOCALES = ['en', 'fr', 'ar'] as const;
type Locale = (typeof LOCALES)[number];
type Label = (code: string, locale: Locale) => string;
type Definition = (code: string, locale: Locale) => string | null;

const catalogue = (locale: Locale): Record<string, string> =>
	JSON.parse(readFileSync(`src/messages/${locale}/words.json`, 'utf8')) as Record<string, string>;

describe('the lists of the slice', () => {
	it.each([
		['measure', MEASURES, ledger.measureLabel, ledger.measureDefinition],
		['kind', KINDS, ledger.kindLabel, ledger.kindDefinition],
		['counting', COUNTINGS, ledger.countingLabel, ledger.countingDefinition],
		['basis', BASES, ledger.basisLabel, ledger.basisDefinition],
		['state', STATES, ledger.stateLabel, ledger.stateDefinition],
		['nature', NATURES, ledger.natureLabel, ledger.natureDefinition],
		['dimension', DIMENSIONS, dimensionLabel, dimensionDefinition],
		['part', PARTS, partLabel, partDefinition],
		['formula', FORMULA_NAMES, formulaLabel, formulaDefinition]
	] as [string, readonly string[], Label, Definition][])(
		'%s: each has its own label and one sentence in every language',
		(_, codes, label, definition) => {
			for (const locale of LOCALES) {
				expect(new Set(codes.map((code) => label(code, locale))).size).toBe(codes.length);
				for (const code of codes) expect(definition(code, locale)).toMatch(/^(?:\p{Lu}|\p{Lo}).+\.$/u);
			}
		}
	);

	it('say "spent" as the glossary has it', () => {
		expect(ledger.measureLabel('spent', 'en')).toBe('Spent');
		expect(ledger.measureLabel('spent', 'fr')).toBe('Dépensé');
		expect(ledger.natureLabel('demonstration', 'en')).toBe('Demonstration');
	});

	it('name what a dimension leaves over', () => {
		expect(noneLabel('country', 'en')).toBe('Not allocated to a country');
		expect(noneLabel('month', 'en')).toBe('Not dated this finely');
		expect(noneLabel('agreement', 'fr')).toBe('Fonds communs, non attribués à une contribution');
		for (const dimension of DIMENSIONS) expect(noneLabel(dimension, 'fr')).toMatch(/\p{L}{3}/u);
	});

	it('spell formulas out', () => {
		expect(formulaInWords('cash_balance', 'en')).toBe('received − spent − returned to the funder');
		expect(operatorSign('minus', 'en')).toEqual({ sign: '−', spoken: 'minus' });
		expect(operatorSign('divided_by', 'fr')).toEqual({ sign: '÷', spoken: 'divisé par' });
		expect(termLabel('budget', 'en')).toBe('Budget');
		expect(termLabel('days_total', 'fr')).toBe('Nombre total de jours');
		expect(termLabel('days_elapsed', 'en')).toBe('Days elapsed');
	});
});

describe('the lists that sources write', () => {
	it('cover the budget headings of the United Nations', () => {
		for (const code of [
			'staff',
			'supplies',
			'equipment',
			'contractual',
			'travel',
			'transfers',
			'operating',
			'indirect'
		]) {
			for (const locale of LOCALES) {
				expect(headingLabel(code, locale)).not.toBe(code);
				expect(headingDefinition(code, locale)).toMatch(/\.$/);
			}
		}
	});

	it('cover the code lists of the standard', () => {
		for (const locale of LOCALES) {
			for (const code of [
				'10',
				'11',
				'15',
				'21',
				'22',
				'23',
				'24',
				'30',
				'40',
				'60',
				'70',
				'71',
				'72',
				'73',
				'80',
				'90'
			]) {
				expect(organisation.organisationTypeLabel(code, locale), code).not.toBe(code);
			}
			for (const code of ['1', '2', '3', '4']) expect(organisation.roleLabel(code, locale)).not.toBe(code);
			for (const code of ['1', '2', '3', '4', '5', '6'])
				expect(activity.activityStatusLabel(code, locale)).not.toBe(code);
		}
		expect(organisation.roleLabel('4', 'en')).toBe('Implementing');
	});

	it('read codes as sources spell them', () => {
		expect(fact.fundingKindLabel('EU grant', 'en')).toBe('EU grant');
		expect(fact.fundingKindLabel('EU grant', 'fr')).toBe('Subvention de l’UE');
		expect(organisation.partyLabel('national counterpart', 'en')).toBe('National counterpart');
		expect(fact.regionLabel('Eastern Europe', 'fr')).toBe('Europe orientale');
	});

	it('leave a code that is not known as it is, without a definition', () => {
		for (const code of ['hackathon', 'constructor', '__proto__', '']) {
			expect(activity.activityTypeLabel(code, 'en')).toBe(code);
			expect(activity.activityTypeDefinition(code, 'fr')).toBeNull();
		}
	});

	it.each([
		['activities.csv', 'type', activity.activityTypeDefinition],
		['activities.csv', 'date_precision', activity.precisionDefinition],
		['activities.csv', 'participants_qualifier', activity.qualifierDefinition],
		['activities.csv', 'city_basis', fact.factBasisDefinition],
		['activities.csv', 'objective_basis', fact.factBasisDefinition],
		['activities.csv', 'confidence', fact.confidenceDefinition],
		['funding.csv', 'scope', fact.fundingScopeDefinition],
		['funding.csv', 'funder_type', fact.funderTypeDefinition],
		['funding.csv', 'amount_status', fact.amountStatusDefinition],
		['funding.csv', 'kind', fact.fundingKindDefinition],
		['indicators.csv', 'qualifier', activity.qualifierDefinition],
		['indicators.csv', 'as_of_precision', activity.precisionDefinition],
		['claims.csv', 'qualifier', activity.qualifierDefinition],
		['claims.csv', 'confidence', fact.confidenceDefinition],
		['organisations.csv', 'iati_org_type', organisation.organisationTypeDefinition],
		['projects.csv', 'budget_kind', fact.fundingKindDefinition],
		['projects.csv', 'status', activity.activityStatusDefinition],
		['projects.csv', 'relation', fact.relationDefinition]
	] as [string, string, Definition][])(
		'cover every code of the facts: %s, %s',
		(file, column, definition) => {
			const codes = distinct(join('db/seed/gloact', file), column);
			expect(codes).not.toEqual([]);
			for (const locale of LOCALES)
				expect(codes.filter((code) => definition(code, locale) === null)).toEqual([]);
		}
	);

	it('cover the regions, units and properties of the facts', () => {
		const named = (prefix: string, code: string) =>
			`${prefix}${code.toLowerCase().replaceAll(' ', '_')}` in catalogue('fr');
		const regions = distinct('db/seed/gloact/countries.csv', 'region');
		const units = distinct('db/seed/gloact/indicators.csv', 'unit').filter((unit) => !isCurrency(unit));
		expect(regions.length * units.length).toBeGreaterThan(0);
		expect(regions.filter((code) => !named('words_region_', code))).toEqual([]);
		expect(units.filter((code) => !named('words_unit_', code))).toEqual([]);
		const properties = distinct('db/seed/gloact/claims.csv', 'property');
		expect(properties.filter((code) => !named('words_property_', code))).toEqual([]);
		expect(fact.propertyLabel('agreement_number', 'fr')).toBe('Numéro de convention');
		expect(fact.unitLabel('people per court', 'fr')).toBe('personnes par juridiction');
	});
});

describe('malformed addresses', () => {
	it('are said in words, with the parameter and the value', () => {
		const error = { parameter: 'from', value: '31.12.2017', reason: 'not_a_day' } as const;
		expect(addressErrorText(error, 'en')).toBe('“from” must be a day such as 2017-06-30, not “31.12.2017”.');
		expect(addressErrorText(error, 'fr')).toBe(
			'«\u00a0from\u00a0» doit être un jour tel que 2017-06-30, et non «\u00a031.12.2017\u00a0».'
		);
	});
});

describe('the catalogue of words', () => {
	const [en, fr] = [catalogue('en'), catalogue('fr')];

	it('is prefixed by its area and typed with care', () => {
		for (const [name, text] of [...Object.entries(en), ...Object.entries(fr)]) {
			expect(name).toMatch(/^words_[a-z0-9_]+$/);
			expect(text, name).not.toMatch(/['"]|\.\.\.| {2}|^\s*$/);
		}
		for (const [name, text] of Object.entries(fr))
			expect(text, name).not.toMatch(/ [:;?!»%]|« |[^\s\u00a0][:;?!»]/);
	});

	it('holds no message that nothing uses', () => {
		const code = readdirSync('src/lib', { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.(ts|svelte)$/.test(name) && !name.startsWith('paraglide'))
			.map((name) => readFileSync(join('src/lib', name), 'utf8'))
			.join('\n');
		const used = new Set(code.match(/\bwords_[a-z0-9_]+/g));
		expect(Object.keys(en).filter((name) => !used.has(name))).toEqual([]);
	});
});

/** The distinct values of a column of a CSV file, read here plainly so that a test needs no reader of the application. */
function distinct(file: string, column: string): string[] {
	const rows: string[][] = [[]];
	let field = '';
	let quoted = false;
	for (const char of `${readFileSync(file, 'utf8').trimEnd()}\n`) {
		if (char === '"') quoted = !quoted;
		else if (!quoted && (char === ',' || char === '\n')) {
			rows.at(-1)!.push(field);
			field = '';
			if (char === '\n') rows.push([]);
		} else if (char !== '\r') field += char;
	}
	const [header = [], ...lines] = rows.filter((row) => row.length > 1);
	const index = header.indexOf(column);
	expect(index, `${file} has a column ${column}`).toBeGreaterThanOrEqual(0);
	return [...new Set(lines.map((line) => line[index] ?? ''))].filter((value) => value !== '');
}
