import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { FORMULAS, sliceOfTerm, type PartyTerm, type TermValues } from '#lib/slice/formula.ts';
import type { Slice, Sum } from '#lib/slice/slice.ts';

type Party = { id: string; name: string };
/** One side of a transfer in one counting: as it counts, or as money that stays inside the books. */
export type TransferSum = { slice: Slice; sum: Sum };
/** Money between two organisations: what the one reports to have sent, what the other reports to have received. */
export type Transfer = {
	provider: Party;
	receiver: Party;
	sent: TransferSum[];
	received: TransferSum[];
	/** Sent less received; null where only one side reports. `slice` is what the formula is asked of. */
	difference: Decimal | null;
	slice: Slice;
};

const TERMS = ['sent', 'sent_within', 'receipt', 'receipt_within'] as const satisfies readonly PartyTerm[];

/**
 * Every pair of organisations that the books name on both ends of a disbursement or of incoming funds, in the order of
 * their names; of one organisation alone where it is given.
 * @param slice of one nature; its measure, counting and organisation do not matter
 */
export async function readTransfers(
	db: Kysely<DB>,
	slice: Slice,
	organisation: string | null = null
): Promise<Transfer[]> {
	const whole: Slice = { ...slice, organisation: null, part: 'provider', receiver: null };
	const asked = (term: PartyTerm): Slice[] => {
		const of = sliceOfTerm(term, whole);
		if (organisation === null) return [of];
		return (['provider', 'receiver'] as const).map((part) => ({ ...of, organisation, part }));
	};
	const pairs = new Map<string, { keys: [string, string]; sums: Partial<Record<PartyTerm, Sum>> }>();
	await Promise.all(
		TERMS.flatMap((term) =>
			asked(term).map(async (of) => {
				for (const { keys, ...sum } of await breakdown(db, of, ['provider', 'receiver'])) {
					const [provider = null, receiver = null] = keys;
					if (provider === null || receiver === null || provider === receiver) continue;
					const id = `${provider} ${receiver}`;
					const pair = pairs.get(id) ?? { keys: [provider, receiver], sums: {} };
					pair.sums[term] = sum;
					pairs.set(id, pair);
				}
			})
		)
	);
	const names = await labelsOf(
		db,
		'provider',
		[...pairs.values()].flatMap(({ keys }) => keys)
	);
	const party = (id: string): Party => ({ id, name: names.get(id) ?? id });
	return [...pairs.values()]
		.map(({ keys: [provider, receiver], sums }): Transfer => {
			const between: Slice = { ...whole, organisation: provider, receiver };
			const side = (...terms: PartyTerm[]) =>
				terms.flatMap((term): TransferSum[] => {
					const sum = sums[term];
					return sum ? [{ slice: sliceOfTerm(term, between), sum }] : [];
				});
			const values: TermValues = Object.fromEntries(TERMS.map((term) => [term, sums[term]?.amount ?? null]));
			return {
				provider: party(provider),
				receiver: party(receiver),
				sent: side('sent', 'sent_within'),
				received: side('receipt', 'receipt_within'),
				difference: FORMULAS.transfer_difference.evaluate(values),
				slice: between
			};
		})
		.sort(
			(a, b) =>
				a.provider.name.localeCompare(b.provider.name) || a.receiver.name.localeCompare(b.receiver.name)
		);
}
