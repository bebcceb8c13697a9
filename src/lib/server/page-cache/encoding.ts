import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** `identity` is the body as it is. */
export type Encoding = 'br' | 'gzip' | 'identity';

const COMPRESSIBLE = /^(text\/(?!event-stream)|application\/(json|xml|javascript|geo\+json)|image\/svg\+xml)/;

/** Below this the answer fits one packet anyway. */
const SMALLEST = 1000;

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

export function isCompressible(contentType: string): boolean {
	return COMPRESSIBLE.test(contentType);
}

const REFUSED = /\b(br|gzip)\s*;\s*q=0(?:\.0*)?(?![.\d])/g;

/** The best encoding of ours that an Accept-Encoding header takes. */
export function chooseEncoding(accepted: string | string[] | undefined): Encoding {
	if (!accepted) return 'identity';
	let names = String(accepted);
	if (names.includes('q=0')) names = names.replace(REFUSED, '');
	if (/\bbr\b/.test(names)) return 'br';
	return /\bgzip\b/.test(names) ? 'gzip' : 'identity';
}

/** Compresses a whole body; one that would hardly shrink comes back as `identity`. */
export async function compress(
	body: Buffer,
	encoding: Encoding
): Promise<{ encoding: Encoding; body: Buffer }> {
	if (encoding === 'identity' || body.length < SMALLEST) return { encoding: 'identity', body };
	const compressed =
		encoding === 'br'
			? await toBrotli(body, {
					params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length }
				})
			: await toGzip(body, { level: 6 });
	return compressed.length < body.length ? { encoding, body: compressed } : { encoding: 'identity', body };
}
