import { createHash } from 'node:crypto';
import { sum } from '#lib/money/decimal.ts';
import { headersOf } from '../extract.ts';
import { streamPieces } from '../stream.ts';
import { writeZip, type ZipPart } from '../zip.ts';
import { walkPopulation, type Audit, type NumberedItem } from './audit.ts';
import { manifestHead, readmeOf, type PackedFile } from './manifest.ts';
import {
	checkLines,
	dictionaryLines,
	headLine,
	populationLine,
	rateLines,
	sampleLine,
	sourceLines,
	type TableName
} from './tables.ts';
import verify from './verify.mjs?raw';

/** Populations up to this many items are packed once more to say beforehand what the pack's hash is. */
export const SMALL_POPULATION = 5000;

/**
 * The audit pack: population, sample, sources, rates, checks and dictionary as tables, a manifest with the hash of each, and
 * a script that checks all of it without this site. The same question at the same state of the books gives the same bytes.
 * @param address where the sample stands on a page
 */
export async function writeAuditPack(audit: Audit, address: string): Promise<Response> {
	const { extract } = audit;
	const small = extract.pinned.total.entries <= SMALL_POPULATION ? await hashPack(audit, address) : null;
	return new Response(streamPieces(packOf(audit, address)), {
		headers: {
			...headersOf(extract, { name: `audit-${extract.slice.measure}.zip`, type: 'application/zip' }),
			...(small === null
				? {}
				: {
						'content-length': String(small.bytes),
						'repr-digest': `sha-256=:${Buffer.from(small.sha256, 'hex').toString('base64')}:`
					})
		}
	});
}

/** What a pack's file is: the SHA-256 of its bytes, and how many there are. It is made for this and thrown away. */
export async function hashPack(audit: Audit, address: string): Promise<{ sha256: string; bytes: number }> {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const piece of packOf(audit, address)) {
		hash.update(piece);
		bytes += piece.length;
	}
	return { sha256: hash.digest('hex'), bytes };
}

// Texts are made before anything is streamed: they are in the language of the request.
function packOf(audit: Audit, address: string): AsyncGenerator<Uint8Array> {
	const head = manifestHead(audit, address);
	const readme = readmeOf(audit, address);
	return writeZip(partsOf(audit, head, readme, dictionaryLines()));
}

async function* partsOf(
	audit: Audit,
	head: ReturnType<typeof manifestHead>,
	readme: string,
	dictionary: readonly string[]
): AsyncGenerator<ZipPart> {
	const files: PackedFile[] = [];
	const part = (name: string, pieces: Iterable<string> | AsyncIterable<string>): ZipPart => ({
		name,
		pieces: recorded(name, pieces, files)
	});
	const table = (name: TableName, lines: Iterable<string>) => part(name, withHead(name, lines));

	yield part('README.txt', [readme]);
	yield part('verify.mjs', [verify]);
	const sample: NumberedItem[] = [];
	yield part('population.csv', populationPieces(audit, sample));
	yield table(
		'sample.csv',
		sample.map((item) => sampleLine(item)!)
	);
	const evidence = await audit.extract.evidence();
	yield table('sources.csv', sourceLines(evidence));
	yield table('rates.csv', rateLines(evidence));
	yield table('checks.csv', checkLines(await audit.checks()));
	yield table('dictionary.csv', dictionary);
	const amounts = sample.flatMap(({ amount }) => amount ?? []);
	const manifest = {
		...head,
		sampling: { ...head.sampling, amount: amounts.length === 0 ? null : sum(amounts) },
		files
	};
	yield { name: 'manifest.json', pieces: toPieces([`${JSON.stringify(manifest, null, '\t')}\n`]) };
}

/** The population's table; the items of the sample are put aside for theirs. */
async function* populationPieces(audit: Audit, sample: NumberedItem[]): AsyncGenerator<string> {
	yield headLine('population.csv');
	for await (const batch of walkPopulation(audit, true)) {
		for (const item of batch) if (item.chosen !== null) sample.push(item);
		yield batch.map(populationLine).join('');
	}
}

function* withHead(name: TableName, lines: Iterable<string>): Generator<string> {
	yield headLine(name);
	yield* lines;
}

async function* toPieces(pieces: Iterable<string>): AsyncGenerator<string> {
	yield* pieces;
}

/** Hands a file on as it is made, and notes its size and hash when it is whole. */
async function* recorded(
	name: string,
	pieces: Iterable<string> | AsyncIterable<string>,
	files: PackedFile[]
): AsyncGenerator<Uint8Array> {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const piece of pieces) {
		const written = Buffer.from(piece);
		hash.update(written);
		bytes += written.length;
		yield written;
	}
	files.push({ name, bytes, sha256: hash.digest('hex') });
}
