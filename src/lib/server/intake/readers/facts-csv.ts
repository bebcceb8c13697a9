import { activities } from './facts/activities.ts';
import { claims } from './facts/claims.ts';
import { countries } from './facts/countries.ts';
import { funding } from './facts/funding.ts';
import { indicators } from './facts/indicators.ts';
import type { Layout } from './facts/layout.ts';
import { objectives } from './facts/objectives.ts';
import { organisations } from './facts/organisations.ts';
import { budgetLines, expenditure } from './facts/period-amounts.ts';
import { projects } from './facts/projects.ts';
import type { Finding } from '../record.ts';
import type { Reader } from './reader.ts';
import { missingColumns, readTable, type Header } from './table.ts';

const LAYOUTS: readonly Layout[] = [
	organisations,
	projects,
	objectives,
	countries,
	activities,
	indicators,
	funding,
	budgetLines,
	expenditure,
	claims
];

/** Whether a header begins one of these tables. */
export function isFactsHeader(columns: readonly string[]): boolean {
	return LAYOUTS.some((layout) => layout.columns[0] === columns[0]);
}

/** Tables of researched facts, each row with its source. A table is known by its first column. */
export const factsCsv: Reader = {
	name: 'facts-csv',
	version: '1',
	async *read(bytes, options) {
		let layout: Layout | undefined;
		for await (const part of readTable(bytes, options)) {
			if (part.kind === 'finding') yield part;
			else if (part.kind === 'header') {
				layout = LAYOUTS.find((candidate) => candidate.columns[0] === part.columns[0]);
				const findings = layout
					? missingColumns(part, layout.columns, options.fileName)
					: [unknownTable(part, options.fileName)];
				yield* findings;
				if (findings.length > 0) return;
			} else if (layout) {
				const records = layout.read(part);
				yield* part.findings;
				if (!part.refused) yield* records;
			}
		}
	}
};

function unknownTable(header: Header, fileName: string): Finding {
	return {
		kind: 'finding',
		severity: 'critical',
		rule: 'table-unknown',
		place: `${fileName} row 1`,
		read: `first column ${header.columns[0]}`,
		done: 'file not read'
	};
}
