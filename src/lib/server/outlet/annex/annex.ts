import type { Kysely } from 'kysely';
import { m } from '#lib/paraglide/messages.js';
import type { Question } from '#lib/server/answer.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { rowsOf, type StreamedRow } from '#lib/server/ledger/row-stream.ts';
import { readAgreementPage, type AgreementsOf, type PaymentRule } from '#lib/server/page/agreement.ts';
import type { ReportVersion } from '#lib/server/page/report.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { addressOf, openExtract, type Extract, type Site } from '../extract.ts';

/** A rule on which a payment depends, with the rows that count towards it, part by part as the page shows them. */
export type AnnexRule = Pick<PaymentRule, 'nature' | 'rule' | 'measured' | 'deciding'> & {
	extracts: readonly Extract[];
};

/** The annex of a project's agreements at one state of the books: the rows, and what their page makes of them. */
export type Annex = {
	/** The project's key. */
	key: string;
	/** The question in words. */
	words: string;
	/** Where the same stands on a page. */
	address: string;
	asof: string | null;
	state: ReportVersion;
	/** Agreements of each nature, published ones first. */
	found: readonly AgreementsOf[];
	rules: readonly AnnexRule[];
	rows: number;
};

/**
 * Opens the annex of a project's agreements. 404 for no such project; without an agreement there are no rules and no rows.
 * @param db where downloads are read from
 * @param question fixed at one state of the books
 */
export async function openAnnex(
	db: Kysely<DB>,
	question: Question<never>,
	{ key, state, site }: { key: string; state: ReportVersion; site: Site }
): Promise<Annex> {
	const { project, published, demonstration, paymentRules, asof } = await readAgreementPage(question, key);
	const rules = await Promise.all(paymentRules.map((rule) => openRule(db, rule, site)));
	const path = `/projects/${encodeURIComponent(project.key)}/agreement`;
	const address = addressOf(path, question.slice, site);
	return {
		key: project.key,
		words: m.agreement_annex_question({ name: project.short_name ?? project.name }),
		address:
			question.view.demonstration === 'off'
				? `${address}${address.includes('?') ? '&' : '?'}demonstration=off`
				: address,
		asof,
		state,
		found: [published, demonstration].filter((one) => one !== null),
		rules,
		rows: rules.flatMap(({ extracts }) => extracts).reduce((sum, { pinned }) => sum + pinned.total.entries, 0)
	};
}

async function openRule(
	db: Kysely<DB>,
	{ nature, rule, measured, deciding }: PaymentRule,
	site: Site
): Promise<AnnexRule> {
	const parts: Slice[] = measured.terms.counted
		.filter(({ total }) => total.entries > 0)
		.map(({ slice }) => slice);
	const extracts = await Promise.all(parts.map((slice) => openExtract(db, slice, site)));
	return { nature, rule, measured, deciding, extracts };
}

const ENTRY = ENTRY_COLUMNS.findIndex(({ name }) => name === 'entry');

/** The rows that count towards a rule, in the order of the ledger within each part, with the rule's columns before them. */
export async function* rowsOfRule({
	rule,
	deciding,
	extracts
}: AnnexRule): AsyncGenerator<readonly StreamedRow[]> {
	for (const extract of extracts) {
		for await (const batch of extract.lines()) {
			yield rowsOf(batch).map((row) => [
				rule.key,
				rule.rule,
				rule.article,
				row[ENTRY] === deciding?.reachedBy ? 'yes' : '',
				...row
			]);
		}
	}
}

/** Headers of the download, as those of other downloads: the control totals are one for each rule, in its currency. */
export function annexHeaders(annex: Annex, file: { ending: string; type: string }): Record<string, string> {
	const { key, rules, rows, state, address } = annex;
	const invented = isInvented(annex);
	const controls = rules.flatMap(({ measured: { counted, slice } }) =>
		counted === null ? [] : `${slice.currency} ${counted}`
	);
	const unconverted = rules
		.flatMap(({ extracts }) => extracts)
		.flatMap(({ pinned }) => pinned.total.unconverted.map(({ currency, amount }) => `${currency} ${amount}`));
	const name = `${invented ? 'DEMONSTRATION-' : ''}${key.replace(/[^\w.-]+/g, '_')}-annex.${file.ending}`;
	return {
		'content-type': file.type,
		'content-disposition': `attachment; filename="${name}"`,
		'x-row-count': String(rows),
		'x-control-total': controls.join(', '),
		'x-unconverted': unconverted.join(', '),
		'x-data-version': state.version ?? '0.0',
		'x-generated-at': state.knownAt ?? '',
		'x-slice': address,
		...(invented ? { 'x-robots-tag': 'noindex' } : {})
	};
}

/** Whether anything in it is invented: then the file says so in its name and at its head. */
export function isInvented({ found }: Pick<Annex, 'found'>): boolean {
	return found.some(({ nature, agreements }) => nature === 'demonstration' && agreements.length > 0);
}
