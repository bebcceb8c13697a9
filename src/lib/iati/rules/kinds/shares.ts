import { compare, parseDecimal, roundHalfEven, sum, type Decimal } from '#lib/money/decimal.ts';
import type { XmlElement } from '../../xml.ts';
import { elements, path, vocabularyOf } from '../paths.ts';
import type { Check, RuleOf, Scope, Split } from '../rule.ts';

/** Thirds written with six digits add up to 99.999999: that is a hundred, as it is for IATI's own checker. */
const DIGITS = 4;

/** Where a split has several items, each has its percentage. */
export function eachShare(rule: RuleOf<'each-share'>): Check {
	const parts = splits(rule.split);
	return (element, scope) => {
		for (const { items, label } of parts(element, scope)) {
			const without = items.filter((item) => stated(item) === null);
			if (items.length < 2 || without.length === 0) continue;
			scope.findings.add(rule, without[0]!, null, `${label}${without.length} of ${items.length} without`);
		}
	};
}

/** The percentages of a split with several items add up to 100. */
export function sumOfShares(rule: RuleOf<'sum-of-shares'>): Check {
	const parts = splits(rule.split);
	return (element, scope) => {
		for (const { items, beside, label } of parts(element, scope)) {
			const all = beside.length > 0 ? [...items, ...beside] : items;
			const shares = all.map(stated).filter((share) => share !== null);
			if ((rule.atLeastTwo === 'items' ? all : shares).length < 2 || addUp(shares)) continue;
			scope.findings.add(rule, items[0]!, null, `${label}${shares.join(' + ')}${equals(shares)}`);
		}
	};
}

/** The percentage of the only item of a split is 100, or not given. */
export function singleShare(rule: RuleOf<'single-share'>): Check {
	const parts = splits(rule.split);
	return (element, scope) => {
		for (const { items, beside, label } of parts(element, scope)) {
			if (items.length + beside.length !== 1) continue;
			const share = stated(items[0]!);
			if (share === null || share === '100' || addUp([share])) continue;
			scope.findings.add(rule, items[0]!, 'percentage', `${label}${share}`);
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

/** One hundred per cent: its own items, those that share it, and how a finding calls it. */
type Part = { items: XmlElement[]; beside: readonly XmlElement[]; label: string };

function splits(split: Split): (element: XmlElement, scope: Scope) => Part[] {
	const itemsOf = elements(split.items);
	const besideOf = split.beside === undefined ? none : elements(split.beside);
	const unless = split.unless === undefined ? none : elements(split.unless);
	return (element, scope) => {
		const items = itemsOf(element, scope);
		if (items.length === 0 || unless(element, scope).length > 0) return [];
		const beside = besideOf(element, scope);
		if (split.by === undefined) return [{ items: [...items], beside, label: '' }];
		const byVocabulary = Map.groupBy(items, (item) =>
			vocabularyOf(split.by === '@vocabulary' ? item : item.parent!, scope)
		);
		return [...byVocabulary].map(([vocabulary, own]) => ({
			items: own,
			beside,
			label: `vocabulary ${vocabulary}: `
		}));
	};
}

function none(): readonly XmlElement[] {
	return [];
}

/** A percentage as written, null where there is none. */
function stated(item: XmlElement): string | null {
	const share = item.attributes['percentage']?.trim() ?? '';
	return share === '' ? null : share;
}

function addUp(shares: readonly string[]): boolean {
	const total = totalOf(shares);
	return total !== null && compare(roundHalfEven(total, DIGITS), '100') === 0;
}

function equals(shares: readonly string[]): string {
	if (shares.length === 0) return 'no percentages';
	return shares.length === 1 ? '' : ` = ${totalOf(shares) ?? 'no number'}`;
}

function totalOf(shares: readonly string[]): Decimal | null {
	const numbers = shares.map(parseDecimal).filter((share) => share !== null);
	return numbers.length === shares.length ? sum(numbers) : null;
}
