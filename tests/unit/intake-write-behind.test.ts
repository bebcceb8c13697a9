import { describe, expect, it } from 'vitest';
import { WriteBehind } from '#lib/server/intake/write-behind.ts';

describe('writing behind', () => {
	it('writes each piece once the one before is written', async () => {
		const behind = new WriteBehind();
		const written: string[] = [];
		for (const name of ['a', 'b', 'c']) {
			behind.hold(async () => {
				await Promise.resolve();
				written.push(name);
			});
			await behind.start();
		}
		await behind.finish();
		expect(written).toEqual(['a', 'b', 'c']);
	});

	it('says what failed in writing, not what failed because of it', async () => {
		const behind = new WriteBehind();
		behind.hold(() => Promise.reject(new Error('the disk is full')));
		await behind.start();
		await expect(behind.abandon(new Error('the transaction is aborted'))).rejects.toThrow('the disk is full');
	});

	it('says what else failed, when all that was begun is written, and drops what is held', async () => {
		const behind = new WriteBehind();
		const written: string[] = [];
		behind.hold(async () => void written.push('begun'));
		await behind.start();
		behind.hold(async () => void written.push('held'));
		await expect(behind.abandon(new Error('cancelled'))).rejects.toThrow('cancelled');
		expect(written).toEqual(['begun']);
	});
});
