import { sum, type Decimal } from '#lib/money/decimal.ts';
import { fromUnits } from '#lib/money/scaled.ts';
import { fieldsOf, planOf, type Plan } from '#lib/sample/plan.ts';
import type { Chosen, Design } from '#lib/sample/selection.ts';
import type { Stratum } from '#lib/sample/strata.ts';
import type { Question } from '#lib/server/answer.ts';
import { labelsOf, namesOf } from '#lib/server/facts/names.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { isOfCells } from '#lib/server/ledger/conditions.ts';
import { namedRows, type LedgerRow } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import { auditAddress, openAskedAudit, refuseView } from '#lib/server/outlet/audit/ask.ts';
import { readSample, type Audit, type NumberedItem } from '#lib/server/outlet/audit/audit.ts';
import { hashPack, SMALL_POPULATION } from '#lib/server/outlet/audit/pack.ts';
import { entryName, readEntryName } from '#lib/slice/entry-name.ts';
import { NONE } from '#lib/slice/parameter.ts';
import { SAMPLE_FIELDS, type SampleFields } from '#lib/slice/sample-address.ts';
import type { Unconverted } from '#lib/slice/slice.ts';
import { valuesIn } from '#lib/slice/values.ts';
import { describeSlice, sliceSentence } from '#lib/slice/words.ts';
import { explainNoRows, listChoices } from './transactions.ts';

/** Parameters of the desk beside those of the slice. */
export const AUDIT_FIELDS = [...SAMPLE_FIELDS, 'hash'] as const;
type AuditQuestion = Question<(typeof AUDIT_FIELDS)[number]>;

/** Items of a sample that the page lists; its file holds all. */
const MOST_SHOWN = 200;

/** An item of a sample with its place in the population, and why it was chosen. */
export type SampleItem = { number: number; stratum: string; chosen: Chosen; row: LedgerRow };

/** A sample as it is shown. Money is decimal text in the currency of the slice. */
export type SampleShown = {
	plan: Plan;
	/** The shortest parameters that draw it again. */
	fields: SampleFields;
	design: { items: number; drawn: number; strata: Stratum[] | null; money: MoneyDesign | null };
	total: { amount: Decimal | null; currency: string; unconverted: Unconverted[]; entries: number };
	items: SampleItem[];
	/** The pack's hash, where the population is small or it was asked for. */
	pack: { sha256: string; bytes: number } | null;
};

/** The numbers of a monetary sample as money. */
export type MoneyDesign = {
	positive: { items: number; amount: Decimal };
	negative: { items: number; amount: Decimal };
	zero: number;
	withoutRate: number;
	whole: { items: number; amount: Decimal };
	rest: Decimal;
	drawn: number;
	/** What lies between two chosen units, rounded down to one; null where all is taken whole. */
	interval: Decimal | null;
	/** The first chosen unit of the rest. */
	first: Decimal | null;
};

/** A population with its control totals and, where a seed is given, the sample that it draws. */
export async function readAudit(question: AuditQuestion) {
	refuseView(question.view);
	const { db, slice, fields, runtime } = question;
	const plan = planOf(fields);
	const { hash, ...asked } = fields;
	const [whole, names, choices, partners] = await Promise.all([
		total(db, slice),
		namesOf(db, slice),
		listChoices(db, slice),
		listPartners(question)
	]);
	const empty = await explainNoRows(question, whole, names);
	const { origin, portfolio } = runtime.configuration;
	const site = { origin, portfolio };
	const audit = plan === null || empty !== null ? null : await openAskedAudit(db, slice, plan, site);
	const address = plan === null ? '' : auditAddress(slice, plan, site);
	return {
		slice,
		total: whole,
		names,
		choices,
		partners,
		asked,
		words: describeSlice(slice, names),
		sentence: sliceSentence(slice, names),
		partial: isOfCells(slice),
		empty,
		sample: audit && (await readShown(question, audit, address, hash === 'pack'))
	};
}

async function readShown(
	{ db }: AuditQuestion,
	audit: Audit,
	address: string,
	hashAsked: boolean
): Promise<SampleShown> {
	const { plan, drawing, extract } = audit;
	const { total: population, resolved } = extract.pinned;
	const sample = await readSample(audit, false);
	const shown = sample.slice(0, MOST_SHOWN);
	const rows = await namedRows(
		db,
		resolved,
		shown.map(({ entry }) => readEntryName(entry)!)
	);
	const byName = new Map(rows.map((row) => [entryName(row), row]));
	const hashed = hashAsked || population.entries <= SMALL_POPULATION;
	const { design } = drawing;
	return {
		plan,
		fields: fieldsOf(plan),
		design: {
			items: design.items,
			drawn: design.drawn,
			strata: design.method === 'stratified' ? design.strata : null,
			money: design.method === 'monetary' ? moneyOf(design) : null
		},
		total: { currency: population.currency, ...sumOf(sample) },
		items: shown.map(({ number, stratum, chosen, entry }) => ({
			number,
			stratum,
			chosen: chosen!,
			row: byName.get(entry)!
		})),
		pack: hashed ? await hashPack(audit, address) : null
	};
}

function sumOf(sample: readonly NumberedItem[]): Omit<SampleShown['total'], 'currency'> {
	const amounts = sample.flatMap(({ amount }) => amount ?? []);
	const without = sample.filter(({ amount }) => amount === null);
	const currencies = [...new Set(without.map(({ currency }) => currency))].sort();
	return {
		amount: amounts.length === 0 ? null : sum(amounts),
		entries: sample.length,
		unconverted: currencies.map((currency) => {
			const booked = without.filter((item) => item.currency === currency).map((item) => item.booked);
			return { currency, amount: sum(booked), entries: booked.length };
		})
	};
}

function moneyOf({ survey, monetary }: Extract<Design, { method: 'monetary' }>): MoneyDesign {
	const { scale, count, span, start, hits, top, rest } = monetary;
	const money = (units: bigint) => fromUnits(units, scale);
	return {
		positive: survey.positive,
		negative: survey.negative,
		zero: survey.zero,
		withoutRate: survey.withoutRate,
		whole: { items: top, amount: money(survey.total - rest) },
		rest: money(rest),
		drawn: Number(hits),
		interval: hits === 0n && rest === 0n ? null : money(span / count),
		first: hits === 0n ? null : money(start / count + 1n)
	};
}

/** The organisations of the slice's part that money went through, by name, and those that are chosen now. */
async function listPartners({ db, slice }: AuditQuestion): Promise<{ value: string; label: string }[]> {
	const parts = await breakdown(db, { ...slice, organisation: null }, [slice.part]);
	const ids = [
		...new Set([...parts.flatMap(({ keys }) => keys[0] ?? []), ...valuesIn(slice, 'organisation')])
	];
	const labels = await labelsOf(db, slice.part, ids);
	return ids
		.filter((id) => id !== NONE)
		.map((value) => ({ value, label: labels.get(value) ?? value }))
		.sort((a, b) => a.label.localeCompare(b.label));
}
