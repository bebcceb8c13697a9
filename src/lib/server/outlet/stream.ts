import { inTurn } from '../give-way.ts';

const CHUNK_BYTES = 64 * 1024;
const encoder = new TextEncoder();

/**
 * Pieces of text or bytes as a response body in chunks of 64 KB or more, the first as soon as there is
 * anything, made only as fast as the reader takes them and as pages leave time for it. An error breaks the transfer, so that
 * a short file never looks whole; a reader that goes away ends the source.
 */
export function streamPieces(pieces: AsyncGenerator<string | Uint8Array>): ReadableStream<Uint8Array> {
	let isFirst = true;
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				const waiting: Uint8Array[] = [];
				let size = 0;
				while (size < CHUNK_BYTES) {
					// What begins a download is part of answering for it.
					const next = await (isFirst ? pieces.next() : inTurn(() => pieces.next()));
					if (next.done) {
						if (size > 0) controller.enqueue(Buffer.concat(waiting));
						controller.close();
						return;
					}
					const bytes = typeof next.value === 'string' ? encoder.encode(next.value) : next.value;
					waiting.push(bytes);
					size += bytes.length;
					if (isFirst && size > 0) break;
				}
				isFirst = false;
				controller.enqueue(waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting));
			},
			async cancel() {
				await pieces.return(undefined);
			}
		},
		// Nothing is made ahead of its reader.
		{ highWaterMark: 0 }
	);
}
