import { sql, type RawBuilder } from 'kysely';
import type { Slice } from '#lib/slice/slice.ts';
import type { EntryColumnName } from '#lib/words/entry-column.ts';

/**
 * Each column of a download as SQL text over one row of `page` (the entry with its part in the slice) and the names
 * joined to it. Amounts are the ledger's own digits.
 */
const EXPRESSIONS: Readonly<Record<Exclude<EntryColumnName, 'slice_currency'>, string>> = {
	nature: 'page.nature',
	date_from: 'page.date_from::text',
	date_to: 'page.date_to::text',
	date_precision: 'page.date_precision',
	kind: 'page.kind',
	counting: 'page.counting',
	basis: 'page.basis',
	state: 'page.state',
	amount_in_slice: 'page.converted::text',
	booked_in_slice: 'page.booked::text',
	amount: 'page.amount::text',
	currency: 'page.currency',
	amount_eur: 'page.amount_eur::text',
	amount_usd: 'page.amount_usd::text',
	rate_publisher: 'page.rate_publisher',
	rate_date: 'page.rate_date::text',
	units_per_eur: 'page.rate_eur::text',
	units_per_usd: 'page.rate_usd::text',
	country_basis: `coalesce(page.cell_basis, (
		select case when min(s.country_basis) = max(s.country_basis) then min(s.country_basis) else 'mixed' end from entry_share s
		where s.reporting_organisation_id = page.reporting_organisation_id and s.entry_id = page.entry_id))`,
	country_key: 'page.country_key',
	reporter: 'reporter.name',
	provider: 'provider.name',
	provider_activity: 'page.provider_activity',
	receiver: 'receiver.name',
	receiver_activity: 'page.receiver_activity',
	project: 'project.key',
	activity: 'activity.key',
	agreement: 'agreement.key',
	heading: 'page.heading',
	objective: 'objective.key',
	description: 'page.description',
	reference: 'page.voucher',
	source_file: 'source.name',
	source_sha256: 'source.sha256',
	source_place: 'page.place',
	posting: 'page.added_by::text',
	entry: `page.reporting_organisation_id || '-' || page.entry_id`
};

/** The text of a column in a row of a download; null where it is blank. */
export function entryExpression(name: EntryColumnName, { currency }: Slice): RawBuilder<string | null> {
	return name === 'slice_currency'
		? sql.raw(`'${currency satisfies 'EUR' | 'USD'}'`)
		: sql.raw(EXPRESSIONS[name]);
}
