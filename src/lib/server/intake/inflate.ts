import { createGunzip } from 'node:zlib';

/** The bytes of a file cannot be had as it was compressed: what stands in a finding. */
export class UnreadableBytesError extends Error {
	override name = 'UnreadableBytesError';
	rule: string;
	constructor(rule: string, message: string) {
		super(message);
		this.rule = rule;
	}
}

const GZIP = [0x1f, 0x8b];

/**
 * A file's bytes as its reader wants them: what a gzip file holds, anything else as it is. Never more than `maxBytes`,
 * however small the compressed file is.
 * @throws UnreadableBytesError
 */
export async function* inflated(
	bytes: AsyncIterable<Uint8Array>,
	maxBytes: number
): AsyncGenerator<Uint8Array> {
	const pieces = bytes[Symbol.asyncIterator]();
	try {
		const first = await pieces.next();
		if (first.done) return;
		if (!GZIP.every((byte, index) => first.value[index] === byte)) {
			yield first.value;
			for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
			return;
		}
		yield* gunzipped(first.value, pieces, maxBytes);
	} finally {
		await pieces.return?.();
	}
}

async function* gunzipped(
	first: Uint8Array,
	rest: AsyncIterator<Uint8Array>,
	maxBytes: number
): AsyncGenerator<Uint8Array> {
	const gunzip = createGunzip();
	const feed: { failure: Error | null } = { failure: null };
	// Fed beside the reading, no faster than it is read.
	const feeding = (async () => {
		for (let piece = first; ;) {
			if (gunzip.destroyed) return;
			if (!gunzip.write(piece))
				await new Promise<void>((resolve) => {
					gunzip.once('drain', resolve);
					gunzip.once('close', resolve);
				});
			const next = await rest.next();
			if (next.done) break;
			piece = next.value;
		}
		gunzip.end();
	})().catch((error: unknown) => {
		feed.failure = error as Error;
		gunzip.destroy();
	});
	let size = 0;
	try {
		for await (const piece of gunzip as AsyncIterable<Buffer>) {
			size += piece.length;
			if (size > maxBytes)
				throw new UnreadableBytesError(
					'inflates-too-far',
					`a gzip file that holds more than ${maxBytes} bytes`
				);
			yield piece;
		}
	} catch (error) {
		if (error instanceof UnreadableBytesError) throw error;
		throw (
			feed.failure ??
			new UnreadableBytesError(
				'gzip-broken',
				`a gzip file that cannot be opened: ${(error as Error).message}`
			)
		);
	} finally {
		gunzip.destroy();
		await feeding;
	}
	if (feed.failure !== null) throw feed.failure;
}
