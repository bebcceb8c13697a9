import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { Column } from '#lib/table/column.ts';
import DataTable from '#lib/table/DataTable.svelte';
import { draw, links, spoken } from '../support/drawn.ts';

type Row = { code: string; name: string; spent: string };
const rows: Row[] = [
	{ code: 'ML', name: 'Mali', spent: '1.00' },
	{ code: 'NE', name: 'Niger', spent: '2.00' }
];
const columns: Column<string>[] = [
	{ key: 'name', title: 'Country', rowHeader: true, sort: { href: '?sort=name', direction: 'ascending' } },
	{
		key: 'spent',
		title: 'Spent',
		unit: 'EUR',
		numeric: true,
		sort: { href: '?sort=-spent', direction: null }
	}
];
const cell = createRawSnippet<[unknown, string]>((row, key) => ({
	render: () => `<b>${(row() as Record<string, string>)[key()]}</b>`
}));
const total = createRawSnippet<[string]>((key) => ({
	render: () => `<i>${key() === 'name' ? 'Total' : '3.00'}</i>`
}));

const table = (more: Record<string, unknown> = {}) =>
	draw(DataTable, {
		caption: 'Spent by country',
		columns,
		rows,
		rowKey: (row: unknown) => (row as Row).code,
		cell,
		...more
	});

describe('a table', () => {
	it('has a caption, heads with their scope, and a head per row', () => {
		const markup = table();
		expect(markup).toMatch(/<caption[^>]*>[\s\S]*Spent by country/);
		expect(markup.match(/<th scope="col"/g)).toHaveLength(2);
		expect(markup.match(/<th scope="row"/g)).toHaveLength(2);
		expect(markup.match(/<td/g)).toHaveLength(2);
	});

	it('says the unit once above the column', () => {
		expect(spoken(table()).match(/EUR/g)).toHaveLength(1);
	});

	it('scrolls in a region that the keyboard reaches and a screen reader can name', () => {
		const markup = table();
		const name = /role="region" aria-labelledby="([^"]+)"/.exec(markup)?.[1];
		expect(markup).toContain('tabindex="0"');
		expect(markup).toContain(`<caption id="${name}"`);
	});

	it('links each sorted column and says how it is sorted now', () => {
		const markup = table();
		expect(links(markup)).toEqual(['?sort=name', '?sort=-spent']);
		expect(markup.match(/aria-sort/g)).toHaveLength(1);
		expect(markup).toContain('aria-sort="ascending"');
	});

	it('closes with a total only where there are rows to add up', () => {
		expect(spoken(table({ total }))).toMatch(/Total ?3\.00$/);
		expect(table()).not.toContain('<tfoot');
		expect(table({ total, rows: [] })).not.toContain('<tfoot');
	});

	it('says in words that it is empty', () => {
		expect(spoken(table({ rows: [] }))).toMatch(/No rows\.$/);
		expect(spoken(table({ rows: [], empty: 'No activities.' }))).toMatch(/No activities\.$/);
	});

	it('is marked where its amounts are invented', () => {
		const markup = table({ nature: 'demonstration' });
		expect(spoken(markup)).toMatch(/^DEMONSTRATION Spent by country/);
		expect(markup).toContain('data-nosnippet');
		expect(table()).not.toContain('data-nosnippet');
	});
});
