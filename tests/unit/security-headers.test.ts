import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { SECURITY_HEADERS, secure } from '#lib/server/security-headers.ts';

function headersOf(origin: string): Map<string, string> {
	const set = new Map<string, string>();
	const response = { setHeader: (name: string, value: string) => set.set(name, value) };
	let answered = false;
	const handler = secure(() => {
		// What is set later would miss an answer that is sent at once.
		expect(set.size).toBeGreaterThanOrEqual(Object.keys(SECURITY_HEADERS).length);
		answered = true;
	}, origin);
	void handler({} as IncomingMessage, response as unknown as ServerResponse);
	expect(answered).toBe(true);
	return set;
}

describe('headers of every answer', () => {
	it('bind browsers to TLS where the site is served over it, for a year', () => {
		expect(headersOf('https://dashboard.example.org').get('strict-transport-security')).toBe(
			'max-age=31536000'
		);
	});

	it('say nothing of TLS where it is not', () => {
		const headers = headersOf('http://localhost:3000');
		expect(headers.has('strict-transport-security')).toBe(false);
		expect(Object.fromEntries(headers)).toEqual(SECURITY_HEADERS);
	});
});
