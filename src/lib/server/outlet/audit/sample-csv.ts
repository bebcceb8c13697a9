import { headersOf } from '../extract.ts';
import { streamPieces } from '../stream.ts';
import { walkPopulation, type Audit } from './audit.ts';
import { headLine, sampleLine } from './tables.ts';

/** The items of a sample as CSV, as they stand in its audit pack. */
export function writeSampleCsv(audit: Audit): Response {
	const { extract, drawing } = audit;
	const name = `sample-${extract.slice.measure}.csv`;
	return new Response(streamPieces(linesOf(audit)), {
		headers: {
			...headersOf(extract, { name, type: 'text/csv; charset=utf-8; header=present' }),
			// Of the sample, whose total is not that of its population.
			'x-row-count': String(drawing.design.drawn),
			'x-control-total': '',
			'x-unconverted': ''
		}
	});
}

async function* linesOf(audit: Audit): AsyncGenerator<string> {
	yield headLine('sample.csv');
	for await (const batch of walkPopulation(audit, true)) {
		for (const item of batch) {
			const line = sampleLine(item);
			if (line !== null) yield line;
		}
	}
}
