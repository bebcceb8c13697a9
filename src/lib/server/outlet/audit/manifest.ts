import { m } from '#lib/paraglide/messages.js';
import { fromUnits } from '#lib/money/scaled.ts';
import { methodSteps } from '#lib/words/sample.ts';
import { headOf } from '../extract.ts';
import type { Audit } from './audit.ts';

/** A file of a pack as it was written. */
export type PackedFile = { name: string; bytes: number; sha256: string };

/** What a pack is of, without its rows: everything that does not depend on reading them. Made in the language of the request. */
export function manifestHead({ extract, plan, drawing }: Audit, address: string) {
	const { design } = drawing;
	const { DEMONSTRATION, title, nature, measure, as_of, data_version, generated_at, terms } = headOf(extract);
	const { total } = extract.pinned;
	return {
		...(DEMONSTRATION === undefined ? {} : { DEMONSTRATION }),
		title,
		address,
		rows_address: extract.address,
		measure,
		as_of,
		data_version,
		generated_at,
		terms,
		slice_currency: total.currency,
		population: {
			nature,
			items: total.entries,
			control_total: total.amount,
			unconverted: total.unconverted
		},
		sampling: {
			method: plan.method,
			seed: plan.seed,
			size: plan.size,
			interval: plan.method === 'monetary' ? plan.interval : null,
			by: plan.method === 'stratified' ? plan.by : null,
			drawn: design.drawn,
			...(design.method === 'stratified' ? { strata: design.strata } : {}),
			...(design.method === 'monetary' ? { monetary: monetaryOf(design) } : {}),
			steps: methodSteps(plan)
		}
	};
}

/** The numbers of a monetary sample as money, so that it can be drawn again by hand. */
function monetaryOf({
	survey,
	monetary
}: Extract<Audit['drawing']['design'], { method: 'monetary' }>): Record<string, unknown> {
	const { scale, count, span, start, hits, top, rest } = monetary;
	const money = (units: bigint) => fromUnits(units, scale);
	return {
		unit: money(1n),
		positive: survey.positive,
		negative: survey.negative,
		zero: { items: survey.zero },
		without_rate: { items: survey.withoutRate },
		taken_whole: { items: top, amount: money(survey.total - rest) },
		rest: money(rest),
		drawn_from_the_rest: Number(hits),
		// The unit with the number j, from 0, is floor((start + j x span) / divisor) + 1.
		start_units: start.toString(),
		span_units: span.toString(),
		divisor: count.toString()
	};
}

/** The first words of a pack, in the language of the request. */
export function readmeOf({ extract, plan }: Audit, address: string): string {
	const demonstration = extract.slice.nature === 'demonstration';
	const { total } = extract.pinned;
	const files = [
		m.audit_readme_population(),
		m.audit_readme_sample(),
		m.audit_readme_sources(),
		m.audit_readme_rates(),
		m.audit_readme_checks(),
		m.audit_readme_dictionary(),
		m.audit_readme_manifest(),
		m.audit_readme_verify()
	];
	return [
		...(demonstration ? [`DEMONSTRATION: ${m.exports_demonstration()}`, ''] : []),
		m.audit_readme_title(),
		'',
		extract.words,
		address,
		'',
		m.audit_readme_items({ items: String(total.entries) }),
		...(total.amount === null ? [] : [m.audit_readme_total({ amount: `${total.currency} ${total.amount}` })]),
		...total.unconverted.map(({ currency, amount }) =>
			m.audit_readme_unconverted({ amount: `${currency} ${amount}` })
		),
		'',
		...files,
		'',
		m.audit_readme_run(),
		'',
		'    node verify.mjs',
		'',
		m.audit_readme_hash(),
		'',
		m.audit_readme_method(),
		'',
		...methodSteps(plan).map((step, index) => `${index + 1}. ${step}`),
		'',
		demonstration ? m.exports_terms_demonstration() : m.exports_terms(),
		''
	].join('\n');
}
