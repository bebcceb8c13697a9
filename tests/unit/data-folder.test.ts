import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from '#lib/server/data-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'dashboard-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('makes what is missing, and leaves what is there', () => {
	const folder = join(root, 'a', 'b', 'c');
	makeFolder(folder);
	writeFileSync(join(folder, 'kept'), '');
	makeFolder(folder);
	expect(statSync(folder).isDirectory()).toBe(true);
	expect(existsSync(join(folder, 'kept'))).toBe(true);
});

test('under a file it is refused with the reason', () => {
	writeFileSync(join(root, 'file'), '');
	expect(() => makeFolder(join(root, 'file', 'x', 'y'))).toThrow('ENOTDIR');
});

// Node's own recursive making spins for ever here.
test.skipIf(!existsSync('/proc/self'))(
	'where the system takes no folders it comes back, with the reason',
	() => {
		expect(() => makeFolder('/proc/no-folder/data')).toThrow('ENOENT');
	}
);
