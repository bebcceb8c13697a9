// eslint-disable-next-line no-restricted-imports -- a rate is no money: it stands with its publisher and its day
import { formatExact } from '#lib/money/format.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Quote } from '#lib/money/quote.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ReportPart, TablePart } from '#lib/server/outlet/report/report.ts';
import type { Balance, Exchange, ExchangeLine } from '#lib/server/page/exchange.ts';
import type { Currency, Measure, Slice } from '#lib/slice/slice.ts';
import { formatDay } from '#lib/words/date.ts';
import type { Stated } from './stated.ts';

/** Publishers of rates print at least so many. */
const RATE_PLACES = 4;

type Words<M extends Measure> = { title: string; labels: Record<M, () => string> };

/** How the statement in euro and the one in dollars agree: through the rates, each with its day, and the exchange line. */
export function exchangeParts<M extends Measure>(
	stated: Stated,
	slice: Slice,
	exchange: Exchange<M> | null,
	{ title, labels }: Words<M>
): ReportPart[] {
	const heading: ReportPart = { kind: 'heading', text: `${m.report_exchange_heading()}: ${title}` };
	if (exchange === null) return [heading, { kind: 'text', text: m.report_exchange_many() }];
	if (exchange.rates.length === 0) return [heading, { kind: 'text', text: m.report_exchange_none() }];
	return [heading, agreement(stated, slice, exchange, labels), ratesTable(stated, slice, exchange, labels)];
}

function agreement<M extends Measure>(
	stated: Stated,
	slice: Slice,
	{ lines, balance }: Exchange<M>,
	labels: Record<M, () => string>
): TablePart {
	const rowOf = ({ measure, eur, usd, atRates, exchange }: ExchangeLine<M>) => {
		const name = labels[measure]();
		const total = (currency: Currency) =>
			stated.cell(
				{
					label: `${name}: ${currency}`,
					nature: slice.nature,
					origin: { kind: 'slice', slice: { ...slice, measure, currency } }
				},
				currency === 'EUR' ? eur : usd,
				currency
			);
		const worked = (label: string, amount: Decimal) =>
			stated.worked({ label: `${name}: ${label}`, slice: { ...slice, measure, currency: 'USD' } }, amount);
		return [
			name,
			total('EUR'),
			worked(m.report_exchange_at_rates(), atRates),
			worked(m.report_exchange_line(), exchange),
			total('USD')
		];
	};
	return {
		kind: 'table',
		title: m.report_exchange_title(),
		note: m.report_exchange_note(),
		columns: [
			{ title: m.report_exchange_amount(), unit: null, numeric: false, narrow: false },
			...(
				[
					[m.report_exchange_eur(), 'EUR'],
					[m.report_exchange_at_rates(), 'USD'],
					[m.report_exchange_line(), 'USD'],
					[m.report_exchange_usd(), 'USD']
				] as const
			).map(([title, unit]) => ({ title, unit, numeric: true, narrow: false }))
		],
		rows: lines.map(rowOf),
		total: balance && balanceRow(stated, slice, balance)
	};
}

function balanceRow(stated: Stated, slice: Slice, { eur, atRates, exchange, usd }: Balance): string[] {
	const name = m.funding_balance();
	const cell = (label: string, amount: Decimal, currency: Currency) =>
		stated.amount(
			{
				label: `${name}: ${label}`,
				nature: slice.nature,
				origin: { kind: 'formula', formula: 'contribution_balance', slice: { ...slice, currency } }
			},
			{ amount, currency }
		);
	return [
		name,
		cell('EUR', eur, 'EUR'),
		cell(m.report_exchange_at_rates(), atRates, 'USD'),
		cell(m.report_exchange_line(), exchange, 'USD'),
		cell('USD', usd, 'USD')
	];
}

function ratesTable<M extends Measure>(
	stated: Stated,
	slice: Slice,
	{ rates, lines, left }: Exchange<M>,
	labels: Record<M, () => string>
): TablePart {
	const measures = lines.map(({ measure }) => measure);
	const publishers = [...new Set(rates.map(({ publisher }) => publisher))];
	const several = publishers.length > 1;
	const cells = (label: string, amounts: ReadonlyMap<M, Decimal>, currency: Currency) =>
		measures.map((measure) => {
			const amount = amounts.get(measure);
			if (amount === undefined) return '';
			const asked = { label: `${labels[measure]()}: ${label}`, slice: { ...slice, measure, currency } };
			const text = stated.worked(asked, amount);
			return currency === 'EUR' ? text : `${currency} ${text}`;
		});
	const more = (label: string, amounts: ReadonlyMap<M, Decimal>, currency: Currency) =>
		amounts.size === 0 ? [] : [[label, '', ...(several ? [''] : []), ...cells(label, amounts, currency)]];
	return {
		kind: 'table',
		title: m.report_exchange_rates_title(),
		note: several ? null : m.report_exchange_published({ publisher: publishers[0]! }),
		columns: [
			{ title: m.report_exchange_day(), unit: null, numeric: false, narrow: false },
			...(several
				? [{ title: m.report_exchange_publisher(), unit: null, numeric: false, narrow: false }]
				: []),
			{ title: m.report_exchange_rate(), unit: null, numeric: true, narrow: false },
			...measures.map((measure) => ({
				title: labels[measure](),
				unit: 'EUR',
				numeric: true,
				narrow: false
			}))
		],
		rows: [
			...rates.map(({ day, publisher, quote, euro }) => [
				formatDay(day),
				...(several ? [publisher] : []),
				quoteWords(quote),
				...cells(`${formatDay(day)}, ${quoteWords(quote)}`, euro, 'EUR')
			]),
			...more(m.report_exchange_without_usd(), left.euro, 'EUR'),
			...more(m.report_exchange_without_eur(), left.dollars, 'USD')
		],
		total: null
	};
}

const quoteWords = ({ base, quoted, units }: Quote): string =>
	`1 ${base} = ${formatExact(units, undefined, RATE_PLACES)} ${quoted}`;
