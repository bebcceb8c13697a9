import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createAccess, type Access, type PassCookie } from '#lib/server/access/access.ts';
import { TokenError, readIntakeToken } from '#lib/server/access/intake-token.ts';
import { addressOfVisitor } from '#lib/server/access/visitor.ts';

const TOKEN = 'a-token-of-the-test';
const VISITOR = '198.51.100.7';
const asked = (headers: Record<string, string>) => ({ headers: new Headers(headers) });

describe('who may write', () => {
	let now: number;
	let access: Access;
	beforeEach(() => {
		now = Date.UTC(2026, 0, 1);
		access = createAccess(TOKEN, 'http://localhost:3000', () => now);
	});
	const right = (headers: Record<string, string>, visitor = VISITOR) =>
		access.mayWrite(asked(headers), visitor).right;
	const passOf = (given: Access = access) => {
		const exchanged = given.exchange(TOKEN, VISITOR);
		if (!('cookie' in exchanged)) throw new Error('no pass');
		return exchanged.cookie;
	};

	/** As the browser sends it back. */
	const sent = ({ name, value }: PassCookie) => `${name}=${value}`;

	it('is who has the token, and nobody for where they come from', () => {
		expect(right({ authorization: `Bearer ${TOKEN}` })).toBe('yes');
		expect(right({ authorization: `bearer ${TOKEN}` })).toBe('yes');
		expect(right({}, '127.0.0.1')).toBe('no');
		expect(right({ authorization: 'Bearer other' })).toBe('no');
		expect(right({ authorization: `Basic ${TOKEN}` })).toBe('no');
		expect(right({ authorization: `Bearer ${TOKEN}x` })).toBe('no');
	});

	it('is a browser with a pass, for twelve hours, from this site only', () => {
		const cookie = passOf();
		expect(cookie).toEqual({
			name: 'intake',
			value: expect.stringMatching(/^\d+\.[\w-]{43}$/) as string,
			options: { path: '/', maxAge: 43_200, httpOnly: true, sameSite: 'strict', secure: false }
		});
		expect(cookie.value).not.toContain(TOKEN);
		const pass = sent(cookie);
		expect(right({ cookie: pass, 'sec-fetch-site': 'same-origin' })).toBe('yes');
		expect(right({ cookie: `other=1; ${pass}`, origin: 'http://localhost:3000' })).toBe('yes');
		expect(right({ cookie: pass, 'sec-fetch-site': 'cross-site' })).toBe('foreign');
		expect(right({ cookie: pass, 'sec-fetch-site': 'same-site' })).toBe('foreign');
		expect(right({ cookie: pass, origin: 'http://localhost:3001' })).toBe('foreign');
		expect(right({ cookie: pass, origin: 'null' })).toBe('foreign');
		now += 12 * 60 * 60 * 1000 - 1000;
		expect(right({ cookie: pass })).toBe('yes');
		now += 1000;
		expect(right({ cookie: pass })).toBe('no');
	});

	it('is no one with a pass that was changed, or of another token', () => {
		const pass = sent(passOf());
		const [, expires, proof] = /^intake=(\d+)\.(.+)$/.exec(pass)!;
		expect(right({ cookie: `intake=${Number.parseInt(expires!, 10) + 1}.${proof}` })).toBe('no');
		expect(right({ cookie: `${pass}.x` })).toBe('no');
		expect(right({ cookie: 'intake=' })).toBe('no');
		const other = createAccess('another-token-entirely', 'http://localhost:3000', () => now);
		expect(other.mayWrite(asked({ cookie: pass }), VISITOR).right).toBe('no');
	});

	it('over TLS has a pass that is bound to the site', () => {
		const secure = createAccess(TOKEN, 'https://portfolio.example.org', () => now);
		expect(passOf(secure)).toMatchObject({ name: '__Host-intake', options: { path: '/', secure: true } });
		expect(secure.leave()).toMatchObject({ name: '__Host-intake', value: '', options: { maxAge: 0 } });
	});

	it('is not even looked at after ten wrong tokens from an address within a quarter of an hour', () => {
		for (let tries = 0; tries < 10; tries++) {
			expect(access.exchange(`wrong ${tries}`, VISITOR)).toEqual({ refused: 'wrong' });
			now += 1000;
		}
		expect(access.exchange(TOKEN, VISITOR)).toEqual({ refused: 'wait', seconds: 890 });
		expect(access.mayWrite(asked({ authorization: `Bearer ${TOKEN}` }), VISITOR)).toEqual({
			right: 'wait',
			seconds: 890
		});
		expect(right({ authorization: `Bearer ${TOKEN}` }, '198.51.100.8')).toBe('yes');
		now += 890_000;
		expect(right({ authorization: `Bearer ${TOKEN}` })).toBe('yes');
	});
});

describe('the token', () => {
	const folder = () => {
		const made = mkdtempSync(join(tmpdir(), 'dashboard-token-'));
		onTestFinished(() => rmSync(made, { recursive: true }));
		return made;
	};

	it('is made once, for this user alone', () => {
		const dataDir = join(folder(), 'data');
		const first = readIntakeToken({ intakeToken: null, dataDir });
		expect(first).toEqual({ token: first.token, file: join(dataDir, 'intake-token'), made: true });
		expect(first.token).toMatch(/^[\w-]{32}$/);
		expect(statSync(first.file!).mode & 0o777).toBe(0o600);
		expect(readIntakeToken({ intakeToken: null, dataDir })).toEqual({ ...first, made: false });
	});

	it('is that of the settings where they have one, and nothing is written', () => {
		const dataDir = folder();
		expect(readIntakeToken({ intakeToken: TOKEN, dataDir })).toEqual({
			token: TOKEN,
			file: null,
			made: false
		});
		expect(() => readFileSync(join(dataDir, 'intake-token'))).toThrow('ENOENT');
	});

	it('that others could read is closed to them', () => {
		const dataDir = folder();
		writeFileSync(join(dataDir, 'intake-token'), `${TOKEN}\n`, { mode: 0o644 });
		expect(readIntakeToken({ intakeToken: null, dataDir }).token).toBe(TOKEN);
		expect(statSync(join(dataDir, 'intake-token')).mode & 0o777).toBe(0o600);
	});

	it('that cannot be kept is refused in one line', () => {
		const file = join(folder(), 'file');
		writeFileSync(file, '');
		expect(() => readIntakeToken({ intakeToken: null, dataDir: file })).toThrow(TokenError);
		expect(() => readIntakeToken({ intakeToken: null, dataDir: file })).toThrow(
			/^the token .+; set INTAKE_TOKEN/
		);
	});
});

describe('a visitor’s address', () => {
	const request = (headers: Record<string, string>) =>
		({ headers, socket: { remoteAddress: '127.0.0.1' } }) as never;
	it.each([
		[{}, null, 1, '127.0.0.1'],
		[{ 'x-forwarded-for': '198.51.100.7' }, null, 1, '127.0.0.1'],
		[{ 'x-forwarded-for': '203.0.113.1, 198.51.100.7' }, 'x-forwarded-for', 1, '198.51.100.7'],
		[{ 'x-forwarded-for': '203.0.113.1, 198.51.100.7' }, 'x-forwarded-for', 2, '203.0.113.1'],
		[{ 'x-real-ip': '198.51.100.7' }, 'x-real-ip', 1, '198.51.100.7'],
		[{}, 'x-forwarded-for', 1, '127.0.0.1']
	])('of %o by %s, %i from the end, is %s', (headers, addressHeader, xffDepth, address) => {
		expect(addressOfVisitor(request(headers), { addressHeader, xffDepth })).toBe(address);
	});
});
