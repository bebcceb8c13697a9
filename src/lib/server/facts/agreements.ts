import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Decimal } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { resolvePosting } from '#lib/server/ledger/resolve.ts';
import type { RuleBase, RuleSense } from '#lib/slice/rule.ts';
import type { Basis, Kind, Nature } from '#lib/slice/slice.ts';

/** Where a term of an agreement stands in its file. */
type Kept = { source_sha256: string; place: string };

export type AgreementRule = Kept & {
	key: string;
	article: string;
	rule: string;
	/** In `unit`: percent, days or a currency. */
	value: string;
	unit: string;
	/** What it counts and what its threshold is a part of; `base` null where only the text says. */
	kinds: Kind[];
	sense: RuleSense | null;
	base: RuleBase | null;
	/** Empty for any. */
	bases: Basis[];
	headings: string[];
	text: string;
	valid_from: string | null;
};

export type Instalment = Kept & {
	instalment_no: number;
	amount: Decimal;
	currency: string;
	planned_on: string | null;
	requested_on: string | null;
	received_on: string | null;
	condition: string | null;
};

export type BudgetVersion = Kept & {
	key: string;
	version_no: number;
	valid_from: string;
	approved_on: string | null;
	/** Direct and indirect costs together. */
	amount: Decimal;
	direct: Decimal;
	indirect: Decimal;
	currency: string;
	replaces: string | null;
	note: string | null;
};

export type Agreement = Kept & {
	key: string;
	title: string;
	funder: string | null;
	funder_id: string | null;
	recipient: string | null;
	recipient_id: string | null;
	amount: Decimal | null;
	currency: string | null;
	signed_on: string | null;
	start_date: string | null;
	end_date: string | null;
	rate_publisher: string | null;
	note: string | null;
	rules: AgreementRule[];
	instalments: Instalment[];
	budgets: BudgetVersion[];
};

/**
 * A project's agreements of one nature with their rules, instalments and budgets, as known at the end of a day (UTC) and
 * at a data version. Dates are ISO, amounts decimal text.
 */
export async function listAgreements(
	db: Kysely<DB>,
	nature: Nature,
	projectId: string,
	asof: string | null,
	version: string | null = null
): Promise<Agreement[]> {
	const { posting } = await resolvePosting(db, nature, asof, version);
	if (posting === null) return [];
	const latest = (table: string, key: string): RawBuilder<unknown> => sql`(
		select distinct on (agreement_id, ${sql.raw(key)}) ${sql.table(table)}.*, source.sha256 as source_sha256
		from ${sql.table(table)} join source using (source_id)
		where nature = ${nature} and posting_no <= ${posting}::integer
		order by agreement_id, ${sql.raw(key)}, posting_no desc)`;
	/** Numbers as text inside JSON, where a decimal would become a float. */
	const list = (table: string, key: string, amounts: readonly string[], fields: readonly string[]) => sql`
		coalesce((select json_agg(json_build_object(${sql.join([
			...amounts.flatMap((name) => [sql.lit(name), sql.raw(`t.${name}::text`)]),
			...[...fields, 'source_sha256', 'place'].flatMap((name) => [sql.lit(name), sql.raw(`t.${name}`)])
		])}) order by t.${sql.raw(key)}) from ${latest(table, key)} t where t.agreement_id = a.agreement_id), '[]')`;
	const nameOf = (column: string) => sql`(
		select name from organisation_version o where o.organisation_id = ${sql.ref(column)}
		order by o.nature = 'published' desc, o.posting_no desc limit 1)`;
	const { rows } = await sql<Agreement>`
		select agreement.key, a.title, a.funder_id, ${nameOf('a.funder_id')} as funder, a.recipient_id,
			${nameOf('a.recipient_id')} as recipient, a.amount, a.currency::text as currency, a.signed_on, a.start_date, a.end_date,
			a.rate_publisher, a.note, a.source_sha256, a.place,
			${list('agreement_rule', 'key', ['value'], ['key', 'article', 'rule', 'unit', 'kinds', 'sense', 'base', 'bases', 'headings', 'text', 'valid_from'])} as rules,
			${list(
				'instalment',
				'instalment_no',
				['amount'],
				['instalment_no', 'currency', 'planned_on', 'requested_on', 'received_on', 'condition']
			)} as instalments,
			${list(
				'budget_version',
				'version_no',
				['amount', 'direct', 'indirect'],
				['key', 'version_no', 'valid_from', 'approved_on', 'currency', 'replaces', 'note']
			)} as budgets
		from ${latest('agreement_version', 'nature')} a join agreement using (agreement_id)
		where agreement.project_id = ${projectId}::bigint order by a.start_date nulls last, agreement.key`.execute(
		db
	);
	return rows;
}
