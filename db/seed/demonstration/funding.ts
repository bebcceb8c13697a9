import { toCents, total, upTo } from './cents.ts';
import { draft, eurAt, highest, type Draft } from './draft.ts';
import {
	AGREEMENT,
	IOM,
	LAST_DAY,
	LAST_POSTING,
	MONTHS,
	PROGRAMME,
	PUBLISHED,
	UNICEF,
	UNION,
	UNODC,
	monthOf,
	postingOf
} from './frame.ts';

/** Five instalments, invented: the Union's part under the agreement, and the part whose provider is not stated. */
export const INSTALMENTS = [
	{
		number: 1,
		union: toCents('1200000'),
		other: toCents('120000'),
		requested: '2015-07-22',
		received: '2015-08-24'
	},
	{
		number: 2,
		union: toCents('2400000'),
		other: toCents('240000'),
		requested: '2016-10-24',
		received: '2016-11-25'
	},
	{
		number: 3,
		union: toCents('2600000'),
		other: toCents('260000'),
		requested: '2017-08-03',
		received: '2017-08-31'
	},
	{
		number: 4,
		union: toCents('2800000'),
		other: toCents('280000'),
		requested: '2018-04-16',
		received: '2018-05-18'
	},
	{
		number: 5,
		union: toCents('1000000'),
		other: toCents('100000'),
		requested: '2019-01-31',
		received: '2019-03-06'
	}
] as const;
/** What the agreement says of an instalment beforehand. */
export const planOf = ({ number, received }: (typeof INSTALMENTS)[number]) => ({
	plannedOn: `${received.slice(0, 7)}-01`,
	condition:
		number === 1 ? 'Invented: due on signature.' : 'Invented: due when rule 2 of the agreement is met.'
});
export const COMMITTED_ON = '2015-07-20';

const INCOME = { activity: `DEMO-${PROGRAMME}-income`, receiver: UNODC, basis: 'cash' } as const;
const FROM_UNION = { provider: UNION, agreement: AGREEMENT };
const known = (day: string) => postingOf(monthOf(day));

/** What the two contributions promised and paid. */
export function receiveFunds(): Draft[] {
	const commitment = { ...INCOME, kind: '11', from: COMMITTED_ON, known: 0, basis: 'not_stated' } as const;
	return [
		draft({ ...commitment, ...FROM_UNION, amount: PUBLISHED.union }),
		draft({ ...commitment, amount: PUBLISHED.notStated }),
		...INSTALMENTS.flatMap(({ number, union, other, received }) => {
			const receipt = { ...INCOME, kind: '1', from: received, known: known(received) } as const;
			const remark = `instalment ${number}`;
			return [
				draft({ ...receipt, ...FROM_UNION, amount: union, remark, instalment: number }),
				draft({ ...receipt, amount: other, remark })
			];
		})
	];
}

/** What was not spent goes back to the Union on the last day, so that the cash balance ends at nothing. */
export function returnUnspent(costs: readonly Draft[]): Draft {
	const spent = total(costs.map((cost) => eurAt(cost, LAST_POSTING) ?? 0n));
	const amount = spent - PUBLISHED.budget;
	return draft({
		...INCOME,
		...FROM_UNION,
		kind: '1',
		from: LAST_DAY,
		amount,
		known: LAST_POSTING,
		remark: 'unspent funds returned'
	});
}

/**
 * UNODC's payments to IOM and UNICEF: at the start of each half-year what the partner is going to spend and a
 * margin; in the last month the partner gives back what it did not spend. Spending is the partner's own entry,
 * so a transfer is internal to the project and spends nothing.
 */
export function transferToPartners(costs: readonly Draft[]): Draft[] {
	return [IOM, UNICEF].flatMap((partner) => {
		const own = costs.filter((cost) => cost.provider === partner);
		const transfer = {
			kind: '3',
			activity: `DEMO-${PROGRAMME}-transfers`,
			provider: UNODC,
			receiver: partner,
			agreement: AGREEMENT,
			heading: 'transfers',
			basis: 'cash'
		} as const;
		const transfers: Draft[] = [];
		for (let posting = 1; posting < LAST_POSTING; posting += 1) {
			const needed = total(own.filter((cost) => isSpentIn(cost, posting)).map(highest));
			const day = `${MONTHS[posting * 6]}-${partner === IOM ? '05' : '08'}`;
			const amount = upTo((needed * 103n) / 100n, toCents('1000'));
			transfers.push(draft({ ...transfer, from: day, amount, known: posting }));
		}
		const spent = total(own.map((cost) => eurAt(cost, LAST_POSTING) ?? 0n));
		const unspent = spent - total(transfers.map((entry) => entry.eur));
		const remark = 'unspent transfer given back';
		const promised = total(transfers.map((entry) => entry.eur));
		return [
			draft({ ...transfer, kind: '2', from: '2015-12-14', amount: promised, known: 0, basis: 'accrual' }),
			...transfers,
			draft({ ...transfer, from: '2019-07-29', amount: unspent, known: LAST_POSTING, remark })
		];
	});
}

/** The transfer of the last half-year also has to last through July 2019. */
function isSpentIn(cost: Draft, posting: number): boolean {
	const spentIn = Math.min(postingOf(monthOf(cost.from)), LAST_POSTING - 1);
	return spentIn === posting;
}
