import { add, compare, sum, type Decimal } from '#lib/money/decimal.ts';
import type { ActivitySpan, CountingMatch } from '../../record.ts';
import { KindSums } from '../sums.ts';
import type { Family } from './families.ts';
import type { Bucket, FamilySums } from './family-sums.ts';
import { ANY, type CountingProposal, type StandingRules } from './standing-rules.ts';

type Found = Bucket & { reporter: string; parent: string; count: number; sum: Decimal; children: Decimal };

/** Of money that a parent reports beside its children: whether the two are equal. */
const EQUAL = 'children';
const DIFFERING = 'children-differing';

/**
 * A parent that reports the same kind of money in the same currency and year as its children is counted twice. Where it
 * equals the sum of its children it is left out without asking; where it does not, a person decides, by reporter and kind
 * of money. What a file changes of a family is looked at anew: a parent that is no longer equal counts again.
 */
export function proposeChildren(
	families: readonly Family[],
	sums: FamilySums,
	standing: StandingRules
): CountingProposal[] {
	const found = families.flatMap((family) => findDouble(family, sums));
	const seen = new Set(families.map(({ parent }) => parent));
	const reporters = new Set(families.map(({ reporter }) => reporter));
	return [EQUAL, DIFFERING].flatMap((beginning) => {
		const rules = new Map<string, Rule>();
		// Those that stand may have to let go of parents of which nothing is found any more.
		for (const reporter of reporters) {
			for (const { key, match } of standing.of(reporter, `${beginning}:`))
				rules.set(key, { key, reporter, match, parts: [] });
		}
		for (const part of found.filter((any) => isEqual(any) === (beginning === EQUAL))) {
			const rule = ruleFor(part, beginning);
			const there = rules.get(rule.key);
			if (there) there.parts.push(part);
			else rules.set(rule.key, rule);
		}
		return [...rules.values()].flatMap((rule) => proposalOf(rule, beginning === EQUAL, seen, standing) ?? []);
	});
}

type Rule = { key: string; reporter: string; match: CountingMatch; parts: Found[] };

function ruleFor(part: Found, beginning: string): Rule {
	const { reporter, kind } = part;
	const currency = beginning === EQUAL ? part.currency : null;
	const key = [beginning, reporter, kind, ...(currency ? [currency] : [])].join(':');
	return { key, reporter, match: { ...ANY, entryKind: kind, currency }, parts: [part] };
}

const isEqual = (part: Found) => compare(part.sum, part.children) === 0;

function findDouble({ reporter, parent, children }: Family, sums: FamilySums): Found[] {
	const own = sums.of(parent);
	return own.flatMap((bucket): Found[] => {
		const parts = [...children].flatMap((child) => sums.find(child, bucket) ?? []);
		// A rule for days that span years would also speak of what lies inside them.
		const holdsOthers = own.some(
			(other) =>
				other !== bucket &&
				other.kind === bucket.kind &&
				other.currency === bucket.currency &&
				other.from <= bucket.to &&
				other.to >= bucket.from
		);
		const { kind, currency, from, to, count } = bucket;
		if (parts.length === 0 || holdsOthers) return [];
		return [
			{
				reporter,
				parent,
				kind,
				currency,
				from,
				to,
				count,
				sum: bucket.sum,
				children: sum(parts.map((part) => part.sum))
			}
		];
	});
}

function proposalOf(
	{ key, reporter, match, parts }: Rule,
	certain: boolean,
	seen: ReadonlySet<string>,
	standing: StandingRules
): CountingProposal | null {
	const spans = parts.map(({ parent, from, to }): ActivitySpan => ({ activity: parent, from, to }));
	const next = standing.next(key, spans, (activity) => seen.has(activity));
	if (next === null) return null;
	const sums = new KindSums();
	for (const part of parts) sums.add(part);
	const listed = sums.list();
	return {
		what: 'counting',
		key,
		counting: 'reported_by_children',
		reason: certain
			? 'Parents that equal the sum of their children in kind, currency and year: the children report it.'
			: `Parents and their children both report this kind of money. ${inWords(parts)}`,
		reporter,
		match: { ...match, activities: next },
		entries: listed.reduce((entries, { count }) => entries + count, 0),
		sums: listed,
		certain: certain || parts.length === 0
	};
}

/** Both sides in figures: `EUR 120.00 on parents, EUR 100.00 on children`. */
function inWords(parts: readonly Found[]): string {
	const totals = new Map<string, [Decimal, Decimal]>();
	for (const part of parts) {
		const [own, children] = totals.get(part.currency) ?? ['0', '0'];
		totals.set(part.currency, [add(own, part.sum), add(children, part.children)]);
	}
	return [...totals]
		.map(
			([currency, [own, children]]) => `${currency} ${own} on parents, ${currency} ${children} on children.`
		)
		.join(' ');
}
