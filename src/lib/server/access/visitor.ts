import type { IncomingMessage } from 'node:http';
import type { Configuration } from '#lib/server/configuration.ts';

/** The visitor's address, by the header of a trusted proxy where one is set, as SvelteKit's adapter finds it. */
export function addressOfVisitor(
	{ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
	{ addressHeader, xffDepth }: Pick<Configuration, 'addressHeader' | 'xffDepth'>
): string {
	const own = socket.remoteAddress ?? '';
	if (addressHeader === null) return own;
	const given = String(headers[addressHeader] ?? '');
	if (addressHeader !== 'x-forwarded-for') return given || own;
	return given.split(',').at(-xffDepth)?.trim() || own;
}
