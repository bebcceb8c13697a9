import { compare, parseDecimal, scaleOf } from '#lib/money/decimal.ts';
import { divideUnitsHalfEven, fromUnits, toUnits } from '#lib/money/scaled.ts';
import type { XmlElement } from '../../xml.ts';
import { elements, path, vocabularyOf } from '../paths.ts';
import type { Check, Part, RuleOf, Scope, Split } from '../rule.ts';

/** Thirds written with six digits add up to 99.999999: that is a hundred, as it is for IATI's own checker. */
const DIGITS = 4;

/** Where a split has several items, each has its percentage. */
export function eachShare(rule: RuleOf<'each-share'>): Check {
	const parts = splits(rule.split);
	return (element, scope) => {
		for (const part of parts(element, scope)) {
			const { items } = part;
			const without = items.filter((item) => stated(item) === null);
			if (items.length < 2 || without.length === 0) continue;
			scope.findings.add(
				rule,
				without[0]!,
				null,
				`${label(part)}${without.length} of ${items.length} without`
			);
		}
	};
}

/** The percentages of a split with several items add up to 100. */
export function sumOfShares(rule: RuleOf<'sum-of-shares'>): Check {
	const parts = splits(rule.split);
	return (element, scope) => {
		for (const part of parts(element, scope)) {
			const { items, beside } = part;
			const all = beside.length > 0 ? [...items, ...beside] : items;
			const shares = all.map(stated).filter((share) => share !== null);
			if ((rule.atLeastTwo === 'items' ? all : shares).length < 2 || isHundred(shares)) continue;
			scope.findings.add(rule, items[0]!, null, `${label(part)}${described(shares)}`);
		}
	};
}

/** The percentage of the only item of a split is 100, or not given. */
export function singleShare(rule: RuleOf<'single-share'>): Check {
	const parts = splits(rule.split);
	return (element, scope) => {
		for (const part of parts(element, scope)) {
			const { items, beside } = part;
			if (items.length + beside.length !== 1) continue;
			const share = stated(items[0]!);
			if (share === null || share === '100' || isHundred([share])) continue;
			scope.findings.add(rule, items[0]!, 'percentage', `${label(part)}${share}`);
		}
	};
}

/** Between 0 and 100, both included. */
export function percentage(rule: RuleOf<'percentage'>): Check {
	const find = path(rule.path);
	return (element, scope) => {
		for (const found of find(element, scope)) {
			if (/^[0-9]?[0-9](?:\.[0-9]+)?$/.test(found.text) || found.text.trim() === '') continue;
			const share = parseDecimal(found.text);
			if (share !== null && compare(share, '0') >= 0 && compare(share, '100') <= 0) continue;
			scope.findings.add(rule, found.element, found.attribute, found.text);
		}
	};
}

/** The splits of an element, looked up once for all rules that ask for them. */
function splits(split: Split): (element: XmlElement, scope: Scope) => readonly Part[] {
	const itemsOf = elements(split.items);
	const besideOf = split.beside === undefined ? none : elements(split.beside);
	const unless = split.unless === undefined ? none : elements(split.unless);
	const find = (element: XmlElement, scope: Scope): readonly Part[] => {
		const items = itemsOf(element, scope);
		if (items.length === 0 || unless(element, scope).length > 0) return NO_PARTS;
		const beside = besideOf(element, scope);
		if (split.by === undefined) return [{ items, beside, vocabulary: null }];
		const byVocabulary = Map.groupBy(items, (item) =>
			vocabularyOf(split.by === '@vocabulary' ? item : item.parent!, scope)
		);
		return [...byVocabulary].map(([vocabulary, own]) => ({ items: own, beside, vocabulary }));
	};
	return (element, scope) => {
		let parts = scope.parts.get(split);
		if (!parts) scope.parts.set(split, (parts = find(element, scope)));
		return parts;
	};
}

const NO_PARTS: readonly Part[] = [];

function none(): readonly XmlElement[] {
	return [];
}

/** A percentage as written, null where there is none. */
function stated(item: XmlElement): string | null {
	const share = item.attributes['percentage']?.trim() ?? '';
	return share === '' ? null : share;
}

/** How a finding calls a split. */
function label({ vocabulary }: Part): string {
	return vocabulary === null ? '' : `vocabulary ${vocabulary}: `;
}

function isHundred(shares: readonly string[]): boolean {
	const total = totalOf(shares);
	if (total === null) return false;
	return (
		divideUnitsHalfEven(total.units, 10n ** BigInt(total.scale - DIGITS)) === 100n * 10n ** BigInt(DIGITS)
	);
}

/** What the shares make, for a person to read. */
function described(shares: readonly string[]): string {
	if (shares.length === 0) return 'no percentages';
	if (shares.length === 1) return shares[0]!;
	const total = totalOf(shares);
	return `${shares.join(' + ')} = ${total === null ? 'no number' : shortened(fromUnits(total.units, total.scale))}`;
}

function shortened(number: string): string {
	return number.replace(/\.?0+$/, '');
}

/** The exact sum, in units of 10^-scale; null where one of them is no number. */
function totalOf(shares: readonly string[]): { units: bigint; scale: number } | null {
	const numbers = shares.map(parseDecimal).filter((share) => share !== null);
	if (numbers.length < shares.length) return null;
	const scale = Math.max(DIGITS, ...numbers.map(scaleOf));
	return { units: numbers.reduce((total, number) => total + toUnits(number, scale), 0n), scale };
}
